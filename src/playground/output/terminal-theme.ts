/** The colours of a terminal from those of the page. */
import type { ITheme } from '@xterm/xterm';

/** What stands for each colour, as CSS; the terminal itself sees to it that text can be read on it. */
const colors = {
  foreground: 'var(--ink)',
  background: 'var(--paper)',
  cursor: 'var(--accent)',
  cursorAccent: 'var(--paper)',
  selectionBackground: 'var(--code-selection)',
  scrollbarSliderBackground: 'color-mix(in srgb, var(--rule-strong) 50%, transparent)',
  scrollbarSliderHoverBackground: 'var(--rule-strong)',
  scrollbarSliderActiveBackground: 'var(--rule-strong)',
  black: 'light-dark(var(--ink), var(--rule))',
  red: 'var(--error)',
  green: 'var(--success)',
  yellow: 'var(--warning)',
  blue: 'var(--code-function)',
  magenta: 'var(--code-keyword)',
  cyan: 'var(--accent)',
  white: 'light-dark(var(--rule), var(--ink))',
  brightBlack: 'var(--ink-quiet)',
  brightRed: 'var(--error)',
  brightGreen: 'var(--success)',
  brightYellow: 'var(--warning)',
  brightBlue: 'var(--code-function)',
  brightMagenta: 'var(--code-keyword)',
  brightCyan: 'var(--accent)',
  brightWhite: 'light-dark(var(--paper-raised), var(--ink))',
} as const satisfies ITheme;

/** The colours as they are inside of an element now. */
export function readTheme(element: HTMLElement): ITheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const { style } = probe;
  const theme = Object.entries(colors).map(([name, color]) => {
    style.color = color;
    return [name, toHex(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(theme) as ITheme; // True: it has the names of `colors`.
}

/** A computed colour as the terminal reads it: with an alpha channel, it knows no notation of CSS but this. */
function toHex(color: string): string {
  const isUnit = color.startsWith('color(');
  const channels = (color.replace(/^color\(\w+/, '').match(/[\d.]+/g) ?? []).map(Number);
  const bytes = channels.map((value, at) => Math.round(isUnit || at === 3 ? value * 255 : value));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
