/** The reader's copy of the book in this browser: how much of it is here, and how it comes and goes. */
import { loadEdition } from '../../service-worker/edition.ts';
import type { Edition, EditionFile, Part } from '../../service-worker/edition.ts';
import { Kept, refreshChannel } from '../../service-worker/kept.ts';
import { loadFiles } from '../../service-worker/load-files.ts';
import type { LoadProgress } from '../../service-worker/load-files.ts';
import { failureWords } from './words.ts';

/** Where it stands. */
export type CopyState =
  | { readonly name: 'absent' }
  | { readonly name: 'loading'; readonly progress: LoadProgress }
  /** The service worker brings the copy to a new edition. */
  | { readonly name: 'refreshing'; readonly progress: LoadProgress }
  /** Some files are missing: the reader or something else ended it. */
  | (Incomplete & { readonly name: 'partial' })
  /** Some files are of an edition before. */
  | (Incomplete & { readonly name: 'outdated' })
  | { readonly name: 'whole'; readonly bytes: number; readonly parts: readonly Part[] }
  /** It is here, and what the site has now is not known. */
  | { readonly name: 'unasked'; readonly isWhole: boolean }
  | { readonly name: 'impossible'; readonly reason: string };

/** Milliseconds in which a service worker is there, if there is to be one. */
const patience = 10_000;

interface Incomplete {
  readonly parts: readonly Part[];
  readonly progress: LoadProgress;
  readonly failure?: string;
}

/** One for all pages of a visit: loading goes on while the reader reads. */
export class Copy extends EventTarget {
  readonly #site: URL;
  readonly #kept: Kept;
  #state: CopyState = { name: 'absent' };
  #edition: Edition | undefined;
  #loading: AbortController | undefined;
  /** What was wanted last, also where not even that could be kept. */
  #asked: readonly Part[] = [];
  /** Why loading ended last. */
  #failure: unknown;
  #looks = 0;

  constructor(site: URL) {
    super();
    this.#site = site;
    this.#kept = new Kept(site);
  }

  get state(): CopyState {
    return this.#state;
  }

  /** What the site has now, once `look` could ask it. */
  get edition(): Edition | undefined {
    return this.#edition;
  }

  /** Follows what the service worker does with the copy, until the signal. */
  listen(signal: AbortSignal): void {
    const channel = new BroadcastChannel(refreshChannel(this.#site));
    channel.addEventListener('message', ({ data }: MessageEvent<LoadProgress | null>) => {
      if (data && !this.#loading) this.#become({ name: 'refreshing', progress: data });
      else void this.look(); // It never rejects.
    });
    signal.addEventListener('abort', () => channel.close());
  }

  /** Finds out what is here and what the site has. Never rejects. */
  async look(): Promise<void> {
    if (this.#loading) return this.#become(this.#state);
    this.#edition = await loadEdition(this.#site).catch(() => this.#edition);
    // Its sizes can be told already.
    this.#become(this.#state);
    const obstacle = await whyNot();
    // The reader may have begun meanwhile.
    if (this.#loading) return;
    if (obstacle === undefined) await this.#see();
    else this.#become({ name: 'impossible', reason: obstacle });
  }

  /** Loads parts of the book; what is here already is not loaded again. Never rejects. */
  async load(parts: readonly Part[]): Promise<void> {
    const edition = this.#edition;
    if (this.#loading || !edition) return;
    const loading = (this.#loading = new AbortController());
    this.#failure = undefined;
    this.#asked = parts;
    const files = filesIn(edition, parts);
    try {
      const before = await this.#kept.state();
      const begun = { parts: [], edition: edition.edition, ...before, wanted: parts };
      await this.#kept.setState(begun);
      await loadFiles({
        site: this.#site,
        kept: this.#kept,
        edition,
        files,
        signal: loading.signal,
        onProgress: (progress) => this.#become({ name: 'loading', progress }),
      });
      await this.#kept.setState({ ...begun, parts });
    } catch (error) {
      if (!loading.signal.aborted) this.#failure = error;
    }
    this.#loading = undefined;
    await this.#see();
  }

  /** Ends the loading; what has arrived stays. */
  stop(): void {
    this.#loading?.abort();
  }

  /** Removes everything that is kept, also what was only visited. Never rejects. */
  async remove(): Promise<void> {
    this.stop();
    this.#failure = undefined;
    this.#asked = [];
    await this.#kept.clear().catch(() => {});
    await this.#see();
  }

  async #see(): Promise<void> {
    const look = ++this.#looks;
    const state = await this.#now().catch((): CopyState => ({
      name: 'impossible',
      reason: 'This browser keeps nothing of sites in this window.',
    }));
    // What was found meanwhile is newer.
    if (look === this.#looks) this.#become(state);
  }

  async #now(): Promise<CopyState> {
    const { parts = [], wanted: kept = [] } = (await this.#kept.state()) ?? {};
    const wanted = kept.length > 0 ? kept : this.#asked;
    const isWhole = parts.length > 0;
    const edition = this.#edition;
    if (!edition) return { name: 'unasked', isWhole };
    if (wanted.length === 0) return { name: 'absent' };
    const progress = await this.#count(filesIn(edition, wanted), edition);
    const { bytes, allBytes, files, allFiles } = progress;
    if (files === allFiles) return { name: 'whole', bytes, parts: wanted };
    const name = isWhole ? 'outdated' : 'partial';
    if (this.#failure === undefined) return { name, parts: wanted, progress };
    return {
      name,
      parts: wanted,
      progress,
      failure: failureWords(this.#failure, allBytes - bytes, await freeBytes()),
    };
  }

  async #count(files: readonly EditionFile[], edition: Edition): Promise<LoadProgress> {
    const areHere = await Promise.all(files.map((file) => this.#kept.isCurrent(file, edition)));
    const here = files.filter((_, index) => areHere[index]);
    return { files: here.length, allFiles: files.length, bytes: bytesOf(here), allBytes: bytesOf(files) };
  }

  #become(state: CopyState): void {
    this.#state = state;
    this.dispatchEvent(new Event('change'));
  }
}

/** Bytes of files. */
export function bytesOf(files: readonly EditionFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The files of parts, those to read first. */
export function filesIn({ files }: Edition, parts: readonly Part[]): EditionFile[] {
  return parts.flatMap((part) => files.filter((file) => file.part === part));
}

/** Why this browser cannot show what it keeps, as a sentence; undefined when it can. */
async function whyNot(): Promise<string | undefined> {
  if (!('serviceWorker' in navigator) || !('caches' in globalThis))
    return 'This browser keeps no pages of this site, because the site is not served over HTTPS or the browser is set so.';
  // It comes when the page is idle, or, where the browser or the host has none, not at all.
  const isThere = navigator.serviceWorker.ready.then(() => true);
  const late = new Promise<false>((resolve) => setTimeout(resolve, patience, false));
  if (await Promise.race([isThere, late])) return undefined;
  return 'This browser has not taken the part of the site that keeps pages. Reload this page; if that does not help, the browser or the host does not allow it.';
}

async function freeBytes(): Promise<number | undefined> {
  try {
    const { quota, usage } = await navigator.storage.estimate();
    return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage);
  } catch {
    return undefined;
  }
}
