/** Makes stack traces read as Node's: files under their own names and columns, without the engine's own frames. */
import { withIntactIntrinsics } from './intact-intrinsics.ts';
import { positionIn as positionOfOffset, type Position, type SourceRegistry } from './source-registry.ts';
import { describeOrigin, placeOf } from './eval-origin.ts';
import { ForeignFrame } from './stack-api/foreign-frame.ts';
import { Frame, isExportRead, positionIn, scriptOf, type Site } from './stack-frame.ts';

type Prepare = (error: Error, sites: readonly NodeJS.CallSite[]) => unknown;

/** Node's callback: asks for overrides of its own before `Error.prepareStackTrace`. */
export type PrepareCallback = (global: object, error: Error, sites: readonly NodeJS.CallSite[]) => unknown;

/** More frames than the engine's own code has between Node's library and an error. */
const ownFrames = 24;

/** Modules of the library with functions that yield: see `build/patches.ts`. */
const interrupted = /^node:internal\/(?:timers|process\/task_queues)$/;

const hiddenScripts = /^(?:blob:|data:|chrome-extension:)/;

export class StackTraces {
  readonly #sources: SourceRegistry;
  readonly #positions = new WeakMap<object, readonly Position[]>();
  readonly #readEarly = new WeakSet<object>();
  readonly #evaluated = new WeakMap<object, { sourceLine: string; startColumn: number }>();
  readonly #globals = new WeakSet<object>();
  /** How many frames more than the program wants V8 collects at present. */
  #extra = 0;
  #callback: PrepareCallback | undefined;
  /** The frames below the microtasks that run now. */
  #caller: readonly Site[] = [];
  readonly #callers = new Map<string, readonly Site[]>();
  #isReadingSites = false;

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

  /** The line of evaluated text, in no file, that made an error, and the column from 0. */
  evaluatedLineOf(error: object): { sourceLine: string; startColumn: number } | undefined {
    void Reflect.get(error, 'stack');
    return this.#evaluated.get(error);
  }

  /** Whether the stack of an error was read: from then on, V8 does not tell any more where the error was made. */
  wasRead(error: object): boolean {
    return this.#positions.has(error) && !this.#readEarly.has(error);
  }

  /** Reads the stack of an error while it is known below which microtasks it was made. */
  readEarly(error: Error): void {
    if (this.#positions.has(error)) return;
    this.#readEarly.add(error);
    void error.stack;
  }

  /** The call, in a file, that led into the engine's own code. */
  callerOfEngine(): Position | undefined {
    const frames = this.withoutOwnFrames(() => this.positionsOf(new Error('for its stack')));
    return frames.find(({ source }) => !source?.evaluated);
  }

  /**
   * Where the program has text evaluated, in V8's words; `offset` is that of a direct `eval` in the text of its file,
   * where only the call of the engine that prepares its text is on the stack.
   */
  originHere(offset?: number): string {
    const [site] = this.#ownSites();
    if (!site) return describeOrigin(null, '<anonymous>');
    const frame = this.#frameOf(site);
    const name = frame.getFunctionName();
    const origin = frame.getEvalOrigin();
    if (origin !== undefined) return describeOrigin(name, origin);
    const found = positionIn(site, this.#sources);
    const { source } = found;
    const position = offset === undefined || !source ? found : positionOfOffset(found.name, source, offset);
    return describeOrigin(name, placeOf(position));
  }

  #frameOf(site: Site, caller?: Position): Frame {
    return new Frame(site, { sources: this.#sources, globals: this.#globals, caller });
  }

  /** Lets an error made in `run`, as in place of V8, have as many frames of the program as V8's own would have. */
  withoutOwnFrames<Result>(run: () => Result): Result {
    const limit: unknown = Error.stackTraceLimit;
    if (typeof limit !== 'number' || this.#extra > 0) return run();
    const raised = limit + ownFrames;
    Error.stackTraceLimit = raised;
    this.#extra = ownFrames;
    try {
      return run();
    } finally {
      this.#extra = 0;
      // A program may have set its own meanwhile.
      if (Error.stackTraceLimit === raised) Error.stackTraceLimit = limit;
    }
  }

  /** Node's library runs microtasks: in Node, the frames of this moment are below theirs. `key` tells them apart. */
  noteCallerOfMicrotasks(key: string): void {
    const known = this.#callers.get(key);
    this.#caller = known ?? this.#ownSites();
    if (!known) this.#callers.set(key, this.#caller);
  }

  /** The present stack as Node's C++ prints it, each line with its line break. */
  describeStack(): string {
    return this.#ownSites()
      .map((site) => this.#frameOf(site))
      .map((frame) => {
        const place = `${frame.getFileName() ?? ''}:${frame.getLineNumber() ?? 0}:${frame.getColumnNumber() ?? 0}`;
        const name = frame.getFunctionName() ?? '';
        return `    at ${name === '' ? place : `${name} (${place})`}\n`;
      })
      .join('');
  }

  /** Microtasks run that no function of Node's library asked for. */
  noCallerOfMicrotasks(): void {
    this.#caller = [];
  }

  #ownSites(): readonly Site[] {
    const limit: unknown = Error.stackTraceLimit;
    Error.stackTraceLimit = ownFrames;
    this.#isReadingSites = true;
    // True: `prepare` returns the frames themselves now.
    const sites = new Error('for its stack').stack as unknown as readonly Site[];
    this.#isReadingSites = false;
    Error.stackTraceLimit = limit as number; // true, or whatever the program made of it
    return sites;
  }

  /** What plays the part of a global object: functions that are called on it stand at the top level. */
  addGlobal(global: object): void {
    this.#globals.add(global);
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
      if (this.#isReadingSites) return this.#visible(sites);
      const frames = withIntactIntrinsics(() => this.#framesOf(error, sites));
      if (!this.#callback) return undefined;
      // Names alone, without the files that tell the program's functions from the engine's, are nothing to read.
      const hasNamesAlone = current === original && sites.every(isWithoutPlace);
      isDelegating = true;
      try {
        // True: a Frame has every method of a CallSite.
        return this.#callback(
          globalThis,
          error,
          hasNamesAlone ? [] : (frames as unknown as NodeJS.CallSite[]),
        );
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

  /** The frames that a program sees of an error. */
  #framesOf(error: Error, sites: readonly NodeJS.CallSite[]): Frame[] {
    const all = this.#withCaller(sites);
    const limit = Error.stackTraceLimit - this.#extra;
    // Frames of the engine's own were left out: V8 was asked for more than the program wants.
    const isRaised = sites.length === limit + ownFrames;
    const isLonger = limit > 0 && (isRaised || sites.some((site) => hiddenScripts.test(scriptOf(site))));
    const visible = isLonger ? all.slice(0, limit) : all.slice(0, Math.max(sites.length, limit));
    this.#remember(error, visible);
    return visible.map((site, index) => this.#frameOf(site, this.#callerOfEval(visible, index)));
  }

  /** The call of `eval`, further out, that runs the text without a name which a frame is in. */
  #callerOfEval(sites: readonly Site[], index: number): Position | undefined {
    const site = sites[index];
    if (!site?.isEval() || scriptOf(site) !== '') return undefined;
    const isEvalItself = (each: Site): boolean =>
      each.getFunctionName() === 'eval' && !each.isEval() && scriptOf(each) === '';
    const native = sites.findIndex((each, at) => at > index && isEvalItself(each));
    const caller = native < 0 ? undefined : sites[native + 1];
    return caller && scriptOf(caller) !== '' ? positionIn(caller, this.#sources) : undefined;
  }

  /** The visible frames, with those that Node would have below a microtask. */
  #withCaller(sites: readonly NodeJS.CallSite[]): Site[] {
    const visible = this.#visible(sites);
    if (this.#caller.length === 0 || visible.length >= Error.stackTraceLimit) return visible;
    // True: V8's sites have every method of a Site.
    const running = (sites as readonly Site[]).filter((site) => !site.isAsync());
    const last = visible.findLast((site) => !site.isAsync());
    // Below every callback are frames of the loop; a microtask has none, though the engine may run above it.
    const below = running.slice(last ? running.indexOf(last) : 0);
    const isCut = last !== undefined && interrupted.test(scriptOf(last));
    const isCallback = isCut || below.some((site) => hiddenScripts.test(scriptOf(site)));
    if (isCallback || visible.length === 0) return visible;
    const firstAsync = visible.findIndex((site) => site.isAsync());
    return visible.toSpliced(firstAsync < 0 ? visible.length : firstAsync, 0, ...this.#caller);
  }

  #visible(sites: readonly NodeJS.CallSite[]): Site[] {
    // True: V8's sites have the method that @types/node leaves out.
    const sitesOf = sites as readonly Site[];
    // What waits for the engine's own async functions is not waiting for the program: V8 ends a module's trace here.
    const end = sitesOf.findIndex((site) => site.isAsync() && hiddenScripts.test(scriptOf(site)));
    const all = end < 0 ? sitesOf : sitesOf.slice(0, end);
    return all.filter((site, index) => {
      const script = site.getScriptNameOrSourceURL();
      if (script) return !hiddenScripts.test(script) && !isExportRead(site, this.#sources);
      const caller = all[index + 1]?.getScriptNameOrSourceURL();
      // What the engine watches is called by it: see `json-syntax.ts` and `esm/function-constructors.ts`.
      const isWatched =
        site.getFunctionName() === 'Function' ||
        (site.getFunctionName() === 'parse' && site.getTypeName() === 'JSON');
      if (isWatched) return true;
      // What Node's library calls directly is a generator here.
      const isResumption = site.getFunctionName() === 'next';
      const callee = all[index - 1];
      // The last frame that a limit leaves has no caller.
      if (!caller) return !(isResumption && callee && interrupted.test(scriptOf(callee)));
      return !(isResumption && interrupted.test(caller)) && !hiddenScripts.test(caller);
    });
  }

  #remember(error: object, sites: readonly Site[]): void {
    if (typeof error !== 'object') return;
    const [first] = sites;
    if (first && scriptOf(first) === '' && first.isEval()) {
      // V8 does not show functions in strict mode, and so not their text.
      const evaluated = first.getFunction();
      const lines = typeof evaluated === 'function' ? String(evaluated).split('\n') : [];
      const sourceLine = lines[(first.getLineNumber() ?? 1) - 1];
      if (sourceLine !== undefined)
        this.#evaluated.set(error, { sourceLine, startColumn: (first.getColumnNumber() ?? 1) - 1 });
    }
    const inFiles = sites.filter((site) => scriptOf(site) !== '' && site.getLineNumber() !== null);
    this.#positions.set(
      error,
      inFiles.map((site) => positionIn(site, this.#sources)),
    );
  }
}

function isWithoutPlace(site: unknown): boolean {
  return site instanceof ForeignFrame && !site.hasPlace;
}
