/** A word kept in the browser's storage, or in memory where the browser refuses to store anything. */
export class Remembered {
  readonly #storage: () => Storage;
  readonly #key: string;
  #value: string | undefined;

  /** `storage` is asked for at each use, because merely naming it throws where cookies are blocked. */
  constructor(storage: () => Storage, key: string) {
    this.#storage = storage;
    this.#key = key;
  }

  /** The word, if there is one. */
  get value(): string | undefined {
    try {
      return this.#storage().getItem(this.#key) ?? undefined;
    } catch {
      return this.#value;
    }
  }

  /** Keeps a word; `undefined` forgets it. */
  set value(value: string | undefined) {
    this.#value = value;
    try {
      if (value === undefined) this.#storage().removeItem(this.#key);
      else this.#storage().setItem(this.#key, value);
    } catch {
      // Blocked or full: it is remembered until the page unloads.
    }
  }
}
