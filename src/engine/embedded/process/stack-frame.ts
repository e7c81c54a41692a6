/** One frame of a stack as programs and Node's library see it. */
import { correctOrigin, placeOf } from './eval-origin.ts';
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
  return sources.original(evaluatedPosition(site));
}

/** Whether a frame is of a function that reads an export for the module that imports it: see `esm/rewrite.ts`. */
export function isExportRead(site: Site, sources: SourceRegistry): boolean {
  // The body of a module has no name, and those functions are called as the exports are.
  const name = site.getFunctionName();
  return name !== null && name !== 'eval' && sources.isBeforeText(evaluatedPosition(site));
}

function evaluatedPosition(site: Site): Position {
  return {
    name: site.getScriptNameOrSourceURL() ?? '',
    line: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
  };
}

/** What a frame is described with. */
export interface FrameSurroundings {
  readonly sources: SourceRegistry;
  /** What plays the part of a global object. */
  readonly globals: WeakSet<object>;
  /** The call of `eval` that compiled the frame's text, as far as the stack shows it. */
  readonly caller?: Position | undefined;
}

/** A frame as Node would have it: the file is a file, not an `eval`. */
export class Frame {
  readonly #site: Site;
  readonly #position: Position | undefined;
  readonly #isOnGlobal: boolean;
  /** Where the text that the frame is in was evaluated; undefined for that of a file. */
  readonly #origin: string | undefined;

  constructor(site: Site, { sources, globals, caller }: FrameSurroundings) {
    this.#site = site;
    const receiver: unknown = site.getThis();
    this.#isOnGlobal = typeof receiver === 'object' && receiver !== null && globals.has(receiver);
    this.#position = site.getScriptNameOrSourceURL() ? positionIn(site, sources) : undefined;
    this.#origin = isInFile(site, this.#position)
      ? undefined
      : (this.#position?.source?.evaluated?.origin ??
        correctOrigin(sources, site.getEvalOrigin() ?? '', caller));
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
    return name === 'eval' && this.#isFile() ? null : name;
  }
  getMethodName(): string | null {
    return this.#site.getMethodName();
  }
  getFileName(): string | null | undefined {
    return this.#isFile() ? this.#position?.name : this.#noName();
  }
  getScriptNameOrSourceURL(): string | null | undefined {
    return this.#givenName() ?? this.#noName();
  }
  getScriptHash(): string {
    return '';
  }
  getLineNumber(): number | null {
    return this.#position?.line ?? this.#site.getLineNumber();
  }
  getColumnNumber(): number | null {
    return this.#position?.column ?? this.#site.getColumnNumber();
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
    return this.isEval() ? (this.#givenName() ?? this.#origin) : undefined;
  }
  getPromiseIndex(): number | null {
    return this.#site.getPromiseIndex?.() ?? null;
  }
  isToplevel(): boolean {
    return this.#isOnGlobal || this.#site.isToplevel();
  }
  isEval(): boolean {
    return this.#origin !== undefined;
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
    if (!this.#position && !this.isEval()) return written;
    const location = this.#location();
    const prefix = this.isAsync() ? 'async ' : '';
    const call = this.#describeCall(written.slice(prefix.length));
    return call ? `${prefix}${call} (${location})` : `${prefix}${location}`;
  }

  #isFile(): boolean {
    return this.#position !== undefined && !this.isEval();
  }

  /** The name of the frame's file, or the one that evaluated text gives itself. */
  #givenName(): string | undefined {
    const isNameless = this.#position?.source?.evaluated?.isNamed === false;
    return isNameless ? undefined : this.#position?.name;
  }

  /** V8 tells evaluated text, which has no name, from its own functions. */
  #noName(): null | undefined {
    return this.isEval() ? undefined : null;
  }

  #location(): string {
    const place = { line: this.getLineNumber() ?? 0, column: this.getColumnNumber() ?? 0 };
    const name = this.#givenName();
    if (name !== undefined) return placeOf({ name, ...place });
    return `${this.#origin ?? ''}, ${placeOf({ name: '<anonymous>', ...place })}`;
  }

  /** What V8 writes before the location; it calls anonymous functions of evaluated code "eval". */
  #describeCall(written: string): string {
    const call = written.endsWith(')') ? written.slice(0, this.#startOfLocation(written)) : '';
    const isAnonymous = this.getFunctionName() === null;
    if (this.#isOnGlobal && !this.isConstructor()) return this.getFunctionName() ?? '';
    if (this.isEval() || (!isAnonymous && !this.#isGuessedName())) return call;
    if (this.isConstructor()) return 'new <anonymous>';
    if (this.isToplevel()) return '';
    const type = this.getTypeName();
    return `${type ? `${type}.` : ''}${this.getMethodName() ?? '<anonymous>'}`;
  }

  /** An origin has parentheses of its own, and so may the name of a file. */
  #startOfLocation(written: string): number {
    const script = this.#site.getScriptNameOrSourceURL() ?? this.#site.getEvalOrigin() ?? '';
    const start = written.lastIndexOf(` (${script}`);
    return start < 0 ? written.lastIndexOf(' (') : start;
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

/** Whether V8 would say of a frame in Node that its text is no evaluated one: here, all texts are evaluated. */
function isInFile(site: Site, position: Position | undefined): boolean {
  if (!site.isEval()) return true;
  if (!position) return false;
  return position.source ? !position.source.evaluated : position.name.startsWith('node:');
}
