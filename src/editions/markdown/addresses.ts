/** Where links lead in Markdown: to the Markdown of another chapter, and to a heading by the name that readers of Markdown give it. */
import GithubSlugger from 'github-slugger';
import type { Nodes, Root } from 'mdast';
import { plainText } from '../../book/prose.ts';
import type { MarkdownChapter } from './chapter.ts';

/** For each chapter: the ids of its headings on the page → their names in Markdown, made from their words. */
export type Anchors = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** A chapter, or another page, and a heading in it. */
export interface Target {
  /** `<part>/<chapter>`, or undefined where `path` is no chapter. */
  readonly chapter: string | undefined;
  /** Path of the page without the site's base and the slash that it begins with. */
  readonly path: string;
  /** Name of a heading, or empty. */
  readonly heading: string;
}

// What relative addresses are resolved against; it is never asked for anything.
const site = 'https://book.invalid/';

/** The names of all headings. */
export function anchorsOf(chapters: readonly MarkdownChapter[]): Anchors {
  return new Map(
    chapters.map(({ place, title, tree }) => {
      const [onPage, inMarkdown] = [new GithubSlugger(), new GithubSlugger()];
      inMarkdown.slug(title);
      const names = new Map<string, string>();
      for (const node of tree.children) {
        if (node.type !== 'heading') continue;
        const words = plainText(node);
        names.set(node.data?.anchor ?? onPage.slug(words), inMarkdown.slug(words));
      }
      return [place.id, names];
    }),
  );
}

/** A copy of a chapter's tree in which `addressOf` has written the links that lead into the book. */
export function withAddresses(
  { place, tree }: MarkdownChapter,
  anchors: Anchors,
  addressOf: (target: Target) => string,
): Root {
  const base = `${site}${place.id}/`;
  const rewrite = <Node extends Nodes>(node: Node): Node => {
    const copy = { ...node };
    if (copy.type === 'link' && URL.canParse(copy.url, base)) {
      const url = new URL(copy.url, base);
      if (url.href.startsWith(site)) copy.url = addressOf(targetOf(url, anchors));
    }
    // True: each child keeps its kind.
    if ('children' in copy)
      copy.children = copy.children.map((child) => rewrite(child)) as typeof copy.children;
    return copy;
  };
  return rewrite(tree);
}

/** From one chapter's file to another's, as files lie beside each other: `../other-part/chapter.md#heading`. */
export function relativeAddress(from: string, { chapter, path, heading }: Target): string {
  const fragment = heading === '' ? '' : `#${heading}`;
  if (chapter === from && fragment !== '') return fragment;
  const [part, name] = (chapter ?? '').split('/');
  if (chapter === undefined) return `../${path}${fragment}`;
  return part === from.split('/')[0] ? `${name}.md${fragment}` : `../${chapter}.md${fragment}`;
}

function targetOf(url: URL, anchors: Anchors): Target {
  const path = url.pathname.slice(1);
  const id = path.replace(/\/$/, '');
  const chapter = anchors.has(id) ? id : undefined;
  const anchor = decodeURIComponent(url.hash.slice(1));
  return { chapter, path, heading: anchors.get(id)?.get(anchor) ?? (chapter === undefined ? anchor : '') };
}
