/** The colours of the book, for what no stylesheet reaches: manifest, icons, images. */

/** A colour on paper and on its inverse, as `#rrggbb`. */
export interface ColorPair {
  readonly light: string;
  readonly dark: string;
}

/** The colours of `tokens.css` by their names without the dashes; only those that are written as six digits. */
export function readColors(tokens: string): ReadonlyMap<string, ColorPair> {
  const pairs = tokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g);
  return new Map([...pairs].map(([, name = '', light = '', dark = '']) => [name, { light, dark }]));
}

/** One of them; throws a sentence where it is missing. */
export function colorNamed(colors: ReadonlyMap<string, ColorPair>, name: string): ColorPair {
  const pair = colors.get(name);
  if (!pair) throw new Error(`tokens.css has no colour --${name} written as light-dark(#rrggbb, #rrggbb).`);
  return pair;
}
