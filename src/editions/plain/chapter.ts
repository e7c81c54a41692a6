/** A built page's text → the text of a book that nobody can press a button in: plain HTML, with solutions and answers at its end. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { toString } from 'hast-util-to-string';
import type { BuiltChapter } from '../built-chapters.ts';
import { plainExercise } from './exercise.ts';
import { plainPicture } from './picture.ts';
import { plainBlock, plainProgram } from './program.ts';
import { plainQuiz } from './quiz.ts';

/** A section of a chapter, for lists of contents. */
export interface PlainSection {
  readonly id: string;
  readonly title: string;
}

/** A chapter as plain HTML. */
export interface PlainChapter extends Pick<BuiltChapter, 'place' | 'title' | 'description'> {
  readonly sections: readonly PlainSection[];
  readonly content: readonly ElementContent[];
}

/** What is kept of an element that is not one of ours. */
const keptAttributes = ['id', 'href', 'lang', 'dir', 'colSpan', 'rowSpan', 'start', 'src', 'alt', 'title'];

/** What is there to be pressed, or read by scripts. */
const leftOut = new Set(['button', 'script', 'style', 'noscript', 'template', 'input', 'textarea', 'select']);

/** The plain form of a chapter; `addressOf` says where a link of the page leads, or that it leads nowhere in a book. */
export function plainChapter(
  { place, title, description, text }: BuiltChapter,
  addressOf: (address: string) => string | undefined,
): PlainChapter {
  const answers: ElementContent[] = [];

  const write = (nodes: readonly ElementContent[]): ElementContent[] => nodes.flatMap(writeNode);
  const writeNode = (node: ElementContent): ElementContent[] => {
    if (node.type !== 'element') return node.type === 'text' ? [node] : [];
    if (leftOut.has(node.tagName) || isHidden(node)) return [];
    if (node.tagName === 'node-snippet') return [plainProgram(node)];
    if (node.tagName === 'node-exercise') return answered(plainExercise(node, write));
    if (node.tagName === 'node-quiz') return answered(plainQuiz(node, write));
    if (node.tagName === 'svg') return [plainPicture(node)];
    if (node.tagName === 'pre') return [plainBlock(node)];
    const children = write(node.children);
    if (node.tagName.includes('-') || node.tagName === 'div' || node.tagName === 'details') return children;
    if (node.tagName === 'summary') return [h('p', h('strong', children))];
    const properties = Object.fromEntries(
      keptAttributes.flatMap((name) =>
        node.properties[name] === undefined ? [] : [[name, node.properties[name]]],
      ),
    );
    if (node.tagName === 'a') {
      const address = addressOf(String(node.properties['href']));
      if (address === undefined) return children;
      return [h('a', { ...properties, href: address }, children)];
    }
    return [h(node.tagName, properties, children)];
  };
  const answered = ({ task, answer }: { task: Element; answer: Element }) => {
    answers.push(answer);
    return [task];
  };

  const content = trimHeadings(write(text.children));
  if (answers.length > 0) content.push(h('h2', { id: answersId }, answersTitle), ...answers);
  return { place, title, description, content, sections: sectionsOf(content) };
}

const answersId = 'solutions-and-answers';
const answersTitle = 'Solutions and answers';

function isHidden({ properties }: Element): boolean {
  const classes = Array.isArray(properties['className']) ? properties['className'] : [];
  return (
    properties['hidden'] !== undefined || properties['ariaHidden'] === 'true' || classes.includes('no-print')
  );
}

/** The space that a heading's comment has left at its end says nothing. */
function trimHeadings(content: ElementContent[]): ElementContent[] {
  return content.map((node) => {
    if (node.type !== 'element' || !/^h[2-6]$/.test(node.tagName)) return node;
    const last = node.children.at(-1);
    if (last?.type !== 'text') return node;
    return { ...node, children: [...node.children.slice(0, -1), { ...last, value: last.value.trimEnd() }] };
  });
}

function sectionsOf(content: readonly ElementContent[]): PlainSection[] {
  return content.flatMap((node) =>
    node.type === 'element' && node.tagName === 'h2' && typeof node.properties['id'] === 'string'
      ? [{ id: node.properties['id'], title: toString(node) }]
      : [],
  );
}
