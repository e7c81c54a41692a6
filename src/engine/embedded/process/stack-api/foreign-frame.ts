/** A frame of another JavaScript engine than V8, which answers as V8's do, as far as its line in a stack trace tells. */

/** Text that was evaluated and has no name: Firefox calls it by the place of its evaluation. */
const evaluated = /^(.*) line (\d+) > (?:eval|Function)$/;

/** Where a frame stands; Safari does not tell it of evaluated text. */
export interface FramePlace {
  readonly script: string;
  readonly line: number;
  readonly column: number;
}

/** A frame with the methods of V8's CallSite; what only V8 knows is undefined, null or false. */
export class ForeignFrame {
  readonly #name: string | null;
  readonly #place: FramePlace | undefined;
  readonly #origin: string | undefined;
  readonly #isAsync: boolean;

  constructor(name: string | null, place: FramePlace | undefined, isAsync = false) {
    const [, around, aroundLine] = evaluated.exec(place?.script ?? '') ?? [];
    this.#name = name;
    this.#place = place && around !== undefined ? { ...place, script: '' } : place;
    this.#origin = around === undefined ? undefined : `eval at <anonymous> (${around}:${aroundLine}:1)`;
    this.#isAsync = isAsync;
  }

  /** Whether the engine told where it stands. */
  get hasPlace(): boolean {
    return this.#place !== undefined;
  }

  getThis(): undefined {
    return undefined;
  }
  getTypeName(): null {
    return null;
  }
  getFunction(): undefined {
    return undefined;
  }
  getFunctionName(): string | null {
    return this.#name;
  }
  getMethodName(): null {
    return null;
  }
  getFileName(): string | null {
    return this.#place?.script || null;
  }
  getScriptNameOrSourceURL(): string | null {
    return this.#place?.script || null;
  }
  getScriptHash(): string {
    return '';
  }
  getLineNumber(): number | null {
    return this.#place?.line ?? null;
  }
  getColumnNumber(): number | null {
    return this.#place?.column ?? null;
  }
  getEnclosingLineNumber(): number | null {
    return this.getLineNumber();
  }
  getEnclosingColumnNumber(): number | null {
    return this.getColumnNumber();
  }
  getPosition(): number {
    return 0;
  }
  getEvalOrigin(): string | undefined {
    return this.#origin;
  }
  getPromiseIndex(): null {
    return null;
  }
  isToplevel(): boolean {
    return true;
  }
  isEval(): boolean {
    return this.#origin !== undefined;
  }
  isNative(): boolean {
    return false;
  }
  isConstructor(): boolean {
    return false;
  }
  isAsync(): boolean {
    return this.#isAsync;
  }
  isPromiseAll(): boolean {
    return false;
  }

  /** As V8 writes a frame. */
  toString(): string {
    const prefix = this.#isAsync ? 'async ' : '';
    return this.#name === null ? `${prefix}${this.#where()}` : `${prefix}${this.#name} (${this.#where()})`;
  }

  #where(): string {
    if (!this.#place) return '<anonymous>';
    const { script, line, column } = this.#place;
    return `${this.#origin === undefined ? script : `${this.#origin}, <anonymous>`}:${line}:${column}`;
  }
}
