/** A chapter as the author wrote it → a tree of plain Markdown, whose links still lead where the author's do. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Heading, PhrasingContent, Root, RootContent } from 'mdast';
import { mdxToMdast, type MdastNode } from 'satteri';
import { parse } from 'yaml';
import { z } from 'zod';
import { pictureText } from '../../book/chapter.ts';
import type { ChapterPlace } from '../../snippet/curriculum.ts';
import { loadExercise, readExercises } from '../../snippet/exercise.ts';
import { headingId, readPrograms } from '../../snippet/programs.ts';
import { recordingOf } from '../../snippet/recording.ts';
import { SnippetError } from '../../snippet/snippet-error.ts';
import { findTags } from '../../snippet/tags.ts';
import { aside, paragraph, strong } from './blocks.ts';
import { exerciseBlocks } from './exercise.ts';
import { programBlocks } from './program.ts';

declare module 'mdast' {
  interface HeadingData {
    /** What a link to the heading names on the chapter's page. */
    anchor?: string | undefined;
  }
}

/** A chapter in Markdown. */
export interface MarkdownChapter {
  readonly place: ChapterPlace;
  readonly title: string;
  readonly description: string;
  readonly tree: Root;
}

/** What an author writes to the build, not to readers. */
const leftOut: ReadonlySet<string> = new Set([
  'yaml',
  'toml',
  'mdxjsEsm',
  'mdxFlowExpression',
  'mdxTextExpression',
]);

const frontmatterSchema = z.object({ title: z.string(), description: z.string() });

/** Reads a chapter with its recordings and its exercises; throws a `SnippetError` at the first mistake. */
export async function readMarkdownChapter(
  contentDirectory: string,
  place: ChapterPlace,
  packageNames: readonly string[],
): Promise<MarkdownChapter> {
  const source = await readFile(join(contentDirectory, place.id, 'index.mdx'), 'utf8');
  const root = mdxToMdast(source);
  // Nodes of the author's text → what stands in their place.
  const replaced = new Map<Readonly<MdastNode>, RootContent[]>();
  const write = (nodes: readonly Readonly<MdastNode>[]) => nodes.flatMap((node) => writeNode(node, replaced));

  for (const block of readPrograms(root, source, place, packageNames)) {
    const recording = await recordingOf(contentDirectory, block.snippet);
    if (!recording)
      throw new SnippetError(block.place, `${block.snippet.id} has no recorded output. Run: npm run outputs`);
    for (const { node } of block.nodes) replaced.set(node, []);
    if (block.requestsNode) replaced.set(block.requestsNode, []);
    const [first] = block.nodes;
    if (first) replaced.set(first.node, programBlocks(block, recording));
  }
  for (const text of readExercises(root, place)) {
    const exercise = await loadExercise(contentDirectory, text, packageNames);
    replaced.set(text.tag, exerciseBlocks(text, exercise, write));
  }
  const [head] = 'children' in root ? root.children : [];
  const front = frontmatterSchema.safeParse(head?.type === 'yaml' ? parse(head.value) : {});
  if (!front.success)
    throw new SnippetError(
      { chapter: place.id, line: 1 },
      `The frontmatter is not one: ${z.prettifyError(front.error)}`,
    );
  return {
    place,
    ...front.data,
    tree: { type: 'root', children: 'children' in root ? write(root.children) : [] },
  };
}

function writeNode(
  node: Readonly<MdastNode>,
  replaced: ReadonlyMap<Readonly<MdastNode>, RootContent[]>,
): RootContent[] {
  const found = replaced.get(node);
  if (found) return found;
  if (leftOut.has(node.type)) return [];
  if (node.type === 'mdxJsxFlowElement' && node.name === 'figure') return [writeFigure(node, replaced)];
  if (node.type === 'mdxJsxFlowElement' && node.name === 'svg')
    return [aside(paragraph(strong('Picture'), `: ${pictureText(node)}`))];
  const children = 'children' in node ? node.children.flatMap((child) => writeNode(child, replaced)) : [];
  if (node.type === 'heading') return [writeHeading(node, children)];
  if (node.type === 'root' || node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement')
    return children;
  // True: a node keeps its kind, and its children are what such nodes have.
  return ['children' in node ? ({ ...node, children } as RootContent) : node];
}

/** Without the comment that names it, which is kept as its anchor. */
function writeHeading(node: Readonly<Heading>, children: readonly RootContent[]): Heading {
  const last = children.at(-1);
  const trimmed =
    last?.type === 'text' ? [...children.slice(0, -1), { ...last, value: last.value.trimEnd() }] : children;
  // True: they come from a heading.
  return { ...node, children: trimmed as Heading['children'], data: { anchor: headingId(node) } };
}

/** The words for a picture, under its caption. */
function writeFigure(
  figure: Readonly<MdastNode>,
  replaced: ReadonlyMap<Readonly<MdastNode>, RootContent[]>,
): RootContent {
  const [caption] = findTags(figure, 'figcaption');
  const words = (caption ? writeNode(caption, replaced) : []).flatMap((node) =>
    node.type === 'paragraph' ? node.children : isPhrasing(node) ? [node] : [],
  );
  return aside(
    paragraph(strong('Picture'), ...(words.length > 0 ? [': ', ...words] : ['.'])),
    ...findTags(figure, 'svg').map((picture) => paragraph(pictureText(picture))),
  );
}

function isPhrasing(node: RootContent): node is PhrasingContent {
  return ['text', 'inlineCode', 'emphasis', 'strong', 'link', 'break'].includes(node.type);
}
