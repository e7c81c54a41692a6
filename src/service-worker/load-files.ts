/** Brings files of the site into what is kept: those that are there already are not loaded again. */
import type { Edition, EditionFile } from './edition.ts';
import { isKeepable } from './kept.ts';
import type { Kept } from './kept.ts';

/** How many are on their way at a time. */
const lanes = 4;

/** How far it is. */
export interface LoadProgress {
  readonly files: number;
  readonly allFiles: number;
  readonly bytes: number;
  readonly allBytes: number;
}

/** What to load and whom to tell. */
export interface LoadOptions {
  readonly site: URL;
  readonly kept: Kept;
  readonly edition: Edition;
  readonly files: readonly EditionFile[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** The host sent something else than the list promises: it changes at this moment, or stands behind a page of its own. */
export class UnexpectedFile extends Error {
  override readonly name = 'UnexpectedFile';
}

/**
 * Loads files. Rejects with the reason of the signal, with a `TypeError` where the network fails, with a
 * `QuotaExceededError`, or with an `UnexpectedFile`; what has arrived by then stays.
 */
export async function loadFiles(options: LoadOptions): Promise<void> {
  const { kept, edition, files, onProgress } = options;
  const allBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const done = { files: 0, bytes: 0 };
  const count = (file: EditionFile) => {
    done.files += 1;
    done.bytes += file.bytes;
    onProgress?.({ ...done, allFiles: files.length, allBytes });
  };
  const failed = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failed.signal]) : failed.signal;
  // All lanes take from one queue.
  const queue = files.values();
  const lane = async () => {
    for (const file of queue) {
      signal.throwIfAborted();
      if (!(await kept.isCurrent(file, edition))) await loadFile(file, { ...options, signal });
      count(file);
    }
  };
  try {
    await Promise.all(
      Array.from({ length: lanes }, () =>
        lane().catch((error: unknown) => {
          failed.abort(error);
          throw error;
        }),
      ),
    );
  } catch (error) {
    // A file that is cut short says less than who cut it.
    options.signal?.throwIfAborted();
    throw error;
  }
}

async function loadFile(file: EditionFile, { site, kept, edition, signal }: LoadOptions): Promise<void> {
  const { path, revision } = file;
  // Past the worker, which would keep it a second time.
  const response = await fetch(new URL(path, site), { cache: 'no-cache', ...(signal ? { signal } : {}) });
  if (!isKeepable(response)) throw new UnexpectedFile(`${path}: ${response.status}`);
  const body = await response.arrayBuffer();
  // Some hosts write into pages; into other files nobody may.
  if (!isPage(path) && (await revisionOf(body)) !== revision) throw new UnexpectedFile(path);
  signal?.throwIfAborted();
  await kept.put(file, new Response(body, { headers: response.headers }), edition);
}

/** Whether a path of the site is that of a page. */
export function isPage(path: string): boolean {
  return path === '' || path.endsWith('/');
}

async function revisionOf(body: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
