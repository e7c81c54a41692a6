/** More headers than this go to the program in several blocks. */
const mostHeaders = 31;

/** Headers or trailers of a message, whose names and values come in pieces. */
export class HeaderBlock {
  readonly #names: string[] = [];
  readonly #values: string[] = [];

  get isEmpty(): boolean {
    return this.#names.length === 0;
  }

  /** Whether what begins with the next name belongs to another block. */
  get isFull(): boolean {
    return this.#names.length === mostHeaders && this.#values.length === mostHeaders;
  }

  /** Adds a name, or what follows of one that has no value yet. */
  addName(text: string): void {
    if (this.#names.length > this.#values.length) this.#names[this.#names.length - 1] += text;
    else this.#names.push(text);
  }

  /** Adds the value of the last name, or what follows of it. */
  addValue(text: string): void {
    if (this.#values.length === this.#names.length) this.#values[this.#values.length - 1] += text;
    else this.#values.push(text);
  }

  /** Name and value by turns, as Node's library takes them; a name without a value is left out. */
  list(): string[] {
    return this.#values.flatMap((value, index) => [this.#names[index] ?? '', trimEnd(value)]);
  }
}

/** Without the spaces and tabs at the end. Not by a pattern, which would look again from each space in between. */
function trimEnd(value: string): string {
  let end = value.length;
  while (value[end - 1] === ' ' || value[end - 1] === '\t') end--;
  return value.slice(0, end);
}
