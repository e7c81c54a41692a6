/** Text of a stranger, so that it can hide nothing: no control characters, nothing that turns or erases what stands beside it. */

/** What has no width or turns the text. */
const hidden = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/gu;
/** Joiners and variation selectors: they spell words and emoji. */
const spelling = new Set(['\u200c', '\u200d', '\ufe0e', '\ufe0f']);

/** The text with such characters written as in source code, `\u{202e}`; those of white space become one blank. */
export function visibleText(text: string): string {
  return text
    .replaceAll(/[\t\n\r ]+/g, ' ')
    .replaceAll(hidden, (character) =>
      spelling.has(character) ? character : `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
    );
}

/** The beginning of a visible text; what was cut is told by its length. */
export function visibleBeginning(text: string, longest: number): string {
  if (text.length <= longest) return visibleText(text);
  const beginning = visibleText(text.slice(0, longest));
  return `${beginning}… (${text.length.toLocaleString('en-US')} characters)`;
}
