/** What this browser keeps of the site: a cache that the worker and the pages share. */
import { isHashed } from './edition.ts';
import type { Edition, EditionFile, Part } from './edition.ts';

/** Headers under which a kept response remembers what it is. */
const revisionHeader = 'Loopbook-Revision';
const editionHeader = 'Loopbook-Edition';

/** What is kept as a whole. */
export interface KeptState {
  /** The edition to which all that is kept was brought last. */
  readonly edition: string;
  /** Parts that the reader took along; files of others are there because they were used. */
  readonly parts: readonly Part[];
  /** Parts that the reader wants to take along; of some, files may be missing. */
  readonly wanted: readonly Part[];
}

/** Name of the cache of a site; another site of the same origin has another. */
export function keptName(site: URL): string {
  return `loopbook-kept-${site.pathname}`;
}

/** Name of the channel on which the worker tells how far it is with the copy: `LoadProgress`, and null at the end. */
export function refreshChannel(site: URL): string {
  return `loopbook:refresh:${site.pathname}`;
}

/** Whether a response may be kept: it is whole, from this site, and not of another address. */
export function isKeepable({ status, type, redirected }: Response): boolean {
  return status === 200 && type === 'basic' && !redirected;
}

/** A response to keep, which remembers when it came: with which edition, and as which revision if that is known. */
export function stamp(response: Response, edition: string, revision?: string): Response {
  const headers = new Headers(response.headers);
  headers.set(editionHeader, edition);
  if (revision !== undefined) headers.set(revisionHeader, revision);
  return new Response(response.body, { headers });
}

/** The cache. All of it rejects where the browser keeps nothing. */
export class Kept {
  readonly #site: URL;
  #opened: Promise<Cache> | undefined;

  constructor(site: URL) {
    this.#site = site;
  }

  /** Keeps a file of an edition. */
  async put(file: EditionFile, response: Response, { edition }: Edition): Promise<void> {
    const cache = await this.#open();
    await cache.put(this.#url(file.path), stamp(response, edition, file.revision));
  }

  /** Whether a file is here as the edition has it. */
  async isCurrent({ path, revision }: EditionFile, { edition }: Edition): Promise<boolean> {
    const response = await (await this.#open()).match(this.#url(path));
    if (!response) return false;
    const { headers } = response;
    return (
      isHashed(path) || headers.get(revisionHeader) === revision || headers.get(editionHeader) === edition
    );
  }

  /** Paths of all that is here, relative to the site. */
  async paths(): Promise<string[]> {
    const requests = await (await this.#open()).keys();
    return requests.map(({ url }) => url.slice(this.#site.href.length)).filter((path) => path !== stateFile);
  }

  /** Throws away what the edition does not have. */
  async prune({ files }: Edition): Promise<void> {
    const paths = new Set(files.map(({ path }) => path));
    const cache = await this.#open();
    for (const path of await this.paths()) if (!paths.has(path)) await cache.delete(this.#url(path));
  }

  /** Throws away everything. */
  async clear(): Promise<void> {
    this.#opened = undefined;
    await caches.delete(keptName(this.#site));
  }

  /** What was said about it last. */
  async state(): Promise<KeptState | undefined> {
    const response = await (await this.#open()).match(this.#url(stateFile));
    // True: `setState` alone writes it.
    return response && ((await response.json()) as KeptState);
  }

  async setState(state: KeptState): Promise<void> {
    await (await this.#open()).put(this.#url(stateFile), Response.json(state));
  }

  #open(): Promise<Cache> {
    return (this.#opened ??= caches.open(keptName(this.#site)));
  }

  #url(path: string): string {
    return new URL(path, this.#site).href;
  }
}

/** No file of a site has this name. */
const stateFile = '.kept.json';
