/** The reader's entries in IndexedDB. */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
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
  /**
   * Gives up what is under way, which rejects with an AbortError, and lets go of the database; the next use opens it again. A page
   * that is kept for the way back may otherwise hold up all others.
   */
  leave(): void;
}

interface Schema extends DBSchema {
  entries: { key: [Collection, string]; value: Entry; indexes: { expires: number } };
}

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<Schema, ['entries'], Mode>;

const databaseName = 'loopbook';
const databaseVersion = 1;
/** Milliseconds that readers wait for their work at most. */
const answerTime = 5_000;

/** The database of this site. It is opened at the first use, and again after the browser has closed it. */
export class BrowserDatabase implements Database {
  #opened: Promise<IDBPDatabase<Schema>> | undefined;
  /** Who waited in vain once does not wait again, until an answer comes after all. */
  #silence: DOMException | undefined;
  readonly #onLateAnswer: () => void;
  readonly #underWay = new Set<Transaction<IDBTransactionMode>>();

  /** `onLateAnswer` is called when it answers who has given it up: from then on it can be used again. */
  constructor(onLateAnswer: () => void) {
    this.#onLateAnswer = onLateAnswer;
  }

  read(collection: Collection, key: string): Promise<Entry | undefined> {
    return this.#transact('readonly', async ({ store }) => readEntry(await store.get([collection, key])));
  }

  readAll(collection: Collection): Promise<Entry[]> {
    // An empty list sorts after every string.
    const range = IDBKeyRange.bound([collection], [collection, []]);
    return this.#transact('readonly', async ({ store }) => {
      const values = await store.getAll(range);
      return values.map(readEntry).filter((entry) => entry !== undefined);
    });
  }

  merge(entries: readonly Entry[]): Promise<Entry[]> {
    return this.#transact('readwrite', ({ store }) =>
      Promise.all(
        entries.map(async (entry) => {
          const stored = readEntry(await store.get([entry.collection, entry.key]));
          const merged = stored ? mergeEntries(stored, entry) : entry;
          await store.put(merged);
          return merged;
        }),
      ),
    );
  }

  purge(now: number): Promise<number> {
    return this.#transact('readwrite', async ({ store }) => {
      const expired = await store.index('expires').getAllKeys(IDBKeyRange.upperBound(now));
      const [left] = await Promise.all([store.count(), ...expired.map((key) => store.delete(key))]);
      return left - expired.length;
    });
  }

  leave(): void {
    for (const transaction of this.#underWay) giveUp(transaction);
    this.#silence = undefined;
    this.#close();
  }

  #close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    // Whoever opened it has been told of a failure.
    opened?.then(
      (database) => database.close(),
      () => {},
    );
  }

  /** All or nothing. Rejects with the reason of the transaction, of which that of its requests says nothing. */
  async #transact<Mode extends 'readonly' | 'readwrite', Result>(
    mode: Mode,
    work: (transaction: Transaction<Mode>) => Promise<Result>,
  ): Promise<Result> {
    if (this.#silence) throw this.#silence;
    const database = await this.#inTime(this.#open(), 'TimeoutError');
    const transaction = database.transaction('entries', mode);
    this.#underWay.add(transaction);
    const working = work(transaction);
    working.catch(() => {}); // Its reason comes second.
    const done = transaction.done.finally(() => this.#underWay.delete(transaction));
    await this.#inTime(done, 'NotReadableError');
    return await working;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    if (this.#opened) return this.#opened;
    const opened = openDB<Schema>(databaseName, databaseVersion, {
      upgrade(database) {
        const store = database.createObjectStore('entries', { keyPath: ['collection', 'key'] });
        store.createIndex('expires', 'expires');
      },
      // A newer version of the site wants the database.
      blocking: () => this.#close(),
      terminated: () => this.#forget(opened),
    });
    this.#opened = opened;
    opened.catch(() => this.#forget(opened));
    return opened;
  }

  #forget(opened: Promise<IDBPDatabase<Schema>>): void {
    if (this.#opened === opened) this.#opened = undefined;
  }

  /** Some browsers neither answer nor say why, for a while or for ever; `name` is that of the error then. */
  #inTime<T>(answer: Promise<T>, name: 'TimeoutError' | 'NotReadableError'): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        const silence = (this.#silence ??= new DOMException('The database does not answer.', name));
        reject(silence);
        const hear = (): void => this.#hear(silence);
        answer.then(hear, hear);
      }, answerTime);
      answer.then(resolve, reject).finally(() => clearTimeout(late));
    });
  }

  #hear(silence: DOMException): void {
    if (this.#silence !== silence) return;
    this.#silence = undefined;
    this.#onLateAnswer();
  }
}

function giveUp(transaction: Transaction<IDBTransactionMode>): void {
  try {
    transaction.abort();
  } catch {
    // It is being committed: it holds up nobody.
  }
}
