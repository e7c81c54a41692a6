/** What is kept of a reader, by kind: read, set, removed, and put back. */
import { undoTime } from './entry.ts';
import type { Entry } from './entry.ts';
import { readersCollections } from './kept.ts';
import type { Collection, Kept, KeptRemoval, Replaced } from './kept.ts';
import { WriteBehind } from './write-behind.ts';

/** All that the reader made: see `Kept` for what there is. */
export class Store extends WriteBehind {
  /** What is kept under a key. Never rejects: a database that cannot be read is a problem, and what was set here is there. */
  async get<C extends Collection>(collection: C, key: string): Promise<Kept[C] | undefined> {
    const entry = await this.entry(collection, key);
    // True: the entry is of this collection.
    return entry?.value as Kept[C] | undefined;
  }

  /** All that is kept of a kind, by key. Never rejects. */
  async all<C extends Collection>(collection: C): Promise<ReadonlyMap<string, Kept[C]>> {
    const values = new Map<string, Kept[C]>();
    for (const { key, value } of await this.entries(collection)) {
      // True: the entries are of this collection.
      if (value !== undefined) values.set(key, value as Kept[C]);
    }
    return values;
  }

  /** Keeps a value: replaces what is there, or unites with it where the kind says so (progress, histories). */
  set<C extends Collection>(collection: C, key: string, value: Kept[C]): void {
    this.put([this.stamp({ collection, key, value })], 'set');
  }

  /** Keeps nothing under a key any more, where the reader's own changes left nothing to keep; there is no way back. */
  forget(collection: Collection, key: string): void {
    this.put([this.stamp({ collection, key })], 'set');
  }

  /** Keeps a value where there is none. */
  async setMissing<C extends Collection>(collection: C, key: string, value: Kept[C]): Promise<void> {
    if ((await this.get(collection, key)) !== undefined) return;
    this.put([this.stamp({ collection, key, value })], 'restored');
  }

  /** Removes the reader's changes of one program and its output. Resolves with the key of what was removed, to be restored. */
  async resetProgram(program: string): Promise<string | undefined> {
    const [edit, output] = await Promise.all([
      this.entry('programs', program),
      this.entry('outputs', program),
    ]);
    return this.#remove([edit, output].filter((entry) => entry !== undefined));
  }

  /** Removes the reader's changes of all programs and their outputs; resolves as `resetProgram`. */
  resetPrograms(): Promise<string | undefined> {
    return this.#removeAll(['programs', 'outputs']);
  }

  /** Removes all that is kept, progress too; resolves as `resetProgram`. */
  resetEverything(): Promise<string | undefined> {
    return this.#removeAll(readersCollections);
  }

  /** Removes one thing, such as the requests of a program; resolves as `resetProgram`. */
  async remove(collection: Replaced['collection'], key: string): Promise<string | undefined> {
    const entry = await this.entry(collection, key);
    return this.#remove(entry ? [entry] : []);
  }

  /**
   * Puts back what was removed or replaced within a day. What was made since then in its place is removed in turn: resolves
   * with the key of that, if there was any. False: there is nothing (any more) to put back.
   */
  async restore(removal: string): Promise<string | undefined | false> {
    const kept = await this.get('removals', removal);
    if (!kept) return false;
    const now = await this.#now(kept.replaced);
    const entries = kept.replaced.map((was) => this.#stampAgain(was));
    const undo = now.some((was) => was.value !== undefined) ? this.#removal(now) : undefined;
    this.put(
      [...entries, ...(undo ? [undo] : []), this.stamp({ collection: 'removals', key: removal })],
      'restored',
    );
    await this.flush();
    return undo?.key;
  }

  /**
   * Puts in what an import brings, and remembers what that replaces; resolves as `resetProgram`, and with an empty list
   * for nothing.
   */
  async replace(entries: readonly Replaced[]): Promise<string | undefined> {
    if (entries.length === 0) return undefined;
    const undo = this.#removal(await this.#now(entries));
    this.put([...entries.map((entry) => this.#stampAgain(entry)), undo], 'imported');
    await this.flush();
    return undo.key;
  }

  /** All entries of the reader with their times: what an export holds, and an import compares with. */
  async everything(): Promise<Entry[]> {
    const lists = await Promise.all(readersCollections.map((collection) => this.entries(collection)));
    return lists.flat().filter((entry) => entry.value !== undefined);
  }

  /** Announces what is kept, for a page that comes back after others have gone on, or that could not read it before. */
  async refresh(): Promise<void> {
    const lists = await Promise.all(readersCollections.map((collection) => this.entries(collection)));
    for (const entry of lists.flat()) this.announce(entry, 'elsewhere');
  }

  async #now(places: readonly Replaced[]): Promise<Replaced[]> {
    const entries = await Promise.all(places.map(({ collection, key }) => this.entry(collection, key)));
    return places.map(({ collection, key }, index) => {
      const value = entries[index]?.value;
      return value === undefined ? { collection, key } : { collection, key, value };
    });
  }

  async #removeAll(collections: readonly Replaced['collection'][]): Promise<string | undefined> {
    const lists = await Promise.all(collections.map((collection) => this.entries(collection)));
    return this.#remove(lists.flat());
  }

  async #remove(entries: readonly Entry[]): Promise<string | undefined> {
    const replaced = entries.flatMap(({ collection, key, value }) =>
      value === undefined || collection === 'removals' ? [] : [{ collection, key, value }],
    );
    if (replaced.length === 0) return undefined;
    const undo = this.#removal(replaced);
    const tombs = replaced.map(({ collection, key }) => this.#stampAgain({ collection, key }));
    this.put([...tombs, undo], 'removed');
    // What is set after this must not be united with what was there before.
    await this.flush();
    return undo.key;
  }

  #removal(replaced: readonly Replaced[]): Entry<'removals'> {
    const value: KeptRemoval = { replaced };
    const entry = this.stamp({ collection: 'removals', key: 'removal', value });
    return { ...entry, key: `${entry.by}-${entry.at}`, expires: entry.at + undoTime };
  }

  #stampAgain(was: Replaced): Entry {
    // True: a removal and an import hold values that the reader of their collection made.
    return this.stamp(was as Pick<Entry, 'collection' | 'key' | 'value'>);
  }
}
