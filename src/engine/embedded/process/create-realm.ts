/** One process: its bindings, its library, and what they share. */
import type { Binding, HostGlobals, ProcessInfo, Realm, StandardStreams, UvErrors } from './realm.ts';
import { AsyncContextFrame } from './async-context.ts';
import type { Library } from './library.ts';
import type { LibuvLoop } from './libuv-loop.ts';
import { PrivateSymbol } from './private-symbol.ts';
import { parserOf } from './esm/syntax-error.ts';
import { SourceRegistry } from './source-registry.ts';
import { sourceUrlIn } from './source-url.ts';
import { StackTraces } from './stack-trace.ts';
import { JsonSyntax } from './json-syntax.ts';
import type { ThrowGuard } from './throw-guard.ts';
import { createNotSupportedError, reviveBinding } from './stubs.ts';

/** A realm with what only the engine's own core may use. */
export interface ProcessRealm extends Realm {
  readonly loop: LibuvLoop;
  readonly library: Library;
  readonly sources: SourceRegistry;
  readonly stackTraces: StackTraces;
  readonly output: HeldOutput;
  readonly asyncContext: AsyncContextFrame;
  /** Indirect `eval`, captured before a program can change it. */
  evaluate(code: string): unknown;
  /** The same function, to tell it from others of its name. */
  readonly nativeEval: unknown;
  /** One of V8's private symbols, by the name that Node's library uses. */
  privateSymbol(name: string): PrivateSymbol;
  /** Exports of Node's per-context scripts: `DOMException`, `emitMessage`. */
  readonly perContext: Record<string, unknown>;
  /** Node's loaders, once its bootstrap has made them. */
  setLoaders(internalBinding: Loader<Binding>, requireBuiltin: Loader<Record<string, unknown>>): void;
  /** Reports what nobody caught, as `node::errors::TriggerUncaughtException`. */
  triggerUncaughtException(error: unknown, fromPromise: boolean): void;
  readonly guard: ThrowGuard;
  readonly jsonSyntax: JsonSyntax;
  /** Node's functions that add to a stack before and after an inspector sees it. */
  setStackEnhancers(before: StackEnhancer, after: StackEnhancer): void;
  /** What `afterInspector` makes of an error that ends the process. */
  enhanceStack(error: object): string;
  /** Delivers a signal to the program, or ends the process as its default action does. */
  raise(signal: number): void;
  /** The process listens on a port. */
  announceServer(port: number): void;
}

/** Standard output and error, where a write can be held back. */
export interface HeldOutput {
  /** Holds the next write back until the function that is returned has rewritten its text. */
  holdNext(): (rewrite: (text: string) => string) => void;
}

/** Returns the stack of an error that ends the process. */
export type StackEnhancer = (error: object) => string;

type Loader<Result> = (name: string) => Result;

/** Answers for one `internalBinding`. */
export type ProcessBindingFactory = (realm: ProcessRealm, shape: Binding) => Binding;

/** What a realm is made of. */
export interface RealmParts {
  readonly host: HostGlobals;
  readonly library: Library;
  readonly loop: LibuvLoop;
  readonly guard: ThrowGuard;
  readonly uv: UvErrors;
  readonly info: ProcessInfo;
  readonly streams: StandardStreams;
  readonly output: HeldOutput;
  readonly process: Record<PropertyKey, unknown>;
  readonly factories: Readonly<Record<string, ProcessBindingFactory>>;
  readonly evaluate: (code: string) => unknown;
  readonly nativeEval: unknown;
  readonly exit: (code: number) => never;
  readonly triggerUncaughtException: (error: unknown, fromPromise: boolean) => void;
  readonly raise: (signal: number) => void;
  readonly announceServer: (port: number) => void;
}

/** Creates the realm of a process. Bindings are made when they are first asked for. */
export function createRealm({ factories, library, ...parts }: RealmParts): ProcessRealm {
  const bindings = new Map<string, Binding>();
  const sources = new SourceRegistry(
    (id) => library.source(id),
    (text) => sourceUrlIn(parserOf(realm), text),
  );
  const stackTraces = new StackTraces(sources);
  let requireBuiltin: Loader<Record<string, unknown>> = () => {
    throw new Error("Node's library is not up yet: a binding asked for a module inside its factory.");
  };

  let enhancers: readonly StackEnhancer[] = [];

  function notSupported(api: string): never {
    throw createNotSupportedError(api);
  }

  function internalBinding(name: string): Binding {
    let binding = bindings.get(name);
    if (!binding) {
      const shape = reviveBinding(name, library.facts.shapes[name], notSupported);
      binding = factories[name]?.(realm, shape) ?? shape;
      bindings.set(name, binding);
    }
    return binding;
  }

  const realm: ProcessRealm = {
    ...parts,
    library,
    sources,
    stackTraces,
    jsonSyntax: new JsonSyntax(parts.guard),
    asyncContext: new AsyncContextFrame(parts.host.Proxy),
    perContext: {},
    internalBinding,
    notSupported,
    requireBuiltin: (id) => requireBuiltin(id),
    ownModule: (name) => library.ownModule(name),
    privateSymbol(name) {
      const symbol: unknown = Reflect.get(Object(internalBinding('util')['privateSymbols']), name);
      if (!(symbol instanceof PrivateSymbol))
        throw new Error(`Node's library has no private symbol "${name}".`);
      return symbol;
    },
    setStackEnhancers(...functions) {
      enhancers = functions;
    },
    enhanceStack: (error) => enhancers.map((enhance) => enhance(error)).at(-1) ?? '',
    setLoaders(_internalBinding, loader) {
      requireBuiltin = loader;
    },
  };
  return realm;
}
