/** For tests only: a browser, and what it keeps. */
import { Journal } from './journal.ts';
import { MemoryDatabase } from './memory-database.ts';
import { Store } from './store.ts';
import type { Change } from './write-behind.ts';

/** A `Storage` is an object whose own properties are its items; the methods belong to its prototype. */
export function memoryStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  };
  // True enough: a journal uses no more of it.
  return Object.create(methods) as Storage;
}

/** A browser whose tabs have a store each, over one database and what `openStorage` gives: nothing where that throws. */
export function memoryBrowser(openStorage: () => Storage): {
  readonly database: MemoryDatabase;
  readonly open: (tab: string) => Store;
} {
  const database = new MemoryDatabase();
  const stores: Store[] = [];
  const open = (tab: string): Store => {
    const store: Store = new Store({
      tab,
      database,
      journal: new Journal(openStorage, tab),
      channel: {
        postMessage: (message) => {
          for (const other of stores) if (other !== store) other.receive(structuredClone(message));
        },
      },
    });
    stores.push(store);
    return store;
  };
  return { database, open };
}

/** Id of a program that is edited. */
export const program = 'files/streams/copy';

/** An edit of it. */
export const edited = (text: string) => ({ files: { 'main.js': text }, deleted: [] });

/** A browser whose storage can be looked at. */
export function browser() {
  const storage = memoryStorage();
  return { ...memoryBrowser(() => storage), storage };
}

/** What a store tells of from now on. */
export function watch(store: Store): Change[] {
  const changes: Change[] = [];
  store.onChange((change) => changes.push(change), new AbortController().signal);
  return changes;
}
