/** V8's private symbols for Node's library: values kept beside objects, where no program finds them. */

interface Cell {
  value: unknown;
}

/** One private symbol. The build rewrites `object[symbol]` to `symbol.of(object).value`. */
export class PrivateSymbol {
  readonly #cells = new WeakMap<object, Cell>();

  /** The value that is kept for `target`; undefined where there is none. */
  get(target: object): unknown {
    return this.#cells.get(target)?.value;
  }

  /** The place where this symbol's value is kept for `target`; a primitive keeps none. */
  of(target: unknown): Cell {
    if ((typeof target !== 'object' && typeof target !== 'function') || target === null)
      return { value: undefined };
    let cell = this.#cells.get(target);
    if (!cell) {
      cell = { value: undefined };
      this.#cells.set(target, cell);
    }
    return cell;
  }
}
