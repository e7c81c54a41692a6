/** Which pages of a book Lighthouse looks at. */
import type { RecordedSnippet } from '../../src/snippet/snippet.ts';

/** A page and why it is looked at. */
export interface ChosenPage {
  /** Path under the site's base; the contents page has none. */
  readonly path: string;
  readonly why: string;
}

/** The contents page, the shortest and the longest chapter, and the one with most servers; `bytes` tells the length of a page. */
export function choosePages(
  snippets: readonly RecordedSnippet[],
  bytes: (path: string) => number,
): ChosenPage[] {
  const chapters = [...new Set(snippets.map(({ chapter }) => chapter))];
  const sorted = chapters.toSorted((one, other) => bytes(`${one}/`) - bytes(`${other}/`));
  const servers = (id: string) =>
    snippets.filter(({ chapter, kind }) => chapter === id && kind === 'server').length;
  const mostServers = chapters.toSorted((one, other) => servers(other) - servers(one));
  const chosen: (readonly [chapter: string | undefined, why: string])[] = [
    [sorted[0], 'the shortest chapter'],
    [sorted.at(-1), 'the longest chapter'],
    // Another than these two.
    [mostServers.find((id) => id !== sorted[0] && id !== sorted.at(-1)), 'a chapter with servers'],
  ];
  return [
    { path: '', why: 'the contents page' },
    ...chosen.flatMap(([chapter, why]) => (chapter === undefined ? [] : [{ path: `${chapter}/`, why }])),
  ];
}
