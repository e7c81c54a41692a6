/** The object of the `with` statement that code of a context runs in. */
import type { StackTraces } from '../../stack-trace.ts';
import type { Context } from './context.ts';

/** What one script's scope is made for. */
export interface ScopeOptions {
  readonly context: Context;
  readonly isStrict: boolean;
  /** Begins every name that the edits use. */
  readonly helper: string;
  readonly assigned: ReadonlySet<string>;
  /** The language's own `eval`, which sees the scope that calls it. */
  readonly directEval: unknown;
}

/** A scope and what the edits of its script reach through the helper. */
export interface Scope {
  readonly scope: object;
  /** Like the scope, but an unknown name is undefined: for `typeof`. */
  readonly known: object;
  /** Runs a function to which the scope is transparent, so that it sees what is behind it. */
  bypass<Result>(run: () => Result): Result;
  /** Lets the next lookup of `eval` find the language's own. */
  prepareEval(): void;
}

/** Whether the engine's own realm has a global of this name, which a context must not find. */
export function isEngineGlobal(name: string): boolean {
  return Reflect.has(globalThis, name);
}

/** Makes the scope of one script. `Native` is the browser's own `Proxy`. */
export function createScope(options: ScopeOptions, Native: ProxyConstructor, traces: StackTraces): Scope {
  const { context, isStrict, helper, assigned, directEval } = options;
  let isTransparent = false;
  let isEvalNext = false;
  const hides = (name: string): boolean =>
    // A name that only the engine's own realm knows is hidden by claiming it.
    context.has(name) || assigned.has(name) || isEngineGlobal(name);
  const read = (name: PropertyKey): unknown => {
    if (typeof name === 'symbol') return undefined;
    if (name === 'eval' && context.codeGeneration.strings) return directEval;
    return context.read(String(name));
  };
  const scope: object = new Native(Object.create(null) as object, {
    has(_target, name) {
      if (typeof name === 'symbol' || isTransparent || name.startsWith(helper)) return false;
      if (name === 'eval' && isEvalNext) {
        isEvalNext = false;
        return false;
      }
      return hides(name);
    },
    get(_target, name) {
      if (typeof name === 'string' && !context.has(name))
        throw traces.withoutOwnFrames(() => new ReferenceError(`${name} is not defined`));
      return read(name);
    },
    set(_target, name, value) {
      context.assign(String(name), value, isStrict);
      return true;
    },
    deleteProperty: (_target, name) => context.delete(String(name)),
  });
  const known: object = new Native(Object.create(null) as object, {
    get: (_target, name) => (typeof name === 'string' && context.has(name) ? read(name) : undefined),
  });
  return {
    scope,
    known,
    bypass(run) {
      isTransparent = true;
      try {
        return run();
      } finally {
        isTransparent = false;
      }
    },
    prepareEval() {
      isEvalNext = true;
    },
  };
}
