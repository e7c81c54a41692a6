import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';

type Theme = 'light' | 'dark';

const css = await readFile(new URL('tokens.css', import.meta.url), 'utf8');
const colors = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function color(name: string, theme: Theme): string {
  const pair = colors.get(name);
  assert.ok(pair, `tokens.css has no colour --${name}`);
  return pair[theme];
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const papers = ['paper', 'paper-raised', 'paper-sunk', 'code-background'];
const inks = ['ink', 'ink-quiet', 'accent', 'accent-strong', 'success', 'warning', 'error'];
const code = [...colors.keys()].filter((name) => /^code-(?!background|selection)/.test(name));
const pairs: readonly (readonly [ink: string, paper: string, least: number])[] = [
  ...papers.flatMap((paper) => inks.map((ink) => [ink, paper, 4.5] as const)),
  ...code.flatMap((ink) => [[ink, 'code-background', 4.5] as const, [ink, 'code-selection', 4.5] as const]),
  ...['accent', 'success', 'warning', 'error'].flatMap((hue) =>
    ['accent-wash', 'success-wash', 'warning-wash', 'error-wash'].map((wash) => [hue, wash, 4.5] as const),
  ),
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['ink', 'accent-wash', 4.5],
  ['rule-strong', 'paper', 3],
  ['rule-strong', 'paper-raised', 3],
  ['rule-strong', 'code-background', 3],
];

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
  }
});
