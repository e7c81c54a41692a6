/**
 * Entries that count at once, are in the journal before the call returns, and in the database a moment later. Between tabs,
 * and between what is set and what was stored, the last write wins (see `mergeEntries`).
 */
import type { Database } from './database.ts';
import { idOf, mergeEntries, readEntry, undoTime } from './entry.ts';
import type { Entry } from './entry.ts';
import { hintAtKept } from './hint.ts';
import type { Journal } from './journal.ts';
import type { Collection } from './kept.ts';
import { diagnose, problemOf } from './problem.ts';
import type { StoreProblem } from './problem.ts';

/** Milliseconds in which writes to the database are gathered. */
const batchTime = 200;

/** Something changed; without a value it was removed. An editor has to follow each cause but `set`, which is its own. */
export interface Change {
  readonly collection: Collection;
  readonly key: string;
  readonly value?: unknown;
  readonly cause: 'set' | 'removed' | 'restored' | 'imported' | 'elsewhere';
}

/** What tells the other tabs. */
export interface Channel {
  postMessage(message: unknown): void;
}

/** What a store is made of. */
export interface StoreParts {
  /** Identifies this page. */
  readonly tab: string;
  readonly database: Database;
  readonly journal: Journal;
  readonly channel: Channel | undefined;
}

/** Writes behind the back of the page, which never waits for it; works in memory where nothing can be kept. */
export class WriteBehind {
  readonly #parts: StoreParts;
  /** What is not yet in the database; all that there is where the database cannot be used. */
  readonly #pending = new Map<string, Entry>();
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #problemListeners = new Set<(problem: StoreProblem | undefined) => void>();
  #problem: StoreProblem | undefined;
  #isSafe = true;
  #lastStamp = 0;
  #writing: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Takes up what pages before left in their journals. */
  constructor(parts: StoreParts) {
    this.#parts = parts;
    for (const entry of parts.journal.adopt()) this.#overlay(entry);
    if (this.#pending.size > 0) this.#keepJournal();
  }

  /** What stands in the way of keeping anything; undefined when all is well. */
  get problem(): StoreProblem | undefined {
    return this.#problem;
  }

  /** Whether everything that was set would survive a reload at this moment. */
  get isSafe(): boolean {
    return this.#isSafe;
  }

  /** Calls back at each change, of this tab and of others, until the signal. */
  onChange(listener: (change: Change) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  /** Calls back when a problem comes or goes, until the signal; at once where there is one. */
  onProblem(listener: (problem: StoreProblem | undefined) => void, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#problemListeners.add(listener);
    signal.addEventListener('abort', () => this.#problemListeners.delete(listener));
    if (this.#problem) listener(this.#problem);
  }

  /** Writes what is pending to the database now. Never rejects: a failure is a problem, and what is pending stays so. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Makes what is pending safe in a page that may go away and never come back: the next page finds it in the journal. */
  hold(): void {
    if (!this.#keepJournal()) void this.flush(); // It never rejects.
  }

  /** Throws away what nobody can undo any more, and the hint where nothing is left. */
  async tidy(): Promise<void> {
    await this.flush();
    try {
      const left = await this.#parts.database.purge(Date.now());
      if (left === 0 && this.#pending.size === 0) hintAtKept(false);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Takes in what another tab wrote. */
  receive(message: unknown): void {
    if (!Array.isArray(message)) return;
    for (const entry of message.map(readEntry)) {
      if (!entry) continue;
      this.#lastStamp = Math.max(this.#lastStamp, entry.at);
      const mine = this.#pending.get(idOf(entry));
      const merged = mine ? mergeEntries(mine, entry) : entry;
      if (mine) this.#pending.set(idOf(entry), merged);
      // Where this tab wrote later, the other one is told as soon as that is in the database.
      if (!mine || merged.at !== mine.at || merged.by !== mine.by) this.announce(merged, 'elsewhere');
    }
  }

  /** What is kept under a key, removed or not. Never rejects. */
  protected async entry(collection: Collection, key: string): Promise<Entry | undefined> {
    const id = idOf({ collection, key });
    // Before and after: what is being written leaves the pending ones while the database is read.
    const before = this.#pending.get(id);
    const stored = await this.#reading(this.#parts.database.read(collection, key), undefined);
    return this.#latest([stored, before, this.#pending.get(id)]);
  }

  /** All that is kept of a kind, and what was removed. Never rejects. */
  protected async entries(collection: Collection): Promise<Entry[]> {
    const mine = () => [...this.#pending.values()].filter((entry) => entry.collection === collection);
    const before = mine();
    const stored = await this.#reading(this.#parts.database.readAll(collection), []);
    const latest = new Map<string, Entry>();
    for (const entry of [...stored, ...before, ...mine()]) {
      const merged = this.#latest([latest.get(idOf(entry)), entry]);
      if (merged) latest.set(idOf(entry), merged);
    }
    return [...latest.values()];
  }

  async #reading<T>(read: Promise<T>, otherwise: T): Promise<T> {
    try {
      const stored = await read;
      // What was not there, or did not answer, is there again.
      if (this.#problem?.code === 'silent' || this.#problem?.code === 'blocked') this.#tell(undefined);
      return stored;
    } catch (cause) {
      this.#fail(cause);
      return otherwise;
    }
  }

  #latest(versions: readonly (Entry | undefined)[]): Entry | undefined {
    const latest = versions.reduce(
      (one, other) => (one && other ? mergeEntries(one, other) : (one ?? other)),
      undefined,
    );
    if (latest) this.#lastStamp = Math.max(this.#lastStamp, latest.at);
    return latest;
  }

  /** An entry that is later than all that this tab has seen. */
  protected stamp<C extends Collection>(entry: Pick<Entry<C>, 'collection' | 'key' | 'value'>): Entry<C> {
    this.#lastStamp = Math.max(Date.now(), this.#lastStamp + 1);
    const stamped = { ...entry, at: this.#lastStamp, by: this.#parts.tab };
    return entry.value === undefined ? { ...stamped, expires: this.#lastStamp + undoTime } : stamped;
  }

  /** Makes entries count, and tells why. */
  protected put(entries: readonly Entry[], cause: Change['cause']): void {
    for (const entry of entries) this.#overlay(entry);
    hintAtKept(true);
    const isInJournal = this.#keepJournal();
    for (const entry of entries) this.announce(this.#pending.get(idOf(entry)) ?? entry, cause);
    // What the journal has no room for is written at once.
    if (isInJournal) this.#timer ??= setTimeout(() => void this.flush(), batchTime);
    else void this.flush(); // It never rejects.
  }

  #overlay(entry: Entry): void {
    const before = this.#pending.get(idOf(entry));
    this.#pending.set(idOf(entry), before ? mergeEntries(before, entry) : entry);
    this.#lastStamp = Math.max(this.#lastStamp, entry.at);
  }

  /** Writes down what is pending; false where not all of it found room. */
  #keepJournal(): boolean {
    const pending = [...this.#pending.values()];
    // Only what could be read again.
    const keepable = pending.filter((entry) => readEntry(entry) !== undefined);
    const left = this.#parts.journal.write(keepable);
    // This journal holds what came from the others.
    if (left.length === 0) this.#parts.journal.forgetAdopted();
    this.#isSafe = left.length === 0 && keepable.length === pending.length;
    return this.#isSafe;
  }

  async #write(): Promise<void> {
    const pending = [...this.#pending.values()];
    if (pending.length === 0) return;
    const batch = pending.filter((entry) => readEntry(entry) !== undefined);
    const isTooLarge = batch.length < pending.length;
    try {
      const written = batch.length > 0 ? await this.#parts.database.merge(batch) : [];
      // Another tab may have found the database empty meanwhile, and taken the hint away.
      if (written.length > 0) hintAtKept(true);
      for (const [index, entry] of batch.entries()) {
        if (this.#pending.get(idOf(entry)) === entry) this.#pending.delete(idOf(entry));
        const now = written[index];
        // Another tab was later: its version is what counts here too.
        if (now && (now.by !== entry.by || now.at !== entry.at)) this.announce(now, 'elsewhere');
      }
      this.#parts.journal.forgetAdopted();
      this.#keepJournal();
      if (written.length > 0) this.#parts.channel?.postMessage(written);
      this.#tell(isTooLarge ? problemOf('too-large') : undefined);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Tells all listeners of this tab. */
  protected announce({ collection, key, value }: Entry, cause: Change['cause']): void {
    const change: Change = { collection, key, cause, ...(value === undefined ? {} : { value }) };
    for (const listener of this.#listeners) listener(change);
  }

  #fail(cause: unknown): void {
    // The page gave it up itself, when it went away.
    if (cause instanceof DOMException && cause.name === 'AbortError') return;
    this.#tell(diagnose(cause));
  }

  #tell(problem: StoreProblem | undefined): void {
    if (problem?.code === this.#problem?.code) return;
    this.#problem = problem;
    for (const listener of this.#problemListeners) listener(problem);
  }
}
