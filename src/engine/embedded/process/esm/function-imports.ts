/** `import()` in the text that the `Function` constructor compiles: in a page it would be the browser's own. */
import type { ProcessRealm } from '../create-realm.ts';
import { importDynamically } from './dynamic-import.ts';
import { applyEdits, compareEdits, type Edit } from './edits.ts';
import { redirectDynamicImports } from './import-redirection.ts';
import { moduleOptions } from './rewrite.ts';
import { parserOf } from './syntax-error.ts';

type Callable = (...parameters: unknown[]) => unknown;

const importing = /\bimport\s*(?:\/[*/]|\()/;

/** Has functions that `Function` makes import with Node's loader. The constructor stays the native one in all else. */
export function watchFunctionConstructor(realm: ProcessRealm): void {
  const Native = Function;
  const symbols = realm.internalBinding('symbols');
  // True: Node's binding has this symbol.
  const referrer = symbols['vm_dynamic_import_default_internal'] as symbol;
  const complete = (made: Callable, parts: readonly unknown[]): Callable => {
    if (!parts.some((part) => typeof part === 'string' && importing.test(part))) return made;
    const from = realm.stackTraces.callerOfEngine()?.name ?? '';
    return withImports(realm, String(made), (specifier, options) =>
      importDynamically(realm, referrer, specifier, options, from),
    );
  };
  const Watched: FunctionConstructor = new realm.host.Proxy(Native, {
    construct(target, parts: unknown[], newTarget) {
      // True: the native constructor makes functions.
      const made = Reflect.construct(target, parts, newTarget) as Callable;
      return newTarget === Watched ? complete(made, parts) : made;
    },
    apply: (target, receiver, parts: unknown[]) =>
      complete(Reflect.apply(target, receiver, parts as string[]) as Callable, parts),
  });
  Object.defineProperty(globalThis, 'Function', { value: Watched, writable: true, configurable: true });
  Object.defineProperty(Native.prototype, 'constructor', {
    value: Watched,
    writable: true,
    configurable: true,
  });
}

/** The function of a text again, whose `import()` calls `importModule`. */
function withImports(
  realm: ProcessRealm,
  text: string,
  importModule: (specifier: unknown, options: unknown) => Promise<unknown>,
): Callable {
  const name = text.includes('$import') ? '$$import' : '$import';
  const tree = parserOf(realm).parse(`(${text})`, { ...moduleOptions, sourceType: 'script' });
  const edits: Edit[] = redirectDynamicImports(tree, name).toSorted(compareEdits);
  // True: the text is a function that takes the one for `import()` and returns the compiled one.
  const outer = realm.evaluate(`(function(${name}){return ${applyEdits(`(${text})`, edits)}})`) as (
    importModule: unknown,
  ) => Callable;
  return outer(importModule);
}
