/** The reader's entries in IndexedDB. */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { mergeEntries, readEntry } from './entry.ts';
import type { Entry } from './entry.ts';
import type { Collection } from './kept.ts';

/** Where entries are kept. Everything rejects with what the browser throws. */
export interface Database {
  read(collection: Collection, key: string): Promise<Entry | undefined>;
  readAll(collection: Collection): Promise<Entry[]>;
  /** Merges entries into those that are there, all or none; resolves with what is there then. */
  merge(entries: readonly Entry[]): Promise<Entry[]>;
  /** Throws away what has expired; resolves with how many entries are left. */
  purge(now: number): Promise<number>;
  /** Lets go of the database; the next use opens it again. */
  close(): void;
}

interface Schema extends DBSchema {
  entries: { key: [Collection, string]; value: Entry; indexes: { expires: number } };
}

const databaseName = 'loopbook';
const databaseVersion = 1;
/** Milliseconds after which a browser that does not open it never will; readers do not wait longer for their work. */
const openingTime = 5_000;

/** The database of this site. It is opened at the first use, and again after the browser has closed it. */
export class BrowserDatabase implements Database {
  #opened: Promise<IDBPDatabase<Schema>> | undefined;

  async read(collection: Collection, key: string): Promise<Entry | undefined> {
    const database = await this.#open();
    return readEntry(await database.get('entries', [collection, key]));
  }

  async readAll(collection: Collection): Promise<Entry[]> {
    const database = await this.#open();
    // An empty list sorts after every string.
    const range = IDBKeyRange.bound([collection], [collection, []]);
    const values = await database.getAll('entries', range);
    return values.map(readEntry).filter((entry) => entry !== undefined);
  }

  async merge(entries: readonly Entry[]): Promise<Entry[]> {
    const database = await this.#open();
    const transaction = database.transaction('entries', 'readwrite');
    const merging = entries.map(async (entry) => {
      const stored = readEntry(await transaction.store.get([entry.collection, entry.key]));
      const merged = stored ? mergeEntries(stored, entry) : entry;
      await transaction.store.put(merged);
      return merged;
    });
    const settled = Promise.allSettled(merging);
    // Of an aborted transaction each request fails with an AbortError: the reason is the transaction's own.
    await transaction.done;
    await settled;
    return Promise.all(merging);
  }

  async purge(now: number): Promise<number> {
    const database = await this.#open();
    const transaction = database.transaction('entries', 'readwrite');
    const expired = await transaction.store.index('expires').getAllKeys(IDBKeyRange.upperBound(now));
    const [left] = await Promise.all([
      transaction.store.count(),
      ...expired.map((key) => transaction.store.delete(key)),
      transaction.done,
    ]);
    return left - expired.length;
  }

  close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    // Whoever opened it has been told of a failure.
    opened?.then(
      (database) => database.close(),
      () => {},
    );
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    if (this.#opened) return this.#opened;
    const opening = openDB<Schema>(databaseName, databaseVersion, {
      upgrade(database) {
        const store = database.createObjectStore('entries', { keyPath: ['collection', 'key'] });
        store.createIndex('expires', 'expires');
      },
      // A newer version of the site wants the database.
      blocking: () => this.close(),
      terminated: () => this.#forget(opened),
    });
    const opened = inTime(opening);
    this.#opened = opened;
    opened.catch((error: unknown) => {
      // Who waited in vain once does not wait again.
      if (!(error instanceof DOMException && error.name === 'TimeoutError')) this.#forget(opened);
    });
    return opened;
  }

  #forget(opened: Promise<IDBPDatabase<Schema>>): void {
    if (this.#opened === opened) this.#opened = undefined;
  }
}

/** Some browsers neither open a database nor say why. */
function inTime<T>(opening: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new DOMException('The database does not open.', 'TimeoutError')),
      openingTime,
    );
    opening.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
