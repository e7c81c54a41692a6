/**
 * What was written and is not yet in the database, in `localStorage`: it is written at once, so a page may go away at any
 * moment. Each tab has its own key; whoever opens the store next takes up what is left of all of them.
 */
import { readEntry } from './entry.ts';
import type { Entry } from './entry.ts';

const prefix = 'loopbook:journal:';
/** Characters of one journal: browsers give a site five million, for everything. */
const longestJournal = 1_000_000;

/** The journal of one tab. */
export class Journal {
  readonly #storage: () => Storage;
  readonly #key: string;
  /** Journals of other pages as they were when their entries were taken up. */
  #adopted: ReadonlyMap<string, string> = new Map();

  /** `storage` is asked for at each use, because merely naming it throws where it is blocked. */
  constructor(storage: () => Storage, tab: string) {
    this.#storage = storage;
    this.#key = prefix + tab;
  }

  /** What other pages left, now or before a crash. Nothing where storage is blocked. */
  adopt(): Entry[] {
    try {
      const storage = this.#storage();
      const keys = Object.keys(storage).filter((key) => key.startsWith(prefix) && key !== this.#key);
      this.#adopted = new Map(keys.map((key) => [key, storage.getItem(key) ?? '']));
      return [...this.#adopted.values()].flatMap(readJournal);
    } catch {
      return [];
    }
  }

  /** Replaces the journal by these entries, the smallest first. Returns those that found no room. */
  write(entries: readonly Entry[]): readonly Entry[] {
    const lines = entries.map((entry) => ({ entry, line: JSON.stringify(entry) }));
    lines.sort((one, other) => one.line.length - other.line.length);
    let room = longestJournal;
    const count = lines.findIndex(({ line }) => (room -= line.length) < 0);
    const kept = count === -1 ? lines : lines.slice(0, count);
    const left = lines.slice(kept.length).map(({ entry }) => entry);
    try {
      const storage = this.#storage();
      if (kept.length === 0) storage.removeItem(this.#key);
      else storage.setItem(this.#key, `[${kept.map(({ line }) => line).join()}]`);
      return left;
    } catch {
      // Blocked or full. The database still has to be tried, and tells what is wrong.
      return entries;
    }
  }

  /** Throws away what was adopted and is safe elsewhere now, unless its tab still lives and has written again. */
  forgetAdopted(): void {
    const adopted = this.#adopted;
    if (adopted.size === 0) return;
    this.#adopted = new Map();
    try {
      const storage = this.#storage();
      for (const [key, text] of adopted) if (storage.getItem(key) === text) storage.removeItem(key);
    } catch {
      // They are adopted once more by the next page: merging them twice changes nothing.
    }
  }
}

function readJournal(text: string): Entry[] {
  try {
    const lines: unknown = JSON.parse(text);
    return Array.isArray(lines) ? lines.map(readEntry).filter((entry) => entry !== undefined) : [];
  } catch {
    // Cut by a crash or changed by hand: nothing in it can be told apart.
    return [];
  }
}
