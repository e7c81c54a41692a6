/** Which pages of the built site load the same. */

/** Pages that name the same scripts and styles. */
export interface PageKind {
  /** Path of the page with the most programs, then the longest. */
  readonly path: string;
  /** Programs on that page. */
  readonly programs: number;
  /** How many other pages are of this kind. */
  readonly others: number;
}

/** The kinds of some pages, HTML by path; those with the most programs first. */
export function pageKinds(pages: ReadonlyMap<string, string>): PageKind[] {
  const kinds = new Map<string, { path: string; html: string }[]>();
  for (const [path, html] of pages) {
    const key = namedFiles(html).join('\n');
    const kind = kinds.get(key);
    if (kind) kind.push({ path, html });
    else kinds.set(key, [{ path, html }]);
  }
  return [...kinds.values()]
    .flatMap((kind) => {
      const sorted = kind
        .map(({ path, html }) => ({ path, length: html.length, programs: countPrograms(html) }))
        .toSorted((one, other) => other.programs - one.programs || other.length - one.length);
      const [most] = sorted;
      return most ? [{ path: most.path, programs: most.programs, others: kind.length - 1 }] : [];
    })
    .toSorted((one, other) => other.programs - one.programs || one.path.localeCompare(other.path));
}

/** Addresses of the scripts and styles that a page names, sorted. */
function namedFiles(html: string): string[] {
  const names = new Set<string>();
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) {
    const name = /\b(?:src|href)="([^"]*\.(?:js|css))"/.exec(tag)?.[1];
    if (name !== undefined) names.add(name);
  }
  return [...names].toSorted();
}

function countPrograms(html: string): number {
  return html.match(/<node-snippet\b/g)?.length ?? 0;
}
