/** The command line of a program as a reader writes it, with the quoting of a POSIX shell (IEEE Std 1003.1, 2.2). */

/** Words, or a sentence on why the text has none. */
export type ShellWords = { readonly words: readonly string[] } | { readonly problem: string };

/** What a shell would do with these, and the playground does not. */
const operators = /[|&;<>()`]|\$[\w({]/y;

/** Splits a line into words: blanks part them, `'…'`, `"…"` and `\` quote. */
export function splitShellWords(text: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === "'") {
      if (character === "'") quote = undefined;
      else word = (word ?? '') + character;
    } else if (character === '\\' && (quote === undefined || /["\\$`\n]/.test(next))) {
      if (next === '') return { problem: 'A backslash at the end quotes nothing.' };
      if (next !== '\n') word = (word ?? '') + next;
      at++;
    } else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === "'" || character === '"')) {
      quote = character;
      word ??= '';
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      operators.lastIndex = at;
      const operator = operators.exec(text);
      if (operator && (quote === undefined || character === '$' || character === '`'))
        return { problem: `There is no shell here: write ${operator[0]} in single quotation marks.` };
      word = (word ?? '') + character;
    }
  }
  if (quote !== undefined) return { problem: `The quotation mark ${quote} is not closed.` };
  if (word !== undefined) words.push(word);
  return { words };
}

/** Writes a word so that `splitShellWords` reads it back. */
export function quoteShellWord(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
