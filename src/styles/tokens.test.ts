import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { colorNamed, readColors } from '../layouts/colors.ts';

type Theme = 'light' | 'dark';

const colors = readColors(await readFile(new URL('tokens.css', import.meta.url), 'utf8'));
const color = (name: string, theme: Theme): string => colorNamed(colors, name)[theme];

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A colour mixed into another by a share of it, channel by channel as `color-mix(in srgb, …)` does. */
function mix(one: string, share: number, other: string): string {
  const channels = [1, 3, 5].map((start) => {
    const [mixed = 0, base = 0] = [one, other].map((hex) => Number.parseInt(hex.slice(start, start + 2), 16));
    return Math.round(mixed * share + base * (1 - share));
  });
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const papers = ['paper', 'paper-raised', 'paper-sunk', 'code-background'];
const inks = ['ink', 'ink-quiet', 'accent', 'accent-strong', 'success', 'warning', 'error'];
const code = [...colors.keys()].filter((name) => /^code-(?!background|selection)/.test(name));
/** What code stands on: the plate, its selection, a line that is pointed at, one that is wrong, what was searched, a tooltip. */
const codePapers = [
  'code-background',
  'code-selection',
  'accent-wash',
  'error-wash',
  'warning-wash',
  'paper-raised',
];
/** The colours of a terminal, in output and in xterm, and what they stand on there. */
const terminalInks = [
  'ink',
  'ink-quiet',
  'error',
  'success',
  'warning',
  'code-function',
  'code-keyword',
  'accent',
];
const pairs: readonly (readonly [ink: string, paper: string, least: number])[] = [
  ...papers.flatMap((paper) => inks.map((ink) => [ink, paper, 4.5] as const)),
  ...codePapers.flatMap((paper) => code.map((ink) => [ink, paper, 4.5] as const)),
  ...['accent', 'success', 'warning', 'error'].flatMap((hue) =>
    ['accent-wash', 'success-wash', 'warning-wash', 'error-wash'].map((wash) => [hue, wash, 4.5] as const),
  ),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ...terminalInks.flatMap((ink) => [[ink, 'paper', 4.5] as const, [ink, 'code-selection', 4.5] as const]),
  // Lines of a comparison, and their notes.
  ...['success-wash', 'error-wash', 'paper-raised', 'paper-sunk'].flatMap((wash) =>
    ['ink', 'ink-quiet'].map((ink) => [ink, wash, 4.5] as const),
  ),
  ['ink', 'accent-wash', 4.5],
  ['rule-strong', 'paper', 3],
  ['rule-strong', 'paper-raised', 3],
  ['rule-strong', 'code-background', 3],
];

/** How much of a colour the background of output has; plate.css says it. */
const plate = await readFile(new URL('plate.css', import.meta.url), 'utf8');
const ansiShare = Number(/var\(--ansi-background\) (\d+)%, var\(--paper\)/.exec(plate)?.[1]) / 100;

suite('the colours of the book', () => {
  test('twelve names are those of the code theme', () => {
    assert.equal(code.length + 1, 12);
  });
  for (const theme of ['light', 'dark'] as const) {
    for (const [ink, paper, least] of pairs) {
      test(`${theme}: ${ink} on ${paper} has a contrast of at least ${least}:1`, () => {
        const actual = contrast(color(ink, theme), color(paper, theme));
        assert.ok(actual >= least, `it has ${actual.toFixed(2)}:1`);
      });
    }
    for (const background of terminalInks) {
      test(`${theme}: output in each colour can be read on the background of ${background}`, () => {
        const behind = mix(color(background, theme), ansiShare, color('paper', theme));
        for (const ink of terminalInks) {
          const actual = contrast(color(ink, theme), behind);
          assert.ok(actual >= 4.5, `${ink} has ${actual.toFixed(2)}:1`);
        }
      });
    }
  }
});
