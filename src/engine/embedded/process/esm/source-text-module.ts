/** The body of a module that was written as source text. */
import type { Redirect } from './eval-code.ts';
import type { ModuleBody, ModuleRecord, Getter } from './module-record.ts';
import type { RewrittenModule, WrittenModule } from './rewrite.ts';

/** What keeps the async context across `await`. */
export interface AsyncContext {
  /** The frame to go on in; never undefined. */
  suspend(): unknown;
  /** Sets a frame, unless it is undefined. */
  recall(frame: unknown): void;
  /** Sets the frame and returns the value. */
  resume<Value>(value: Value, frame: unknown): Value;
  /** The same, of a frame that was noted before. */
  restore<Value>(frame: unknown, value: Value): Value;
  /** What to resolve a promise with in place of a value, so that its `then` is called in the present frame. */
  adopt(value: unknown): unknown;
}

/** What the rewritten function reads its imports from. */
interface ImportObject extends AsyncContext {
  /** Offset of what the module awaits at its top level now. */
  awaitedAt: number | undefined;
  /** Throws: a module has none. */
  readonly arguments: never;
  [request: number]: { readonly names: Record<string, unknown>; readonly namespace: Record<string, unknown> };
  readonly meta: object;
  readonly dynamic: {
    (specifier: unknown, options?: unknown): Promise<unknown>;
    /** What `eval` is to get in place of `code`, so that its `import()` calls the function of that name. */
    readonly redirect: Redirect;
  };
}

/** The function that `RewrittenModule.code` evaluates to. */
export type ModuleFunction = (
  imports: ImportObject,
  register: (getters: Record<string, Getter>) => void,
) => Generator<void, void> | Promise<void>;

/** What a module needs of its process. */
export interface ModuleHost {
  /** Evaluates what the rewriter wrote. */
  compile(written: WrittenModule): ModuleFunction;
  readonly asyncContext?: AsyncContext;
  createMeta(): object;
  importDynamically(specifier: unknown, options: unknown): Promise<unknown>;
  readonly redirect?: Redirect;
}

/** An import cannot be assigned to. */
function refuseAssignment(): never {
  throw new TypeError('Assignment to constant variable.');
}

const noContext: AsyncContext = {
  suspend: () => null,
  recall() {},
  resume: (value) => value,
  restore: (_frame, value) => value,
  adopt: (value) => value,
};

export class SourceTextModule implements ModuleBody {
  readonly requests: RewrittenModule['requests'];
  readonly imports: RewrittenModule['imports'];
  readonly indirectExports: RewrittenModule['indirectExports'];
  readonly starExports: RewrittenModule['starExports'];
  readonly localExports: RewrittenModule['localExports'];
  readonly hasTopLevelAwait: boolean;
  readonly #rewritten: RewrittenModule;
  readonly #host: ModuleHost;
  #function: ModuleFunction | undefined;
  #getters: Record<string, Getter> = {};
  #execution: Generator<void, void> | undefined;
  #importObject: ImportObject | undefined;

  constructor(rewritten: RewrittenModule, host: ModuleHost) {
    this.requests = rewritten.requests;
    this.imports = rewritten.imports;
    this.indirectExports = rewritten.indirectExports;
    this.starExports = rewritten.starExports;
    this.localExports = rewritten.localExports;
    this.hasTopLevelAwait = rewritten.hasTopLevelAwait;
    this.#rewritten = rewritten;
    this.#host = host;
  }

  get awaitedAt(): number | undefined {
    return this.#importObject?.awaitedAt;
  }

  isConstant(name: string): boolean {
    return this.#rewritten.constantExports.has(name);
  }

  instantiate(record: ModuleRecord): void {
    const written = this.#rewritten.write((imported) => !record.importsConstant(imported));
    this.#function = this.#host.compile(written);
    this.#importObject = this.#createImports(record);
    if (this.hasTopLevelAwait) return;
    // True: without top-level await the function is a generator.
    this.#execution = this.#call() as Generator<void, void>;
    // Up to here functions are hoisted: modules of a cycle can call them before this one runs.
    this.#execution.next();
  }

  run(): Promise<void> | void {
    // True: with top-level await the function is async.
    if (!this.#execution) return this.#call() as Promise<void>;
    this.#execution.next();
  }

  read(name: string): unknown {
    const getter = this.#getters[name];
    if (!getter) throw new ReferenceError(`Cannot access '${name}' before initialization`);
    return getter();
  }

  #call(): ReturnType<ModuleFunction> {
    if (!this.#importObject || !this.#function) throw new Error('A module is instantiated before it runs.');
    // Taken out of the object, so that `this` is undefined in the module.
    const run = this.#function;
    return run(this.#importObject, (getters) => {
      this.#getters = getters;
    });
  }

  #createImports({ linked }: ModuleRecord): ImportObject {
    let meta: object | undefined;
    const host = this.#host;
    const { suspend, recall, resume, restore, adopt } = host.asyncContext ?? noContext;
    const imports: ImportObject = {
      awaitedAt: undefined,
      get arguments(): never {
        throw new ReferenceError('arguments is not defined');
      },
      suspend,
      recall,
      resume,
      restore,
      adopt,
      get meta() {
        return (meta ??= host.createMeta());
      },
      dynamic: Object.assign(
        (specifier: unknown, options?: unknown) => host.importDynamically(specifier, options),
        { redirect: host.redirect ?? ((code: unknown) => code) },
      ),
    };
    linked.forEach((module, request) => {
      const names: Record<string, unknown> = {};
      for (const { name } of this.imports.filter((each) => each.request === request)) {
        const getter = name === undefined ? undefined : module.resolve(name);
        // A name may be imported twice, under two local ones.
        if (name !== undefined && getter)
          Object.defineProperty(names, name, { get: getter, set: refuseAssignment, configurable: true });
      }
      imports[request] = {
        names,
        get namespace() {
          return module.namespace;
        },
      };
    });
    return imports;
  }
}
