/** How long a chapter takes to read. */
import { mdxToMdast, type MdastNode } from 'satteri';

const wordsAMinute = 200;
/** Of code that is read, not run. */
const linesAMinute = 30;

/** What is not read on the way: drawings, questions, and help for those who ask for it. */
const leftOut = ['svg', 'Quiz', 'Hint', 'Solution'];

/** Minutes for the text and the code of a chapter, at least one; `source` is its MDX. */
export function readingMinutes(source: string): number {
  const { words, lines } = amountOf(mdxToMdast(source));
  return Math.max(1, Math.round(words / wordsAMinute + lines / linesAMinute));
}

interface Amount {
  readonly words: number;
  readonly lines: number;
}

function amountOf(node: Readonly<MdastNode>): Amount {
  if (node.type === 'text' || node.type === 'inlineCode')
    return { words: count(node.value, /\S+/g), lines: 0 };
  // An empty line is not read.
  if (node.type === 'code') return { words: 0, lines: count(node.value, /^.*\S.*$/gm) };
  if (!('children' in node)) return { words: 0, lines: 0 };
  if ('name' in node && leftOut.includes(node.name ?? '')) return { words: 0, lines: 0 };
  const amounts = node.children.map(amountOf);
  return {
    words: amounts.reduce((sum, { words }) => sum + words, 0),
    lines: amounts.reduce((sum, { lines }) => sum + lines, 0),
  };
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
