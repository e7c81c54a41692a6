/** Changes to a source text that keep its lines, and the way back from a changed column to the original one. */

/** Replaces `remove` characters at offset `at` with `insert`; neither contains a line break. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** Order of edits in a text, for `toSorted`: at one offset, insertions come before replacements. */
export function compareEdits(one: Edit, other: Edit): number {
  return one.at - other.at || one.remove - other.remove;
}

/** Applies edits, which must be sorted and must not overlap. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  let output = '';
  let end = 0;
  for (const { at, remove, insert } of edits) {
    output += source.slice(end, at) + insert;
    end = at + remove;
  }
  return output + source.slice(end);
}

/** The same text with every character but line breaks turned into a space. */
export function blank(text: string): string {
  return text.replace(/[^\n\r\u2028\u2029]/g, ' ');
}

/** Column in the original of `column` in the changed text, both on the line that begins at `lineStart`, from 0. */
export function originalColumn(
  edits: readonly Edit[],
  lineStart: number,
  lineEnd: number,
  column: number,
): number {
  let shift = 0;
  for (const { at, remove, insert } of edits) {
    if (at < lineStart) continue;
    if (at > lineEnd) break;
    const from = at - lineStart + shift;
    if (column < from) break;
    if (column < from + insert.length) return at - lineStart;
    shift += insert.length - remove;
  }
  return column - shift;
}

/** Offset in the original of `offset` in the changed text; of an inserted text, where it was inserted. */
export function originalOffset(edits: readonly Edit[], offset: number): number {
  let shift = 0;
  for (const { at, remove, insert } of edits) {
    const from = at + shift;
    if (offset < from) break;
    if (offset < from + insert.length) return at;
    shift += insert.length - remove;
  }
  return offset - shift;
}
