/** A built page → what the search index reads of it: its text by sections, and below each section its programs. */
import { ELEMENT_NODE, parse, TEXT_NODE } from 'ultrahtml';
import type { ElementNode, Node } from 'ultrahtml';

/** How much a word counts by where it stands; ordinary text is 1, and the greatest weight is 10. */
const weights = { title: 10, topic: 9, heading: 6, description: 3, program: 4, code: 0.6, output: 0.2 };

/** What the page is, beside its text. */
export interface SearchedPage {
  readonly language: string;
  /** Each is shown with a result: `chapter` → `4`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** A reader can ask for results with one value: `part` → `Understanding Node`. */
  readonly filters: Readonly<Record<string, string>>;
  /** Ids of sections whose titles count most. */
  readonly topics: readonly string[];
}

/** Elements that hold no text of the page: controls, answers of quizzes, hints and solutions of exercises. */
function isLeftOut({ name, attributes }: ElementNode): boolean {
  const classes = (attributes['class'] ?? '').split(' ');
  return (
    ['script', 'style', 'template', 'noscript', 'nav', 'button', 'svg', 'details', 'node-quiz'].includes(
      name,
    ) ||
    ['chapter-place', 'chapter-facts', 'chapter-end', 'exercise-foot'].some((each) =>
      classes.includes(each),
    ) ||
    'hidden' in attributes
  );
}

const inline = new Set(
  'a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);

/** Stands for the end of a line of code, followed by a sign for each space of the next: an index keeps only words. */
export const LINE_END = '␤';
export const INDENT = '␠';

/** The HTML that Pagefind indexes in place of the page; throws where the page has no `<main>`. */
export function searchDocument(html: string, page: SearchedPage): string {
  const root: Node = parse(html);
  const main = findAll(root, ({ attributes }) => attributes['id'] === 'main')[0];
  if (!main) throw new Error('it has no element with the id "main"');
  const writer = new DocumentWriter(page.topics);
  writer.read(main);
  const metadata = Object.entries(page.metadata).map(
    ([key, value]) => `<meta data-pagefind-meta="${key}[content]" content="${escape(value)}">`,
  );
  const filters = Object.entries(page.filters).map(
    ([key, value]) => `<meta data-pagefind-filter="${key}[content]" content="${escape(value)}">`,
  );
  return `<html lang="${page.language}"><head>${[...metadata, ...filters].join('')}</head><body>${writer.end()}</body></html>`;
}

class DocumentWriter {
  readonly #topics: readonly string[];
  #text = '';
  /** Programs of the section, kept to its end: its text is one piece in the index. */
  #programs = '';

  constructor(topics: readonly string[]) {
    this.#topics = topics;
  }

  read(node: Node): void {
    if (node.type === TEXT_NODE) this.#text += node.value;
    if (node.type !== ELEMENT_NODE || isLeftOut(node)) return;
    const { name, attributes, children } = node;
    const { id } = attributes;
    if (name === 'node-snippet') this.#programs += programOf(node);
    else if (name === 'node-exercise') this.#readExercise(node);
    else if (name === 'h1') this.#begin('h1', undefined, textOf(node), weights.title);
    else if (/^(?:h[2-6]|dt)$/.test(name)) {
      const anchor = id ?? findAll(node, (inner) => 'id' in inner.attributes)[0]?.attributes['id'];
      const isTopic = anchor !== undefined && this.#topics.includes(anchor);
      this.#begin(isTopic ? 'h2' : 'h3', anchor, textOf(node), isTopic ? weights.topic : weights.heading);
    } else if (inline.has(name)) for (const child of children) this.read(child);
    else {
      const isDescription = (attributes['class'] ?? '').includes('chapter-description');
      this.#text += isDescription ? `<div data-pagefind-weight="${weights.description}">` : '<div>';
      for (const child of children) this.read(child);
      this.#text += '</div>';
    }
  }

  end(): string {
    const text = this.#text + this.#programs;
    this.#programs = '';
    return text;
  }

  #begin(heading: string, id: string | undefined, title: string, weight: number): void {
    this.#text = this.end() + headingOf(heading, id, title, weight);
  }

  #readExercise(exercise: ElementNode): void {
    const title = findAll(exercise, ({ attributes }) => attributes['data-part'] === 'exercise-title')[0];
    this.#begin('h3', exercise.attributes['id'], title ? textOf(title) : '', weights.heading);
    for (const task of findAll(exercise, ({ attributes }) => attributes['class'] === 'exercise-task'))
      this.read(task);
    for (const starter of findAll(exercise, ({ name }) => name === 'node-snippet'))
      this.#text += codeOf(starter, 'code', weights.code);
  }
}

/** A program: its title as a heading of its own, its code, and what it printed. */
function programOf(program: ElementNode): string {
  const title = findAll(program, ({ attributes }) => attributes['data-part'] === 'title')[0];
  return (
    headingOf('h4', program.attributes['id'], title ? textOf(title) : '', weights.program) +
    codeOf(program, 'code', weights.code) +
    codeOf(program, 'plate-log', weights.output)
  );
}

/** The text of the blocks of a class, with its lines kept. */
function codeOf(program: ElementNode, blocks: string, weight: number): string {
  return findAll(program, ({ name, attributes }) => name === 'pre' && attributes['class'] === blocks)
    .map((block) =>
      textOf(block).replace(/\n( *)/g, (_, indent: string) => ` ${LINE_END}${INDENT.repeat(indent.length)} `),
    )
    .map((text) => `<div data-pagefind-weight="${weight}">${text}</div>`)
    .join('');
}

function headingOf(name: string, id: string | undefined, title: string, weight: number): string {
  const anchor = id === undefined ? '' : ` id="${id}"`;
  return `<${name}${anchor} data-pagefind-weight="${weight}">${title.trim()}</${name}>`;
}

/** Text as it stands in the HTML: still escaped. */
function textOf(node: Node): string {
  if (node.type === TEXT_NODE) return node.value;
  if (node.type !== ELEMENT_NODE || isLeftOut(node)) return '';
  return node.children.map(textOf).join('');
}

/** The outermost elements that fit, in the order of the page. */
function findAll(node: Node, fits: (element: ElementNode) => boolean): ElementNode[] {
  if (node.type === ELEMENT_NODE && fits(node)) return [node];
  return 'children' in node ? node.children.flatMap((child: Node) => findAll(child, fits)) : [];
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
