/** What is kept of one exercise or quiz: read once, kept as the reader goes on, and followed where another tab changes it. */
import type { Kept, Store } from './store/index.ts';
import { hasKept } from './store/hint.ts';

/** The kinds of results. */
export type ResultCollection = 'exercises' | 'quizzes';

/** One result, under its id. Without a store it lives as long as the page. */
export class KeptResult<C extends ResultCollection> {
  readonly #collection: C;
  readonly #key: string;
  readonly #onChange: (value: Kept[C] | undefined) => void;
  readonly #signal: AbortSignal;
  #value: Kept[C] | undefined;
  #store: Promise<Store | undefined> | undefined;
  /** Resolves once what is kept has been read and told to `onChange`; it never rejects. */
  readonly ready: Promise<void>;

  /** `onChange` hears of every value that was not set here, until the signal. */
  constructor(
    collection: C,
    key: string,
    onChange: (value: Kept[C] | undefined) => void,
    signal: AbortSignal,
  ) {
    this.#collection = collection;
    this.#key = key;
    this.#onChange = onChange;
    this.#signal = signal;
    this.ready = hasKept() ? this.#read() : Promise.resolve();
  }

  get value(): Kept[C] | undefined {
    return this.#value;
  }

  /** Keeps a value. */
  set(value: Kept[C]): void {
    this.#value = value;
    // It never rejects.
    void this.#open().then((store) => store?.set(this.#collection, this.#key, value));
  }

  async #read(): Promise<void> {
    const store = await this.#open();
    const value = await store?.get(this.#collection, this.#key);
    if (value !== undefined) this.#take(value);
  }

  #open(): Promise<Store | undefined> {
    return (this.#store ??= import('./store/index.ts').then(
      ({ openStore }) => {
        const store = openStore();
        if (this.#signal.aborted) return store;
        store.onChange(({ collection, key, value, cause }) => {
          if (collection !== this.#collection || key !== this.#key || cause === 'set') return;
          // True: what is kept in a collection is of its type.
          this.#take(value as Kept[C] | undefined);
        }, this.#signal);
        return store;
      },
      () => (this.#store = undefined),
    ));
  }

  #take(value: Kept[C] | undefined): void {
    this.#value = value;
    if (!this.#signal.aborted) this.#onChange(value);
  }
}
