/**
 * `module.register`: hooks that customize how modules are resolved and loaded. Node runs them in a thread of their own;
 * here they run in the thread of the program, from modules that they share with nobody.
 */
import type { ProcessRealm } from '../create-realm.ts';

/** What Node's library does with hooks in the thread in which they run. */
interface LoaderHooks {
  allowImportMetaResolve: boolean;
  register(specifier: string, parentURL: string, data?: unknown): unknown;
  resolve(specifier: string, parentURL: string, attributes: object): Promise<unknown>;
  load(url: string, context: LoadContext): Promise<unknown>;
  waitForLoaderHookInitialization(): void;
  /** Adds the hooks; returns what `initialize` returns. */
  addCustomLoader(url: string, exports: object, data: unknown): unknown;
}

interface LoadContext {
  readonly importAttributes?: object;
}

/** A hook may change what it gets, and nobody else is to see that. */
const copyOf = (attributes: object | undefined): object => ({ __proto__: null, ...attributes });

type LoaderHooksClass = new () => LoaderHooks;

/** The part of Node's `ModuleLoader` that loads hooks. */
interface ModuleLoader {
  getOrCreateModuleJob(
    parentURL: string,
    request: object,
    type: unknown,
  ): { runSync(): { namespace: object } };
  import(specifier: string, parentURL: string, attributes: object): Promise<object>;
}

/** The class by which Node's library reaches the hooks of a program. `Base` runs hooks where it is. */
export function createHooksInThread(realm: ProcessRealm, Base: LoaderHooksClass): LoaderHooksClass {
  return class AsyncLoaderHooksInThread extends Base {
    override allowImportMetaResolve = true;
    #ready: Promise<unknown> = Promise.resolve();
    #loader: ModuleLoader | undefined;

    override register(specifier: string, parentURL: string, data?: unknown): void {
      this.waitForLoaderHookInitialization();
      this.#add(specifier, parentURL, data);
    }

    override async resolve(specifier: string, parentURL: string, attributes: object): Promise<unknown> {
      this.waitForLoaderHookInitialization();
      await this.#ready;
      return super.resolve(specifier, parentURL, copyOf(attributes));
    }

    override async load(url: string, context: LoadContext): Promise<unknown> {
      await this.#ready;
      return super.load(url, { ...context, importAttributes: copyOf(context.importAttributes) });
    }

    /** Loads the hooks of the command line, once Node's loader is there. */
    override waitForLoaderHookInitialization(): void {
      if (this.#loader) return;
      this.#loader = createLoader(realm);
      const named: unknown = realm.info.options['--experimental-loader'];
      const { href } = (realm.requireBuiltin('internal/util')['getCWDURL'] as () => URL)(); // Node's own
      if (Array.isArray(named)) for (const specifier of named) this.#add(String(specifier), href, undefined);
    }

    #add(specifier: string, parentURL: string, data: unknown): void {
      const loader = (this.#loader ??= createLoader(realm));
      const add = (exports: object): unknown => this.addCustomLoader(specifier, exports, data);
      let added: unknown;
      try {
        added = add(loadNow(realm, loader, specifier, parentURL));
      } catch (error) {
        if (!isAsyncGraph(error)) throw error;
        added = loader.import(specifier, parentURL, { __proto__: null }).then(add);
      }
      const ready = Promise.all([this.#ready, added]);
      // Whoever asks for a module next learns of a failure.
      ready.catch(() => {});
      this.#ready = ready;
    }
  };
}

/** A loader without hooks, with modules of its own. */
function createLoader(realm: ProcessRealm): ModuleLoader {
  const { getOrInitializeCascadedLoader } = realm.requireBuiltin('internal/modules/esm/loader');
  const loader = (getOrInitializeCascadedLoader as () => object)(); // Node's own
  // True: the class is not exported, but its instance names it.
  const Loader = Reflect.get(loader, 'constructor') as new () => ModuleLoader;
  return new Loader();
}

function loadNow(realm: ProcessRealm, loader: ModuleLoader, specifier: string, parentURL: string): object {
  const { requestTypes } = realm.requireBuiltin('internal/modules/esm/utils');
  const { kImportInRequiredESM } = requestTypes as Record<string, symbol>; // Node's own
  const phase = realm.internalBinding('module_wrap')['kEvaluationPhase'];
  const request = { __proto__: null, specifier, attributes: { __proto__: null }, phase };
  return loader.getOrCreateModuleJob(parentURL, request, kImportInRequiredESM).runSync().namespace;
}

function isAsyncGraph(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_REQUIRE_ASYNC_MODULE';
}
