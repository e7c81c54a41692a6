/** ES modules for Node's own loader. */
import { explainModuleError, parserOf, point } from '../esm/syntax-error.ts';
import { ModuleRecord, moduleStatus, type MissingExport, type ModuleBody } from '../esm/module-record.ts';
import { createNamespace } from '../esm/namespace.ts';
import { rewriteModule, type ModuleRequest } from '../esm/rewrite.ts';
import { SourceTextModule, type ModuleFunction } from '../esm/source-text-module.ts';
import { SyntheticModule } from '../esm/synthetic-module.ts';
import { dynamicImportsOf, importDynamically } from '../esm/dynamic-import.ts';
import type { ProcessBindingFactory, ProcessRealm } from '../create-realm.ts';

type InitializeMeta = (id: symbol, meta: object, wrap: object) => void;

interface Source {
  readonly url: string;
  readonly text: string;
}

const records = new WeakMap<object, ModuleRecord>();

/** The record behind a `ModuleWrap`. */
export function moduleRecordOf(wrap: object): ModuleRecord | undefined {
  return records.get(wrap);
}

/** `internalBinding('module_wrap')`. */
export const moduleWrap: ProcessBindingFactory = (realm, shape) => {
  const sources = new WeakMap<ModuleRecord, Source>();
  let initializeMeta: InitializeMeta = () => {};

  const missingExport: MissingExport = (record, { request, name, at }) => {
    const specifier = record.body.requests[request]?.specifier ?? '';
    const error = new SyntaxError(
      `The requested module '${specifier}' does not provide an export named '${name}'`,
    );
    const source = sources.get(record);
    return source ? point(realm, error, source.url, source.text, at) : error;
  };

  class ModuleWrap {
    readonly url: string;
    /** Set by Node's library. */
    declare isMain?: boolean;
    readonly sourceMapURL: string | undefined = undefined;
    readonly #record: ModuleRecord;

    /** Source text with its position and host option, or names of exports with a function that sets them. */
    constructor(
      url: string,
      _context: unknown,
      source: unknown,
      evaluate?: unknown,
      _column?: unknown,
      id?: unknown,
    ) {
      this.url = url;
      const body = typeof source === 'string' ? this.#parse(source, id) : this.#synthesize(source, evaluate);
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

    link(modules: readonly ModuleWrap[]): void {
      this.#record.link(modules.map((module) => module.#record));
    }

    instantiate(): void {
      this.#record.instantiate();
    }

    async evaluate(): Promise<void> {
      await this.#record.evaluate();
    }

    evaluateSync(): object {
      const evaluation = this.#record.evaluate();
      // The rejection, if there is one, is thrown to whoever asks for the status.
      evaluation?.catch(() => {});
      if (this.#record.isGraphAsync) throw asyncGraphError(realm, this.url);
      return this.#record.namespace;
    }

    getNamespace(): object {
      return this.#record.namespace;
    }

    getStatus(): number {
      return this.#record.status;
    }

    getError(): unknown {
      return this.#record.error;
    }

    setExport(name: string, value: unknown): void {
      if (this.#record.body instanceof SyntheticModule) this.#record.body.set(name, value);
    }

    #parse(text: string, id: unknown): ModuleBody {
      const { url } = this;
      let rewritten;
      try {
        rewritten = rewriteModule(text, parserOf(realm), {
          tracksAsyncContext: realm.asyncContext.isTracked,
        });
      } catch (error) {
        throw realm.stackTraces.withoutOwnFrames(() => explainModuleError(realm, url, text, error));
      }
      const hostOption = typeof id === 'symbol' ? id : Symbol(url);
      realm.privateSymbol('host_defined_option_symbol').of(this).value = hostOption;
      return new SourceTextModule(rewritten, {
        asyncContext: realm.asyncContext,
        // True: the rewriter wrote a function of this type.
        compile: ({ code, edits }) =>
          realm.evaluate(code + realm.sources.add(url, { text, edits })) as ModuleFunction,
        createMeta: () => {
          const meta: object = Object.create(null) as object; // as the language makes it
          initializeMeta(hostOption, meta, this);
          return meta;
        },
        importDynamically: (specifier, options) =>
          importDynamically(realm, hostOption, specifier, options, url),
      });
    }

    #synthesize(names: unknown, evaluate: unknown): ModuleBody {
      if (!Array.isArray(names) || typeof evaluate !== 'function')
        throw new TypeError('A module needs source or exports.');
      const run = evaluate as (this: ModuleWrap, wrap: ModuleWrap) => void; // sets the exports through `this`
      return new SyntheticModule(names.map(String), () => {
        run.call(this, this);
      });
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
    throwIfPromiseRejected() {},
  };
};

function asyncGraphError(realm: ProcessRealm, url: string): unknown {
  // The class that Node's library makes for this code.
  const codes = realm.requireBuiltin('internal/errors')['codes'] as Record<
    string,
    new (url: string) => Error
  >;
  const AsyncModule = codes['ERR_REQUIRE_ASYNC_MODULE'];
  return AsyncModule ? new AsyncModule(url) : new Error(`${url} awaits at its top level.`);
}
