/** The Markdown of a declaration's documentation, as far as a tooltip shows it: paragraphs, code, links as their text. */

/** A piece of a paragraph. */
export interface Inline {
  readonly isCode: boolean;
  readonly text: string;
}

/** A paragraph, or an example. */
export type Block =
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string };

/** Longer documentation is cut after the block that passes this many characters. */
const most = 2000;

/** Reads documentation into blocks of plain text. */
export function parseDocumentation(markdown: string): Block[] {
  const blocks: Block[] = [];
  let length = 0;
  for (const [index, part] of markdown.split(/^```[^\n]*\n?/m).entries()) {
    for (const text of index % 2 === 1 ? [part.trimEnd()] : part.split(/\n\s*\n/)) {
      if (text.trim() === '') continue;
      if (length > most) return blocks;
      length += text.length;
      blocks.push(
        index % 2 === 1 ? { kind: 'code', text } : { kind: 'paragraph', inlines: inlinesOf(text.trim()) },
      );
    }
  }
  return blocks;
}

function inlinesOf(paragraph: string): Inline[] {
  const inlines: Inline[] = [];
  for (const [index, part] of paragraph.split(/`([^`]*)`/).entries()) {
    const text = index % 2 === 1 ? part : plain(part);
    if (text !== '') inlines.push({ isCode: index % 2 === 1, text });
  }
  return inlines;
}

function plain(text: string): string {
  return (
    text
      // JSDoc's links, with or without words of their own.
      .replace(/\{@link\w*\s+([^\s}|]+)\s*\|?\s*([^}]*)\}/g, (_, target: string, words: string) =>
        words.trim() === '' ? target : words.trim(),
      )
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\*\*|__/g, '')
      .replace(/^#+\s*/gm, '')
      .replace(/^\s*[*-]\s+/gm, '• ')
      .replace(/<\/?[a-z][^>]*>/gi, '')
      .replace(/[ \t]*\n(?!•)/g, ' ')
  );
}
