/** The pages of the book: cover, title page, contents, parts, chapters. */
import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import { addressIn, partsOf, type Edition } from '../edition.ts';
import { plainChapter, type PlainChapter } from '../plain/chapter.ts';
import { titleBlock } from '../title-block.ts';
import { writePage, type Page } from './page.ts';

/** Names of the pages that are there once. */
export const pageNames = { cover: 'cover.xhtml', title: 'title.xhtml', contents: 'contents.xhtml' };

/** Every page, in reading order. */
export function writePages(edition: Edition, coverImage: string): Page[] {
  const { identity, chapters } = edition;
  const { language, title } = identity;
  const fileOf = new Map(chapters.map(({ place }) => [place.id, chapterFile(place)]));
  const plain = chapters.map((chapter) =>
    plainChapter(
      chapter,
      addressIn(edition, chapter.place.id, (id, heading) => {
        const file = id === chapter.place.id ? '' : (fileOf.get(id) ?? '');
        return heading === '' ? file || (fileOf.get(id) ?? '') : `${file}#${heading}`;
      }),
    ),
  );
  const parts = partsOf(plain);
  const page = (name: string, heading: string, kind: string, content: readonly ElementContent[]) =>
    writePage(name, language, heading, kind, content);
  return [
    page(pageNames.cover, title, 'cover', [
      h('figure.cover', h('img', { src: coverImage, alt: `${title}, by ${identity.author}` })),
    ]),
    page(pageNames.title, title, 'titlepage', titleBlock(edition)),
    page(pageNames.contents, 'Contents', 'toc', [contents(plain), landmarks(plain)]),
    ...parts.flatMap(({ number, title: partTitle, chapters: members }) => [
      page(partFile(number), partTitle, 'part', [
        h('header.part', [h('p.place', `Part ${number}`), h('h1', partTitle)]),
        h(
          'ol.part-chapters',
          members.map((chapter) => h('li', [link(chapter), h('p', chapter.description)])),
        ),
      ]),
      ...members.map((chapter) =>
        page(chapterFile(chapter.place), chapter.title, 'chapter', [
          h('header.chapter', [
            h('p.place', `Chapter ${chapter.place.number}`),
            h('h1', chapter.title),
            h('p.description', chapter.description),
          ]),
          ...chapter.content,
        ]),
      ),
    ]),
  ];
}

function chapterFile({ id, number }: PlainChapter['place']): string {
  return `chapter-${String(number).padStart(2, '0')}-${id.slice(id.lastIndexOf('/') + 1)}.xhtml`;
}

function partFile(number: number): string {
  return `part-${number}.xhtml`;
}

/** Parts, chapters, sections: what a reading system shows as its list of contents, and a page of the book. */
function contents(chapters: readonly PlainChapter[]): Element {
  const list = partsOf(chapters).map(({ number, title, chapters: members }) =>
    h('li', [
      h('a', { href: partFile(number) }, `Part ${number}: ${title}`),
      h(
        'ol',
        members.map((chapter) => {
          const file = chapterFile(chapter.place);
          const sections = chapter.sections.map(({ id, title: heading }) =>
            h('li', h('a', { href: `${file}#${id}` }, heading)),
          );
          return h('li', [link(chapter), h('ol', sections)]);
        }),
      ),
    ]),
  );
  return h('nav', { 'epub:type': 'toc', id: 'toc', role: 'doc-toc' }, [h('h1', 'Contents'), h('ol', list)]);
}

/** Where the parts of every book are, for reading systems alone. */
function landmarks([first]: readonly PlainChapter[]): Element {
  const places: readonly (readonly [kind: string, href: string, words: string])[] = [
    ['cover', pageNames.cover, 'Cover'],
    ['toc', pageNames.contents, 'Contents'],
    ...(first ? [['bodymatter', partFile(first.place.part.number), 'The text'] as const] : []),
  ];
  return h('nav', { 'epub:type': 'landmarks', id: 'landmarks', hidden: true }, [
    h('h2', 'Landmarks'),
    h(
      'ol',
      places.map(([kind, href, words]) => h('li', h('a', { 'epub:type': kind, href }, words))),
    ),
  ]);
}

function link({ place, title }: PlainChapter): Element {
  return h('a', { href: chapterFile(place) }, `${place.number}. ${title}`);
}
