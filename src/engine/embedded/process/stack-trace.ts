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

const hiddenScripts = /^(?:blob:|chrome-extension:)/;

export class StackTraces {
  readonly #sources: SourceRegistry;
  readonly #positions = new WeakMap<Error, Position>();
  #callback: PrepareCallback | undefined;

  constructor(sources: SourceRegistry) {
    this.#sources = sources;
  }

  /** Where an error was created: its first frame in a file. Reading the stack makes V8 tell. */
  positionOf(error: Error): Position | undefined {
    void error.stack;
    return this.#positions.get(error);
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
      const visible = this.#visible(sites);
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
    const all = sites as readonly Site[];
    return all.filter((site, index) => {
      const script = site.getScriptNameOrSourceURL();
      if (script) return !hiddenScripts.test(script);
      const caller = all[index + 1]?.getScriptNameOrSourceURL();
      return !caller || !hiddenScripts.test(caller);
    });
  }

  #remember(error: Error, sites: readonly Site[]): void {
    const site = sites.find((candidate) => candidate.getScriptNameOrSourceURL() && candidate.getLineNumber());
    if (!site || typeof error !== 'object') return;
    this.#positions.set(error, positionIn(site, this.#sources));
  }
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
    if (!this.#position) return this.#site.toString();
    const { name, line, column } = this.#position;
    const location = `${name}:${line}:${column}`;
    const prefix = this.isAsync() ? 'async ' : '';
    const call = this.#describeCall();
    return call ? `${prefix}${call} (${location})` : `${prefix}${location}`;
  }

  #describeCall(): string {
    const name = this.getFunctionName() ?? '';
    if (this.isConstructor()) return `new ${name || '<anonymous>'}`;
    if (this.isToplevel()) return name;
    const type = this.getTypeName() ?? '';
    const method = this.getMethodName() ?? '';
    if (!name) return `${type ? `${type}.` : ''}${method || '<anonymous>'}`;
    const receiver = type && !name.startsWith(type) ? `${type}.` : '';
    const isAlias = method && name !== method && !name.endsWith(`.${method}`) && !name.endsWith(` ${method}`);
    return `${receiver}${name}${isAlias ? ` [as ${method}]` : ''}`;
  }
}
