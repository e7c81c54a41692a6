/** The whole book in Markdown: each chapter as a file of its own, and all of them in one. */
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Root, RootContent } from 'mdast';
import { stringify } from 'yaml';
import { writtenChapters } from '../../snippet/collect.ts';
import { readPackageNames } from '../../snippet/packages.ts';
import { anchorsOf, relativeAddress, withAddresses, type Target } from './addresses.ts';
import { readMarkdownChapter, type MarkdownChapter } from './chapter.ts';

/** The chapters that are written, in reading order; throws a `SnippetError` at the first mistake. */
export async function readMarkdownChapters(contentDirectory: string): Promise<MarkdownChapter[]> {
  const packageNames = await readPackageNames(contentDirectory);
  const places = await writtenChapters(contentDirectory);
  return await Array.fromAsync(places, (place) => readMarkdownChapter(contentDirectory, place, packageNames));
}

/** Each chapter as the text of its file, by id. */
export function printChapters(chapters: readonly MarkdownChapter[]): Map<string, string> {
  const anchors = anchorsOf(chapters);
  return new Map(
    chapters.map((chapter) => {
      const { title, description, place } = chapter;
      const { children } = withAddresses(chapter, anchors, (target) => relativeAddress(place.id, target));
      const front = stringify({ title, description }, { lineWidth: 0 });
      return [place.id, `---\n${front}---\n\n${print(titled(title, children))}`];
    }),
  );
}

/** All chapters in reading order; `addressOf` says where a link into the book leads. */
export function printWhole(
  chapters: readonly MarkdownChapter[],
  addressOf: (target: Target) => string,
): string {
  const anchors = anchorsOf(chapters);
  return chapters
    .map((chapter) => {
      const { children } = withAddresses(chapter, anchors, addressOf);
      const summary: RootContent = {
        type: 'blockquote',
        children: [{ type: 'paragraph', children: [{ type: 'text', value: chapter.description }] }],
      };
      return print(titled(chapter.title, [summary, ...children]));
    })
    .join('\n');
}

function titled(title: string, children: readonly RootContent[]): Root {
  const heading: RootContent = { type: 'heading', depth: 1, children: [{ type: 'text', value: title }] };
  return { type: 'root', children: [heading, ...children] };
}

function print(tree: Root): string {
  return toMarkdown(tree, {
    bullet: '-',
    rule: '-',
    emphasis: '_',
    listItemIndent: 'one',
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  });
}
