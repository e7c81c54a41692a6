/** The whole book as one HTML document, to be printed. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { toHtml } from 'hast-util-to-html';
import { coverDrawing } from '../cover.ts';
import { addressIn, partsOf, type Edition, type EditionPart } from '../edition.ts';
import { plainChapter, type PlainChapter } from '../plain/chapter.ts';
import { titleBlock } from '../title-block.ts';
import { prefixed } from './prefix.ts';

/** Number of the page on which what has an id begins. */
export type PageOf = (id: string) => number | undefined;

/** A document whose pages are not known yet prints numbers as wide as theirs. */
export const unknownPages: PageOf = () => undefined;

/** The text of the document. */
export function bookDocument(edition: Edition, styles: string, pageOf: PageOf): string {
  const { identity, chapters } = edition;
  const parts = partsOf(
    chapters.map((chapter) =>
      plainChapter(
        chapter,
        addressIn(edition, chapter.place.id, (id, heading) =>
          heading === '' ? `#${keyOf(id)}` : `#${keyOf(id)}-${heading}`,
        ),
      ),
    ),
  );
  const body = [
    h('section.cover', [coverDrawing(edition)]),
    h('section.front', titleBlock(edition)),
    contents(parts, pageOf),
    ...parts.flatMap((part) => [partPage(part), ...part.chapters.map(chapterPages)]),
  ];
  const html = h('html', { lang: identity.language }, [
    h('head', [
      h('meta', { charSet: 'utf-8' }),
      h('title', identity.title),
      h('meta', { name: 'author', content: identity.author }),
      h('style', `${styles}\n${runningFeet(parts)}`),
    ]),
    h('body', body),
  ]);
  return `<!doctype html>\n${toHtml(html)}`;
}

/** Id of a chapter's first page, with which the ids in it begin. */
export function keyOf(chapter: string): string {
  return chapter.replace('/', '-');
}

function partKey(number: number): string {
  return `part-${number}`;
}

function contents(parts: readonly EditionPart<PlainChapter>[], pageOf: PageOf): Element {
  const line = (id: string, kind: string, words: string) =>
    h(`a.${kind}`, { href: `#${id}` }, [h('span', words), h('span.page', String(pageOf(id) ?? '000'))]);
  return h('nav.contents', [
    h('h1', 'Contents'),
    ...parts.map(({ number, title, chapters }) =>
      h('section', [
        line(partKey(number), 'of-part', `Part ${number}. ${title}`),
        ...chapters.map(({ place, title: chapter, sections }) =>
          h('div', [
            line(keyOf(place.id), 'of-chapter', `${place.number}. ${chapter}`),
            ...sections
              .filter(({ id }) => place.topics.some((topic) => topic.id === id))
              .map(({ id, title: section }) => line(`${keyOf(place.id)}-${id}`, 'of-section', section)),
          ]),
        ),
      ]),
    ),
  ]);
}

function partPage({ number, title, chapters }: EditionPart<PlainChapter>): Element {
  return h('section.part', { id: partKey(number) }, [
    h('p.place', `Part ${number}`),
    h('h1', title),
    h(
      'ul',
      chapters.map((chapter) => h('li', [h('strong', chapter.title), h('br'), chapter.description])),
    ),
  ]);
}

function chapterPages({ place, title, description, content }: PlainChapter): Element {
  return h('section.chapter', { id: keyOf(place.id), className: ['chapter', `chapter-${place.number}`] }, [
    h('header', [h('p.place', `Chapter ${place.number}`), h('h2', title), h('p.description', description)]),
    ...content.map((node) => prefixed(lowered(node), `${keyOf(place.id)}-`)),
  ]);
}

/** A heading of a chapter is one of a part here: the document has one outline. */
function lowered(node: ElementContent): ElementContent {
  if (node.type !== 'element') return node;
  const depth = /^h([2-5])$/.exec(node.tagName)?.[1];
  const tagName = depth === undefined ? node.tagName : `h${Number(depth) + 1}`;
  return { ...node, tagName, children: node.children.map(lowered) };
}

/** Each chapter's name at the foot of its pages. */
function runningFeet(parts: readonly EditionPart<PlainChapter>[]): string {
  return parts
    .flatMap(({ chapters }) => chapters)
    .map(({ place: { number }, title }) => {
      const name = `chapter-${number}`;
      return `.${name} { page: ${name} }\n@page ${name} { @bottom-left { content: ${JSON.stringify(title)} } }`;
    })
    .join('\n');
}
