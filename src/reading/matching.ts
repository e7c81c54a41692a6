/** Which words of a list a reader looks for. */

/** Text as it is compared: without capitals, accents and marks. */
export function normalize(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether each word that is looked for begins a word of the text; nothing looked for is in every text. */
export function matches(text: string, wanted: string): boolean {
  const words = ` ${normalize(text)}`;
  return normalize(wanted)
    .split(' ')
    .every((word) => words.includes(` ${word}`));
}
