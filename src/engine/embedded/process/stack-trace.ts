/** Makes stack traces read as Node's: files under their own names and columns, without the engine's own frames. */
import type { Position, SourceRegistry } from './source-registry.ts';

/** V8's own description of a frame. */
type Site = NodeJS.CallSite & {
  getScriptNameOrSourceURL(): string | null;
  getPromiseIndex?(): number | null;
  toString(): string;
};

type Prepare = (error: Error, sites: readonly NodeJS.CallSite[]) => unknown;

/** Node's callback: asks for overrides of its own before `Error.prepareStackTrace`. */
export type PrepareCallback = (global: object, error: Error, sites: readonly NodeJS.CallSite[]) => unknown;

/** More frames than the engine's own code has between Node's library and an error. */
const ownFrames = 12;

const hiddenScripts = /^(?:blob:|chrome-extension:)/;

export class StackTraces {
  readonly #sources: SourceRegistry;
  readonly #positions = new WeakMap<object, readonly Position[]>();
  #callback: PrepareCallback | undefined;

  constructor(sources: SourceRegistry) {
    this.#sources = sources;
  }

  /** Where an error was created, or an object was given a stack: its first frame in a file. */
  positionOf(error: object): Position | undefined {
    return this.positionsOf(error)[0];
  }

  /** All frames of an error that are in a file, innermost first. Reading the stack makes V8 tell. */
  positionsOf(error: object): readonly Position[] {
    void Reflect.get(error, 'stack');
    return this.#positions.get(error) ?? [];
  }

  /** Lets an error made in `run` have as many frames as ever without the engine's own. */
  withoutOwnFrames<Result>(run: () => Result): Result {
    const limit: unknown = Error.stackTraceLimit;
    if (typeof limit !== 'number') return run();
    Error.stackTraceLimit = limit + ownFrames;
    try {
      return run();
    } finally {
      Error.stackTraceLimit = limit;
    }
  }

  /** Node's own formatting from now on. */
  setCallback(callback: PrepareCallback): void {
    this.#callback = callback;
  }

  /** Puts this in front of `Error.prepareStackTrace`, which V8 calls; what a program sets there gets true frames. */
  install(): void {
    const original: unknown = Reflect.get(Error, 'prepareStackTrace');
    let current = original;
    let isDelegating = false;
    const prepare: Prepare = (error, sites) => {
      const all = this.#visible(sites);
      const visible = error instanceof SyntaxError ? all.slice(0, Error.stackTraceLimit) : all;
      this.#remember(error, visible);
      const frames = visible.map((site) => new Frame(site, this.#sources));
      if (!this.#callback) return undefined;
      isDelegating = true;
      try {
        // True: a Frame has every method of a CallSite.
        return this.#callback(globalThis, error, frames as unknown as NodeJS.CallSite[]);
      } finally {
        isDelegating = false;
      }
    };
    Object.defineProperty(Error, 'prepareStackTrace', {
      get: () => (isDelegating ? current : prepare),
      set: (value: unknown) => {
        // A program that puts back what it found there wants Node's own formatting.
        current = value === prepare ? original : value;
      },
      enumerable: false,
      configurable: true,
    });
  }

  #visible(sites: readonly NodeJS.CallSite[]): Site[] {
    // True: V8's sites have the method that @types/node leaves out.
    const sitesOf = sites as readonly Site[];
    // What waits for the engine's own async functions is not waiting for the program: V8 ends a module's trace here.
    const end = sitesOf.findIndex((site) => site.isAsync() && hiddenScripts.test(scriptOf(site)));
    const all = end < 0 ? sitesOf : sitesOf.slice(0, end);
    return all.filter((site, index) => {
      const script = site.getScriptNameOrSourceURL();
      if (script) return !hiddenScripts.test(script);
      const caller = all[index + 1]?.getScriptNameOrSourceURL();
      return !caller || !hiddenScripts.test(caller);
    });
  }

  #remember(error: object, sites: readonly Site[]): void {
    if (typeof error !== 'object') return;
    const inFiles = sites.filter((site) => scriptOf(site) !== '' && site.getLineNumber() !== null);
    this.#positions.set(
      error,
      inFiles.map((site) => positionIn(site, this.#sources)),
    );
  }
}

function scriptOf(site: Site): string {
  return site.getScriptNameOrSourceURL() ?? '';
}

function positionIn(site: Site, sources: SourceRegistry): Position {
  return sources.original({
    name: site.getScriptNameOrSourceURL() ?? '',
    line: site.getLineNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
  });
}

/** A frame as Node would have it: the file is a file, not an `eval`. */
class Frame {
  readonly #site: Site;
  readonly #position: Position | undefined;

  constructor(site: Site, sources: SourceRegistry) {
    this.#site = site;
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
    return this.#site.isToplevel();
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
    if (!isAnonymous && !this.#isGuessedName()) return call;
    if (this.isConstructor()) return 'new <anonymous>';
    if (this.isToplevel()) return '';
    const type = this.getTypeName();
    return `${type ? `${type}.` : ''}${this.getMethodName() ?? '<anonymous>'}`;
  }

  /** Node's library comes out of a snapshot, which does not keep the names that V8 guesses, as in `a.b.c`. */
  #isGuessedName(): boolean {
    const name = this.#site.getFunctionName() ?? '';
    return this.#position?.name.startsWith('node:') === true && /[^#\s]\.|^\./.test(name);
  }
}
