/**
 * `Function` and its kin for asynchronous functions and generators: text that they compile imports with Node's loader,
 * where in a page it would be the browser's own, and frames in it tell where it was compiled.
 */
import type { ProcessRealm } from '../create-realm.ts';
import type { EvaluatedSource } from '../source-registry.ts';
import { importDynamically } from './dynamic-import.ts';
import { applyEdits, compareEdits, type Edit } from './edits.ts';
import { redirectDynamicImports } from './import-redirection.ts';
import { moduleOptions } from './rewrite.ts';
import { parserOf } from './syntax-error.ts';

type Callable = (...parameters: unknown[]) => unknown;

const importing = /\bimport\s*(?:\/[*/]|\()/;

/** Has what the constructors of functions make behave as in Node. In all else they stay the native ones. */
export function watchFunctionConstructors(realm: ProcessRealm): void {
  const Watched = watch(realm, Function, 'function');
  Object.defineProperty(globalThis, 'Function', { value: Watched, writable: true, configurable: true });
  const others = [
    ['async function', async () => {}],
    ['function*', function* () {}],
    ['async function*', async function* () {}],
  ] as const;
  for (const [keyword, { constructor }] of others) {
    // True: the constructor of a function is one of functions.
    Object.setPrototypeOf(watch(realm, constructor as FunctionConstructor, keyword), Watched);
  }
}

/** Puts a constructor that names its texts in the place of a native one. */
function watch(realm: ProcessRealm, Native: FunctionConstructor, keyword: string): FunctionConstructor {
  const symbols = realm.internalBinding('symbols');
  // True: Node's binding has this symbol.
  const referrer = symbols['vm_dynamic_import_default_internal'] as symbol;
  const compile = (parts: readonly unknown[], newTarget: unknown): Callable => {
    const texts = parts.map((part) => ''.concat(part as string)); // converts them as the language does
    const body = texts.pop() ?? '';
    const text = `(${keyword} anonymous(${texts.join(',')}\n) {\n${body}\n})`;
    const origin = realm.stackTraces.originHere();
    const comment = realm.sources.addEvaluated(origin, { text, edits: [] });
    // True: a Proxy is called with a constructor, and the native constructor makes functions.
    const made = Reflect.construct(
      Native,
      [...texts, body + comment],
      newTarget as object as NewableFunction,
    ) as Callable;
    if (newTarget !== Watched || !importing.test(text)) return made;
    const from = realm.stackTraces.callerOfEngine()?.name ?? '';
    return withImports(realm, { text, origin }, (specifier, options) =>
      importDynamically(realm, referrer, specifier, options, from),
    );
  };
  const Watched: FunctionConstructor = new realm.host.Proxy(Native, {
    construct: (_target, parts: unknown[], newTarget) => compile(parts, newTarget),
    apply: (_target, _receiver, parts: unknown[]) => compile(parts, Watched),
  });
  const prototype: object = Native.prototype;
  const descriptor = Reflect.getOwnPropertyDescriptor(prototype, 'constructor');
  Reflect.defineProperty(prototype, 'constructor', { ...descriptor, value: Watched });
  return Watched;
}

/** The function of a text again, whose `import()` calls `importModule`. */
function withImports(
  realm: ProcessRealm,
  { text, origin }: { text: string; origin: string },
  importModule: (specifier: unknown, options: unknown) => Promise<unknown>,
): Callable {
  const name = text.includes('$import') ? '$$import' : '$import';
  const tree = parserOf(realm).parse(text, { ...moduleOptions, sourceType: 'script' });
  const head: Edit = { at: 0, remove: 0, insert: `(function(${name}){return ` };
  const source: EvaluatedSource = {
    text,
    edits: [head, ...redirectDynamicImports(tree, name).toSorted(compareEdits)],
  };
  const comment = realm.sources.addEvaluated(origin, source);
  // True: the text is a function that takes the one for `import()` and returns the compiled one.
  const outer = realm.evaluate(`${applyEdits(text, source.edits)}})${comment}`) as (
    importModule: unknown,
  ) => Callable;
  return outer(importModule);
}
