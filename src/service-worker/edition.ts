/** `edition.json`: what the site consists of, written by the build. */

/** What a reader may want to have along: the text with its pictures and search, and what runs and edits programs. */
export type Part = 'text' | 'engine';

/** A file of the site that a reader can keep. */
export interface EditionFile {
  /** Relative to the site; that of a page is its folder. */
  readonly path: string;
  /** First 64 bits of the SHA-256 of its content, as hex digits. */
  readonly revision: string;
  readonly bytes: number;
  readonly part: Part;
}

/** All of them. */
export interface Edition {
  /** Names the edition: a hash of the paths and revisions. */
  readonly edition: string;
  /** Bytes of each part as a host that compresses sends it. */
  readonly compressed: Readonly<Record<Part, number>>;
  readonly files: readonly EditionFile[];
}

/** Name of the list in the root of the site. */
export const editionFile = 'edition.json';

/** The content hash in a name: of Vite, or of our own builds. */
const hashed = /(?<=^_astro\/.*)\.[\w-]{8}(?=[._]\w+)|\.[0-9a-f]{12}(?=\.\w+$)/;

/** Whether a file of this name never changes. */
export function isHashed(path: string): boolean {
  return hashed.test(path);
}

/** What a file is called in every edition: its path without the hash. */
export function stemOf(path: string): string {
  return path.replace(hashed, '');
}

/** The page or file at an address of the site, relative to it: without search and hash. */
export function pathIn(site: URL, url: URL): string {
  return url.pathname.slice(site.pathname.length);
}

/** Loads the list of the edition that the host has now. Rejects where it cannot be had. */
export async function loadEdition(site: URL): Promise<Edition> {
  // Past every cache: what the worker has may be of another edition.
  const response = await fetch(new URL(editionFile, site), { cache: 'no-cache' });
  if (!response.ok) throw new TypeError(`${editionFile}: ${response.status}`);
  // True: the build writes it from the same type.
  return (await response.json()) as Edition;
}
