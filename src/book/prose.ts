/** The words of a chapter: text without its marks, sentences, words. */
import type { MdastNode } from 'satteri';

const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The text in a node, on one line; code stands between backticks, comments and drawings are left out. */
export function plainText(node: Readonly<MdastNode>): string {
  return textIn(node).replace(/\s+/g, ' ').trim();
}

function textIn(node: Readonly<MdastNode>): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'inlineCode') return `\`${node.value}\``;
  if (node.type === 'break') return ' ';
  return 'children' in node ? node.children.map(textIn).join('') : '';
}

/** A passage whose pieces of code are a word each: a capital one, because a sentence may begin with it. */
export function withoutCode(text: string): string {
  return text.replace(/`[^`]*`/g, 'Code');
}

/** The sentences of a passage. */
export function sentencesOf(text: string): string[] {
  // Not by `Intl.Segmenter`, which takes the small letter of a name such as npm for the middle of a sentence.
  return withoutCode(text).split(/(?<=[.?!]["')”’]?)\s+/);
}

/** The words of a passage as written; what a piece of code says is none. */
export function wordsOf(text: string): string[] {
  const words = Array.from(wordSegmenter.segment(withoutCode(text)));
  return words.flatMap(({ segment, isWordLike }) => (isWordLike === true ? [segment] : []));
}

/** How many words a reader reads: a piece of code is one. */
export function countWords(text: string): number {
  return wordsOf(text).length;
}
