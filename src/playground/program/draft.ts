/** One program as the reader has it: every change is kept at once, and those of other tabs are followed. */
import { fileNameProblem } from './files/file-name.ts';
import {
  isSameProgram,
  withCommand,
  withFile,
  withFileAgain,
  withName,
  withText,
  withoutFile,
} from './program-changes.ts';
import type { CommandChange, Step } from './program-changes.ts';
import type { Change, KeptProgram, Store } from '../store/index.ts';
import { applyEdit, editOf } from '../store/program-edit.ts';
import type { EditableProgram } from '../store/program-edit.ts';

export type { CommandChange } from './program-changes.ts';

/** A program as its author wrote it. */
export interface DraftSource {
  /** Under which the reader's changes are kept. */
  readonly id: string;
  readonly original: EditableProgram;
  /** Names of files that stay as they are. */
  readonly readOnly: ReadonlySet<string>;
}

/** What a draft needs of the store. */
export type DraftStore = Pick<
  Store,
  'get' | 'set' | 'forget' | 'resetProgram' | 'restore' | 'onChange' | 'isSafe'
>;

/** The program is another than before. */
export interface DraftChange {
  /** Here: a method of this draft was called. Elsewhere: another tab, or what was kept, an import, the reset of everything. */
  readonly origin: 'here' | 'elsewhere';
}

/** The reader's version of a program. It works in memory until the store is there, and where it never is. */
export class Draft {
  readonly #openStore: () => Promise<DraftStore>;
  readonly #listeners = new Set<(change: DraftChange) => void>();
  #source: DraftSource;
  #current: EditableProgram;
  #adoption = new AbortController();
  #store: DraftStore | undefined;
  #loading: Promise<void> | undefined;
  /** Changes from before what is kept was read: they come on top of it. */
  #unkept: { place: string | undefined; step: Step }[] = [];
  #removals = 0;
  /** What undoes a reset, while it does; the next one comes after it. */
  #undoing: Promise<void> = Promise.resolve();

  /** Begins with the original; what is kept is there once it is `ready`. */
  constructor(source: DraftSource, open: () => Promise<DraftStore> = openStore) {
    this.#source = source;
    this.#current = source.original;
    this.#openStore = open;
    this.#loading = this.#load();
  }

  /** Resolves once what is kept of the program has been read. Never rejects: without a store there is nothing to read. */
  get ready(): Promise<void> {
    return this.#loading ?? Promise.resolve();
  }

  get id(): string {
    return this.#source.id;
  }

  /** As its author wrote it. */
  get original(): EditableProgram {
    return this.#source.original;
  }

  /** As it would run now. */
  get current(): EditableProgram {
    return this.#current;
  }

  /** Whether it differs from the original. */
  get isEdited(): boolean {
    return editOf(this.original, this.#current) !== undefined;
  }

  /** Whether the changes would survive a reload at this moment. */
  get isSafe(): boolean {
    return this.#store?.isSafe ?? !this.isEdited;
  }

  /** Whether a file stays as it is. */
  isReadOnly(name: string): boolean {
    return this.#source.readOnly.has(name);
  }

  /** Calls back after each change, until the signal. */
  onChange(listener: (change: DraftChange) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener));
  }

  /** Sets the text of a file; nothing happens where there is no such file (any more). Throws for one that is read only. */
  setFile(name: string, text: string): void {
    this.#guard(name);
    this.#change(withText(name, text), name);
  }

  /** Adds a file behind the others. Throws a `RangeError` for a name that it cannot have (see `fileNameProblem`). */
  addFile(name: string, text = ''): void {
    this.#check(name, Object.keys(this.#current.files));
    this.#change(withFile(name, text));
  }

  /** Gives a file another name in the same place; the entry stays the entry. Throws as `addFile` and `setFile`. */
  renameFile(name: string, newName: string): void {
    this.#guard(name);
    if (name === newName) return;
    this.#check(
      newName,
      Object.keys(this.#current.files).filter((other) => other !== name),
    );
    this.#change(withName(name, newName));
  }

  /**
   * Deletes a file; where it was the entry, the next one that Node can run is. Returns what puts it back: false where there
   * is another file of its name by then, or another program. Throws for a file that is read only.
   */
  deleteFile(name: string): () => boolean {
    this.#guard(name);
    const before = this.#current;
    const { id } = this;
    this.#change(withoutFile(name));
    return () => {
      if (id !== this.id || !Object.hasOwn(before.files, name) || Object.hasOwn(this.#current.files, name))
        return false;
      this.#change(withFileAgain(name, before));
      return true;
    };
  }

  /** Sets parts of the command. Throws a `RangeError` for an entry that is no file. */
  setCommand(change: CommandChange): void {
    const { entry } = change;
    if (entry !== undefined && entry !== '' && !Object.hasOwn(this.#current.files, entry))
      throw new RangeError(`There is no file ${entry}.`);
    this.#change(withCommand(change));
  }

  /**
   * Makes it the original again, and removes what is kept of its output. Resolves with what undoes that, which resolves when
   * the output is back too. Neither rejects.
   */
  async reset(): Promise<() => Promise<void>> {
    await Promise.all([this.ready, this.#undoing]);
    const before = this.#current;
    const { id } = this;
    this.#unkept = [];
    this.#replace(this.original, 'here');
    const removal = await this.#remove(id);
    return () => (this.#undoing = this.#undo(id, before, removal));
  }

  async #undo(id: string, before: EditableProgram, removal: string | undefined): Promise<void> {
    if (id === this.id) this.#replace(before, 'here');
    const restored = removal !== undefined && (await this.#store?.restore(removal));
    if (restored === false && id === this.id) this.#keep();
  }

  /** Becomes another program, kept under another id. Resolves as `ready`; what was changed in the former one is kept. */
  adopt(source: DraftSource): Promise<void> {
    this.#adoption.abort();
    this.#adoption = new AbortController();
    this.#source = source;
    this.#store = undefined;
    this.#unkept = [];
    this.#current = source.original;
    this.#loading = this.#load();
    this.#tell('here');
    return this.ready;
  }

  /** Lets go of the store and of all listeners. What was changed is kept. */
  dispose(): void {
    this.#adoption.abort();
    this.#listeners.clear();
  }

  async #load(): Promise<void> {
    const { signal } = this.#adoption;
    const source = this.#source;
    const steps = this.#unkept;
    const store = await this.#openStore().catch(() => undefined);
    // Who has gone on has still to be kept what was typed before.
    if (signal.aborted && (!store || steps.length === 0)) return;
    if (!store) {
      // Its code could not be loaded: the next change tries again.
      this.#loading = undefined;
      return;
    }
    let heard: Change | undefined;
    const reading = new AbortController();
    store.onChange((change) => concerns(change, source) && (heard = change), reading.signal);
    const read = await store.get('programs', source.id);
    reading.abort();
    // What another tab wrote while it was read is newer.
    const kept = withEdit(source, heard ? keptOf(heard) : read);
    const program = steps.reduce((before, { step }) => step(before), kept);
    if (steps.length > 0) keep(store, source, program);
    if (signal.aborted) return;
    store.onChange((change) => this.#receive(change), signal);
    this.#store = store;
    this.#unkept = [];
    this.#replace(program, 'elsewhere');
  }

  #receive(change: Change): void {
    if (!concerns(change, this.#source) || (this.#removals > 0 && change.cause === 'removed')) return;
    this.#replace(withEdit(this.#source, keptOf(change)), 'elsewhere');
  }

  #change(step: Step, place?: string): void {
    const next = step(this.#current);
    if (isSameProgram(next, this.#current)) return;
    this.#current = next;
    if (this.#store) this.#keep();
    else {
      if (place !== undefined && this.#unkept.at(-1)?.place === place) this.#unkept.pop();
      this.#unkept.push({ place, step });
      this.#loading ??= this.#load();
    }
    this.#tell('here');
  }

  #replace(program: EditableProgram, origin: DraftChange['origin']): void {
    if (isSameProgram(program, this.#current)) return;
    this.#current = program;
    this.#tell(origin);
  }

  #keep(): void {
    if (this.#store) keep(this.#store, this.#source, this.#current);
  }

  async #remove(id: string): Promise<string | undefined> {
    this.#removals++;
    const removal = await this.#store?.resetProgram(id);
    this.#removals--;
    // What was typed while the store was busy has gone with the rest.
    if (id === this.id && this.isEdited) this.#keep();
    return removal;
  }

  #tell(origin: DraftChange['origin']): void {
    for (const listener of this.#listeners) listener({ origin });
  }

  #guard(name: string): void {
    if (this.isReadOnly(name)) throw new TypeError(`${name} is read only.`);
  }

  #check(name: string, others: readonly string[]): void {
    const problem = fileNameProblem(name, others);
    if (problem !== undefined) throw new RangeError(problem);
  }
}

async function openStore(): Promise<DraftStore> {
  const store = await import('../store/index.ts');
  return store.openStore();
}

function keep(store: DraftStore, { id, original }: DraftSource, program: EditableProgram): void {
  const edit = editOf(original, program);
  if (edit) store.set('programs', id, edit);
  else store.forget('programs', id);
}

function concerns({ collection, key, cause }: Change, { id }: DraftSource): boolean {
  return collection === 'programs' && key === id && cause !== 'set';
}

/** What is kept may be older than the author's wish that a file stays as it is. */
function withEdit({ original, readOnly }: DraftSource, kept: KeptProgram | undefined): EditableProgram {
  if (!kept) return original;
  const isFree = (name: string) => !readOnly.has(name);
  const files = Object.fromEntries(Object.entries(kept.files).filter(([name]) => isFree(name)));
  return applyEdit(original, { ...kept, files, deleted: kept.deleted.filter(isFree) });
}

function keptOf({ value }: Change): KeptProgram | undefined {
  // True: it is asked for changes of programs only, and the store reads what it announces.
  return value as KeptProgram | undefined;
}
