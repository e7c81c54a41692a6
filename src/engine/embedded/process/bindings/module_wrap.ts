/** ES modules for Node's own loader. */
import { explainModuleError, parserOf } from '../esm/syntax-error.ts';
import { ModuleRecord, moduleStatus, type MissingExport, type ModuleBody } from '../esm/module-record.ts';
import { withIntactIntrinsics } from '../intact-intrinsics.ts';
import { createHooksInThread } from '../esm/loader-hooks.ts';
import { createNamespace } from '../esm/namespace.ts';
import { redirectFor } from '../esm/eval-code.ts';
import { rewriteModule, type ModuleRequest } from '../esm/rewrite.ts';
import { SourceTextModule, type ModuleFunction } from '../esm/source-text-module.ts';
import { SyntheticModule } from '../esm/synthetic-module.ts';
import { dynamicImportsOf, importDynamically } from '../esm/dynamic-import.ts';
import { createCachedData, isRejected } from './contextify/cached-data.ts';
import { contextOf, type Context } from './contextify/context.ts';
import { ModuleCode, type TextPlace } from './contextify/module-code.ts';
import { magicComment } from './contextify/script.ts';
import { timeoutError, watchdogOf } from './contextify/watchdog.ts';
import {
  asyncGraphError,
  cachedDataRejected,
  linkFailure,
  missingExportError,
  type ModuleSource,
} from './module_wrap/failures.ts';
import { promiseDetails, promiseStates, rememberSettled } from './util/promises.ts';
import type { ProcessBindingFactory } from '../create-realm.ts';

type InitializeMeta = (id: symbol, meta: object, wrap: object) => void;

const records = new WeakMap<object, ModuleRecord>();
const promiseThen = Promise.prototype.then;

/** The record behind a `ModuleWrap`. */
export function moduleRecordOf(wrap: object): ModuleRecord | undefined {
  return records.get(wrap);
}

/** `internalBinding('module_wrap')`. */
export const moduleWrap: ProcessBindingFactory = (realm, shape) => {
  const sources = new WeakMap<ModuleRecord, ModuleSource>();
  let initializeMeta: InitializeMeta = () => {};
  /** A module of the program may make the exports of Node's own modules change. */
  let areBuiltinsLive = false;
  /** A module of the program may read how many frames its errors have. */
  let readsStackTraceLimit = false;
  const evaluateGraph = (record: ModuleRecord): Promise<undefined> =>
    readsStackTraceLimit ? record.evaluate() : realm.stackTraces.withoutOwnFrames(() => record.evaluate());

  const missingExport: MissingExport = (record, reference, isAmbiguous) =>
    missingExportError(realm, record, sources.get(record), reference, isAmbiguous);

  class ModuleWrap {
    readonly url: string;
    /** Set by Node's library. */
    declare isMain?: boolean;
    readonly sourceMapURL: string | undefined;
    #sourceObject: unknown;
    readonly #record: ModuleRecord;
    /** Whether it knows its modules; only one of `vm` may be asked for more before it does. */
    #isLinked = true;
    #modules: readonly ModuleWrap[] = [];

    /** Source text with its position and host option, or names of exports with a function that sets them. */
    constructor(
      url: string,
      context: object | undefined,
      source: unknown,
      evaluate?: unknown,
      column?: unknown,
      id?: unknown,
    ) {
      this.url = url;
      this.sourceMapURL = typeof source === 'string' ? magicComment(source, 'sourceMappingURL') : undefined;
      // A module of `vm` comes with cached data, or nothing, where the loader gives its symbol.
      if (typeof source === 'string' && ArrayBuffer.isView(id) && isRejected(source, id))
        throw cachedDataRejected(realm);
      const place = { lineOffset: Number(evaluate ?? 0), columnOffset: Number(column ?? 0) };
      const body =
        typeof source === 'string'
          ? this.#parse(source, id, context && contextOf(realm, context), place)
          : this.#synthesize(
              source,
              evaluate,
              column === true || (areBuiltinsLive && url.startsWith('node:')),
            );
      this.#record = new ModuleRecord(url, body, realm.host.Proxy, missingExport);
      records.set(this, this.#record);
      if (typeof source === 'string') sources.set(this.#record, { url, text: source });
    }

    get hasTopLevelAwait(): boolean {
      return this.#record.body.hasTopLevelAwait;
    }

    get hasAsyncGraph(): boolean {
      return this.#record.isGraphAsync;
    }

    getModuleRequests(): readonly object[] {
      // Node's library tells requests for values from those for sources by their phase.
      return this.#record.body.requests.map((request) => ({
        __proto__: null,
        attributes: {
          __proto__: null,
          ...('attributes' in request ? (request as ModuleRequest).attributes : {}),
        },
        phase: shape['kEvaluationPhase'],
        specifier: request.specifier,
      }));
    }

    link(modules: ArrayLike<ModuleWrap>): void {
      this.#isLinked = true;
      this.#modules = withIntactIntrinsics(() => Array.from(modules));
      this.#record.link(this.#modules.map((module) => module.#record));
    }

    instantiate(): void {
      if (!this.#isLinked) throw linkFailure(realm, 'module is not linked');
      withIntactIntrinsics(() => {
        this.#checkLinks(new Set());
        this.#record.instantiate();
      });
    }

    evaluate(timeout = -1): Promise<undefined> {
      const run = (): Promise<undefined> => evaluateGraph(this.#record);
      const evaluation =
        timeout < 0 ? run() : watchdogOf(realm).limit(timeout, run, () => timeoutError(realm, timeout));
      const { failure } = this.#record;
      if (failure) rememberSettled(evaluation, promiseStates.rejected, failure.error);
      else if (this.#record.stage === 'evaluated')
        rememberSettled(evaluation, promiseStates.fulfilled, undefined);
      return evaluation;
    }

    evaluateSync(): object {
      // The rejection, if there is one, is thrown here.
      evaluateGraph(this.#record).catch(() => {});
      const { failure } = this.#record;
      if (failure) throw failure.error;
      if (this.#record.isGraphAsync) throw asyncGraphError(realm, this.url);
      return this.#record.namespace;
    }

    getNamespace(): object {
      return withIntactIntrinsics(() => this.#record.namespace);
    }

    /** What `import source` would get: the compiled WebAssembly. */
    setModuleSourceObject(compiled: unknown): void {
      this.#sourceObject = compiled;
    }

    getModuleSourceObject(): unknown {
      return this.#sourceObject;
    }

    getStatus(): number {
      return this.#record.status;
    }

    getError(): unknown {
      return this.#record.failure?.error;
    }

    setExport(name: string, value: unknown): void {
      if (this.#record.body instanceof SyntheticModule) this.#record.body.set(name, value);
    }

    /**
     * Exports a member of one of Node's own modules. One that only a getter tells is not read before the program does:
     * some load large parts of the library.
     */
    setExportOf(name: string, owner: object): void {
      const { body } = this.#record;
      if (!(body instanceof SyntheticModule)) return;
      const member = Reflect.getOwnPropertyDescriptor(owner, name);
      const read = (): unknown => (Object.hasOwn(owner, name) ? Reflect.get(owner, name) : undefined);
      if (member?.get && !member.set) body.setGetter(name, read);
      else body.set(name, read());
    }

    /** Throws for a module below this one that was never linked. */
    #checkLinks(seen: Set<ModuleWrap>): void {
      if (seen.has(this)) return;
      seen.add(this);
      const [request] = this.#record.body.requests;
      if (!this.#isLinked && request) {
        const message = `request for '${request.specifier}' can not be resolved on module '${this.url}' that is not linked`;
        throw linkFailure(realm, message);
      }
      for (const module of this.#modules) module.#checkLinks(seen);
    }

    /** Bytes that stand for the compiled module. */
    createCachedData(): unknown {
      const { Buffer } = realm.requireBuiltin('buffer');
      const { text } = sources.get(this.#record) ?? { text: '' };
      // Node's own class.
      return (Buffer as { from(bytes: Uint8Array): unknown }).from(createCachedData(text));
    }

    #parse(text: string, id: unknown, context: Context | undefined, place: TextPlace): ModuleBody {
      const { url } = this;
      const isOfLoader = typeof id === 'symbol';
      areBuiltinsLive ||= text.includes('syncBuiltinESMExports');
      readsStackTraceLimit ||= text.includes('stackTraceLimit');
      this.#isLinked = isOfLoader;
      const code = isOfLoader ? undefined : new ModuleCode(realm, context, { url, text, ...place });
      let rewritten;
      try {
        rewritten = withIntactIntrinsics(() =>
          rewriteModule(text, parserOf(realm), {
            tracksAsyncContext: realm.asyncContext.isTracked,
            extraEdits: code?.edits ?? [],
          }),
        );
      } catch (error) {
        throw realm.stackTraces.withoutOwnFrames(() => explainModuleError(realm, url, text, error));
      }
      const hostOption = typeof id === 'symbol' ? id : Symbol(url);
      realm.privateSymbol('host_defined_option_symbol').of(this).value = hostOption;
      return new SourceTextModule(rewritten, {
        asyncContext: realm.asyncContext,
        // True: the rewriter wrote a function of this type.
        compile: (written) =>
          (code
            ? code.evaluate(written)
            : realm.evaluate(
                written.code + realm.sources.add(url, { text, edits: written.edits }),
              )) as ModuleFunction,
        createMeta: () => {
          const meta: object = Object.create(null) as object; // as the language makes it
          initializeMeta(hostOption, meta, this);
          return meta;
        },
        redirect: redirectFor(realm),
        importDynamically: (specifier, options) =>
          importDynamically(realm, hostOption, specifier, options, url),
      });
    }

    #synthesize(names: unknown, evaluate: unknown, isLive: boolean): ModuleBody {
      if (!Array.isArray(names) || typeof evaluate !== 'function')
        throw new TypeError('A module needs source or exports.');
      const run = evaluate as (this: ModuleWrap, wrap: ModuleWrap) => void; // sets the exports through `this`
      return new SyntheticModule(
        names.map(String),
        () => {
          run.call(this, this);
        },
        isLive,
      );
    }
  }

  return {
    ...shape,
    ...Object.fromEntries(
      Object.entries(moduleStatus).map(([name, code]) => [
        `k${name[0]?.toUpperCase()}${name.slice(1)}`,
        code,
      ]),
    ),
    ModuleWrap,
    setInitializeImportMetaObjectCallback(callback: InitializeMeta) {
      initializeMeta = callback;
    },
    setImportModuleDynamicallyCallback: dynamicImportsOf(realm).setCallback,
    /** What `require` of an ES module with a default export returns: its exports and the mark of transpiled modules. */
    createRequiredModuleFacade(wrap: ModuleWrap): object {
      const record = records.get(wrap);
      const getters = new Map<string, () => unknown>([['__esModule', () => true]]);
      for (const name of record?.exportedNames() ?? []) {
        const getter = record?.resolve(name);
        if (getter) getters.set(name, getter);
      }
      return createNamespace(getters, realm.host.Proxy);
    },
    createHooksInThread: (Base: Parameters<typeof createHooksInThread>[1]) =>
      createHooksInThread(realm, Base),
    /** Remembers how the linking of a module ends, for `throwIfPromiseRejected`. */
    watchLinking: <Linking extends Promise<unknown>>(linking: Linking): Linking => {
      const fail = (reason: unknown): void => rememberSettled(linking, promiseStates.rejected, reason);
      void Reflect.apply(promiseThen, linking, [undefined, fail]);
      return linking;
    },
    /** Throws why a module that is asked for again could not be linked. */
    throwIfPromiseRejected(linking: object): void {
      const [state, reason] = promiseDetails(linking);
      if (state === promiseStates.rejected) throw reason;
    },
  };
};
