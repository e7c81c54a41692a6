/** A context of `vm`: its global object, its `let` and `const`, and how text is evaluated in it. */
import type { ProcessRealm } from '../../create-realm.ts';
import type { StackTraces } from '../../stack-trace.ts';
import { createGlobalObject, readGlobal, writeGlobal, type GlobalParts } from './global-object.ts';
import { createInnerGlobal } from './inner-global.ts';
import type { LexicalDeclaration } from './declaration-edits.ts';

/** Whether text may become code, as `codeGeneration` of `vm.createContext` says. */
export interface CodeGeneration {
  readonly strings: boolean;
  readonly wasm: boolean;
}

interface LexicalBinding {
  readonly isConstant: boolean;
  isInitialized: boolean;
  value: unknown;
}

/** The context that an object stands for; throws a TypeError for any other object. */
export function contextOf(realm: ProcessRealm, contextified: object): Context {
  const context = realm.privateSymbol('contextify_context_private_symbol').of(contextified).value;
  if (!(context instanceof Context)) throw new TypeError('This object is no context.');
  return context;
}

export class Context {
  readonly codeGeneration: CodeGeneration;
  /** What programs of the context know as `globalThis`. */
  readonly global: object;
  /** The object that stands for the context outside of it. */
  readonly contextified: object;
  readonly #traces: StackTraces;
  readonly #parts: GlobalParts;
  readonly #lexical = new Map<string, LexicalBinding>();

  /** Without a sandbox the global object is an ordinary one. `evaluate` runs text as `eval` in this context does. */
  constructor(
    realm: ProcessRealm,
    sandbox: object | undefined,
    codeGeneration: CodeGeneration,
    evaluate: (context: Context, text: string) => unknown,
  ) {
    this.codeGeneration = codeGeneration;
    this.#traces = realm.stackTraces;
    const inner = createInnerGlobal(realm, codeGeneration, (text) => evaluate(this, text));
    this.#parts = { sandbox: sandbox ?? inner, inner };
    this.global = sandbox ? createGlobalObject(this.#parts, realm.host.Proxy) : inner;
    this.contextified = sandbox ?? inner;
    Reflect.defineProperty(inner, 'globalThis', { value: this.global, writable: true, configurable: true });
  }

  /** Whether a name has a value here, or will have one. */
  has(name: string): boolean {
    const { sandbox, inner } = this.#parts;
    return this.#lexical.has(name) || Reflect.has(sandbox, name) || Reflect.has(inner, name);
  }

  /** The value of a name; throws a ReferenceError for a `let` before its declaration. */
  read(name: string): unknown {
    const binding = this.#lexical.get(name);
    if (!binding) return readGlobal(this.#parts, name, this.global);
    if (!binding.isInitialized)
      throw this.#traces.withoutOwnFrames(
        () => new ReferenceError(`Cannot access '${name}' before initialization`),
      );
    return binding.value;
  }

  /** Assigns to a name; the first assignment to a `let`, `const` or `class` is its declaration. */
  assign(name: string, value: unknown, isStrict: boolean): void {
    const binding = this.#lexical.get(name);
    if (binding) {
      if (binding.isConstant && binding.isInitialized)
        throw this.#traces.withoutOwnFrames(() => new TypeError('Assignment to constant variable.'));
      binding.value = value;
      binding.isInitialized = true;
      return;
    }
    if (isStrict && !this.has(name))
      throw this.#traces.withoutOwnFrames(() => new ReferenceError(`${name} is not defined`));
    if (!writeGlobal(this.#parts, name, value) && isStrict)
      throw this.#traces.withoutOwnFrames(
        () => new TypeError(`Cannot assign to read only property '${name}' of object '[object Object]'`),
      );
  }

  delete(name: string): boolean {
    return !this.#lexical.has(name) && Reflect.deleteProperty(this.global, name);
  }

  /** Makes room for what a script declares. Throws a SyntaxError, before anything is declared, for a name that is taken. */
  declare(
    variables: readonly string[],
    functions: readonly string[],
    lexical: readonly LexicalDeclaration[],
  ): void {
    const { inner } = this.#parts;
    const isFixed = (name: string): boolean =>
      Reflect.getOwnPropertyDescriptor(inner, name)?.configurable === false;
    const taken =
      lexical.find(({ name }) => this.#lexical.has(name) || isFixed(name))?.name ??
      [...variables, ...functions].find((name) => this.#lexical.has(name));
    if (taken !== undefined)
      throw this.#traces.withoutOwnFrames(
        () => new SyntaxError(`Identifier '${taken}' has already been declared`),
      );
    for (const { name, isConstant } of lexical)
      this.#lexical.set(name, { isConstant, isInitialized: false, value: undefined });
    for (const name of variables) {
      if (Object.hasOwn(inner, name) || Object.hasOwn(this.#parts.sandbox, name)) continue;
      Reflect.defineProperty(inner, name, {
        value: undefined,
        writable: true,
        enumerable: true,
        configurable: false,
      });
    }
  }

  /** Gives the functions that a script declares to the context. */
  declareFunctions(functions: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(functions)) {
      const descriptor = { value, writable: true, enumerable: true };
      const { sandbox, inner } = this.#parts;
      const present = Reflect.getOwnPropertyDescriptor(inner, name);
      Reflect.defineProperty(inner, name, present ? { value } : { ...descriptor, configurable: false });
      if (sandbox !== inner) Reflect.set(sandbox, name, value);
    }
  }
}
