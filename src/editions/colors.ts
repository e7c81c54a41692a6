/** The book's colours on paper, from its style sheet. */
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8');
const light = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}),/g)].map(([, name = '', color = '']) => [
    name,
    color,
  ]),
);

/** The light value of a colour's token; that of ink where no token has the name. */
export function colorOf(name: string): string {
  return light.get(name) ?? light.get('ink') ?? '#000000';
}

/** A style sheet with a value for each `var(--colour)`. */
export function withColors(sheet: string): string {
  return sheet.replace(/var\(--([\w-]+)\)/g, (_, name: string) => colorOf(name));
}
