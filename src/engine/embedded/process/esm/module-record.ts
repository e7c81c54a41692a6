/** Module records of the language's specification: names, linking and status. */
import type { IndirectExport, ImportedName } from './rewrite.ts';
import { EvaluatedModule, type Executable } from './module-evaluation.ts';
import { createNamespace } from './namespace.ts';

/** Reads the present value of an export. */
export type Getter = () => unknown;

/** Stages of a module, numbered as V8 does. */
export const moduleStatus = {
  uninstantiated: 0,
  instantiating: 1,
  instantiated: 2,
  evaluating: 3,
  evaluated: 4,
  errored: 5,
} as const;
type Status = (typeof moduleStatus)[keyof typeof moduleStatus];

/** What a module asks for and offers, and how it runs. */
export interface ModuleBody extends Executable {
  readonly requests: readonly { readonly specifier: string }[];
  readonly imports: readonly ImportedName[];
  readonly indirectExports: readonly IndirectExport[];
  readonly starExports: readonly number[];
  readonly localExports: readonly string[];
  /** Offset of what the module awaits at its top level now, if it does. */
  readonly awaitedAt: number | undefined;
  /** Whether a local export keeps its value once the module has run. */
  isConstant(name: string): boolean;
  /** Gets the imports ready; the exports can be read from now on, as far as they have values. */
  instantiate(record: ModuleRecord): void;
  /** The present value of a local export. */
  read(name: string): unknown;
}

/** Makes the SyntaxError of an import that nothing provides, or that two modules claim to. */
export type MissingExport = (module: ModuleRecord, name: ImportedName, isAmbiguous: boolean) => Error;

export class ModuleRecord extends EvaluatedModule {
  readonly url: string;
  readonly body: ModuleBody;
  #linkStatus: Status = moduleStatus.uninstantiated;
  #linked: readonly ModuleRecord[] = [];
  #namespace: Record<string, unknown> | undefined;
  readonly #Proxy: ProxyConstructor;
  readonly #missing: MissingExport;

  constructor(url: string, body: ModuleBody, Native: ProxyConstructor, missing: MissingExport) {
    super();
    this.url = url;
    this.body = body;
    this.#Proxy = Native;
    this.#missing = missing;
  }

  get status(): Status {
    if (this.failure) return moduleStatus.errored;
    if (this.stage === 'linked') return this.#linkStatus;
    // V8 does not tell whether a module that awaits has come to its end.
    return this.stage === 'evaluating' ? moduleStatus.evaluating : moduleStatus.evaluated;
  }

  /** The modules that the requests got, in their order. */
  get linked(): readonly ModuleRecord[] {
    return this.#linked;
  }

  link(modules: readonly ModuleRecord[]): void {
    this.#linked = modules;
  }

  /** Whether this module or one below it awaits at its top level. */
  get isGraphAsync(): boolean {
    return this.#some((record) => record.body.hasTopLevelAwait, new Set());
  }

  get namespace(): Record<string, unknown> {
    if (!this.#namespace) {
      const getters = new Map<string, Getter>();
      for (const name of this.exportedNames()) {
        const getter = this.resolve(name);
        if (getter) getters.set(name, getter);
      }
      this.#namespace = createNamespace(getters, this.#Proxy);
    }
    return this.#namespace;
  }

  /** All names that can be imported, those of `export *` included. */
  exportedNames(seen = new Set<ModuleRecord>()): Set<string> {
    if (seen.has(this)) return new Set();
    seen.add(this);
    const names = new Set([
      ...this.body.localExports,
      ...this.body.indirectExports.map(({ exported }) => exported),
    ]);
    for (const request of this.body.starExports) {
      for (const name of this.#linked[request]?.exportedNames(seen) ?? [])
        if (name !== 'default') names.add(name);
    }
    return names;
  }

  /** How to read an export; undefined where there is none or two modules claim it. */
  resolve(name: string): Getter | undefined {
    const binding = this.#resolve(name, new Map());
    return binding === 'ambiguous' ? undefined : binding?.read;
  }

  /** Whether an import of this module cannot change any more when this module begins to run. */
  importsConstant({ request, name }: ImportedName): boolean {
    const target = this.#linked[request];
    if (!target || target.#some((record) => record === this, new Set())) return false;
    if (name === undefined) return true;
    const binding = target.#resolve(name, new Map());
    if (binding === undefined || binding === 'ambiguous') return false;
    return binding.name === undefined || binding.module.body.isConstant(binding.name);
  }

  /** Checks all imports of the graph and makes exports readable. Throws a SyntaxError for an import without an export. */
  instantiate(): void {
    if (this.#linkStatus !== moduleStatus.uninstantiated) return;
    this.#linkStatus = moduleStatus.instantiating;
    try {
      for (const module of this.#linked) module.instantiate();
      // In V8's order, which decides what a module with several mistakes is told.
      const imports = this.body.imports.toSorted((one, other) => (one.local < other.local ? -1 : 1));
      for (const wanted of [...imports, ...this.body.indirectExports]) {
        if (wanted.name === undefined) continue;
        const module = this.#linked[wanted.request];
        const binding = module && module.#resolve(wanted.name, new Map());
        if (!binding || binding === 'ambiguous') throw this.#missing(this, wanted, binding === 'ambiguous');
      }
      this.body.instantiate(this);
      this.#linkStatus = moduleStatus.instantiated;
    } catch (error) {
      this.#linkStatus = moduleStatus.uninstantiated;
      throw error;
    }
  }

  #resolve(name: string, seen: Map<ModuleRecord, Set<string>>): Binding | 'ambiguous' | undefined {
    const names = seen.get(this) ?? new Set();
    if (names.has(name)) return undefined;
    seen.set(this, names.add(name));
    if (this.body.localExports.includes(name))
      return { module: this, name, read: () => this.body.read(name) };
    const indirect = this.body.indirectExports.find(({ exported }) => exported === name);
    if (indirect) {
      const module = this.#linked[indirect.request];
      if (!module) return undefined;
      if (indirect.name !== undefined) return module.#resolve(indirect.name, seen);
      return { module, name: undefined, read: () => module.namespace };
    }
    if (name === 'default') return undefined;
    let found: Binding | undefined;
    for (const request of this.body.starExports) {
      const module = this.#linked[request];
      const binding = module && module.#resolve(name, seen);
      if (binding === 'ambiguous') return binding;
      if (!binding) continue;
      if (found && (found.module !== binding.module || found.name !== binding.name)) return 'ambiguous';
      found = binding;
    }
    return found;
  }

  #some(matches: (record: ModuleRecord) => boolean, seen: Set<ModuleRecord>): boolean {
    if (seen.has(this)) return false;
    seen.add(this);
    return matches(this) || this.#linked.some((module) => module.#some(matches, seen));
  }
}

interface Binding {
  readonly module: ModuleRecord;
  /** Undefined for a namespace. */
  readonly name: string | undefined;
  readonly read: Getter;
}
