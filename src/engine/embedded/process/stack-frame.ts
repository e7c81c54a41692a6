/** One frame of a stack as programs and Node's library see it. */
import type { Position, SourceRegistry } from './source-registry.ts';

/** V8's own description of a frame. */
export type Site = NodeJS.CallSite & {
  getScriptNameOrSourceURL(): string | null;
  getPromiseIndex?(): number | null;
  toString(): string;
};

/** Modules of the library whose functions are compiled when they are first called, as a program's are. */
const keepsGuessedNames = /^node:(?:crypto|dgram|net|zlib|internal\/(?:crypto|streams)\/\w+)$/;

/** Name of the evaluated text that a frame is in; empty where it is in none. */
export function scriptOf(site: Site): string {
  return site.getScriptNameOrSourceURL() ?? '';
}

/** Where a frame stands in its file. */
export function positionIn(site: Site, sources: SourceRegistry): Position {
  return sources.original({
    name: site.getScriptNameOrSourceURL() ?? '',
    line: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
  });
}

/** A frame as Node would have it: the file is a file, not an `eval`. */
export class Frame {
  readonly #site: Site;
  readonly #position: Position | undefined;
  readonly #isOnGlobal: boolean;

  constructor(site: Site, sources: SourceRegistry, globals: WeakSet<object>) {
    this.#site = site;
    const receiver: unknown = site.getThis();
    this.#isOnGlobal = typeof receiver === 'object' && receiver !== null && globals.has(receiver);
    this.#position = site.getScriptNameOrSourceURL() ? positionIn(site, sources) : undefined;
  }

  getThis(): unknown {
    return this.#site.getThis();
  }
  getTypeName(): string | null {
    return this.#site.getTypeName();
  }
  getFunction(): unknown {
    return this.#site.getFunction();
  }
  getFunctionName(): string | null {
    const name = this.#site.getFunctionName();
    return name === 'eval' ? null : name;
  }
  getMethodName(): string | null {
    return this.#site.getMethodName();
  }
  getFileName(): string | undefined {
    return this.#position?.name;
  }
  getScriptNameOrSourceURL(): string | null {
    return this.#position?.name ?? null;
  }
  getScriptHash(): string {
    return '';
  }
  getLineNumber(): number | null {
    return this.#position?.line ?? null;
  }
  getColumnNumber(): number | null {
    return this.#position?.column ?? null;
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
    return undefined;
  }
  getPromiseIndex(): number | null {
    return this.#site.getPromiseIndex?.() ?? null;
  }
  isToplevel(): boolean {
    return this.#isOnGlobal || this.#site.isToplevel();
  }
  isEval(): boolean {
    return false;
  }
  isNative(): boolean {
    return this.#site.isNative();
  }
  isConstructor(): boolean {
    return this.#site.isConstructor();
  }
  isAsync(): boolean {
    return this.#site.isAsync();
  }
  isPromiseAll(): boolean {
    return this.#site.isPromiseAll();
  }

  /** As V8 writes a frame, from the corrected parts. */
  toString(): string {
    const written = this.#site.toString();
    if (!this.#position) return written;
    const { name, line, column } = this.#position;
    const location = `${name}:${line}:${column}`;
    const prefix = this.isAsync() ? 'async ' : '';
    const call = this.#describeCall(written.slice(prefix.length));
    return call ? `${prefix}${call} (${location})` : `${prefix}${location}`;
  }

  /** What V8 writes before the location; it calls anonymous functions of evaluated code "eval". */
  #describeCall(written: string): string {
    const call = written.endsWith(')') ? written.slice(0, written.lastIndexOf(' (')) : '';
    const isAnonymous = this.getFunctionName() === null;
    if (this.#isOnGlobal && !this.isConstructor()) return this.getFunctionName() ?? '';
    if (!isAnonymous && !this.#isGuessedName()) return call;
    if (this.isConstructor()) return 'new <anonymous>';
    if (this.isToplevel()) return '';
    const type = this.getTypeName();
    return `${type ? `${type}.` : ''}${this.getMethodName() ?? '<anonymous>'}`;
  }

  /** Most of Node's library comes out of a snapshot, which does not keep the names that V8 guesses, as in `a.b.c`. */
  #isGuessedName(): boolean {
    const name = this.#site.getFunctionName() ?? '';
    const file = this.#position?.name ?? '';
    // A symbol's name, in brackets, may have dots of its own.
    const isPath = !name.startsWith('[') && /[^#\s]\.|^\./.test(name);
    return isPath && file.startsWith('node:') && !keepsGuessedNames.test(file);
  }
}
