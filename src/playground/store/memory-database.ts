/** For tests only: a database in memory. */
import type { Database } from './database.ts';
import { idOf, mergeEntries } from './entry.ts';
import type { Entry } from './entry.ts';

/** Keeps entries as the browser's database does, and lets a test look at them. */
export class MemoryDatabase implements Database {
  readonly stored = new Map<string, Entry>();
  /** What every use throws, as a browser does. */
  failure: Error | undefined;

  async read(collection: string, key: string): Promise<Entry | undefined> {
    this.#check();
    return this.stored.get(`${collection} ${key}`);
  }

  async readAll(collection: string): Promise<Entry[]> {
    this.#check();
    return [...this.stored.values()].filter((entry) => entry.collection === collection);
  }

  async merge(entries: readonly Entry[]): Promise<Entry[]> {
    this.#check();
    return entries.map((entry) => {
      const before = this.stored.get(idOf(entry));
      const merged = before ? mergeEntries(before, entry) : entry;
      this.stored.set(idOf(entry), merged);
      return merged;
    });
  }

  async purge(now: number): Promise<number> {
    this.#check();
    for (const [id, { expires }] of this.stored) if ((expires ?? Infinity) <= now) this.stored.delete(id);
    return this.stored.size;
  }

  leave(): void {}

  #check(): void {
    if (this.failure) throw this.failure;
  }
}
