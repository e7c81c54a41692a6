/** Scripts and CommonJS modules. */
import { asyncContextEdits } from '../esm/async-context-edits.ts';
import { applyEdits, type Edit } from '../esm/edits.ts';
import { importDynamically } from '../esm/dynamic-import.ts';
import { moduleOptions, redirectDynamicImports } from '../esm/rewrite.ts';
import { explainScriptError, parserOf } from '../esm/syntax-error.ts';
import { nodesIn, type Node } from '../esm/syntax-tree.ts';
import type { ProcessBindingFactory, ProcessRealm } from '../create-realm.ts';

const commonJsParameters = ['exports', 'require', 'module', '__filename', '__dirname'];
const importFunction = '$import';

/** `internalBinding('contextify')`. */
export const contextify: ProcessBindingFactory = (realm, shape) => {
  const symbols = realm.internalBinding('symbols');
  const defaultReferrer = symbols['vm_dynamic_import_default_internal'];

  class ContextifyScript {
    readonly sourceMapURL: string | undefined = undefined;
    readonly #run: () => unknown;

    constructor(
      code: string,
      filename: string,
      _line?: number,
      _column?: number,
      _cache?: unknown,
      _produce?: unknown,
      id?: unknown,
    ) {
      this.#run = compileScript(realm, code, filename, typeof id === 'symbol' ? id : defaultReferrer);
    }

    runInContext(context: object | null): unknown {
      if (context !== null) realm.notSupported('vm.createContext');
      return this.#run();
    }
  }

  return {
    ...shape,
    ContextifyScript,
    compileFunctionForCJSLoader(
      content: string,
      filename: string,
      _isSea: boolean,
      shouldDetectModule: boolean,
    ) {
      try {
        const compiled = realm.stackTraces.withoutOwnFrames(() =>
          compileFunction(realm, content, filename, commonJsParameters, defaultReferrer),
        );
        return {
          canParseAsESM: false,
          function: compiled,
          sourceMapURL: undefined,
          cachedDataRejected: false,
        };
      } catch (error) {
        const canParseAsESM = error instanceof SyntaxError && isModule(realm, content);
        if (!canParseAsESM || !shouldDetectModule) throw explainScriptError(realm, filename, content, error);
        return { canParseAsESM, function: undefined, sourceMapURL: undefined, cachedDataRejected: false };
      }
    },
    containsModuleSyntax(code: string, filename: string) {
      try {
        compileFunction(realm, code, filename, commonJsParameters, defaultReferrer);
        return false;
      } catch {
        return isModule(realm, code);
      }
    },
    compileFunction(
      code: string,
      filename: string,
      _line: number,
      _column: number,
      _cache: unknown,
      _produce: unknown,
      context: unknown,
      _extensions: unknown,
      parameters: readonly string[] = [],
      id?: unknown,
    ) {
      if (context !== undefined && context !== null) realm.notSupported('vm.createContext');
      try {
        const compiled = compileFunction(
          realm,
          code,
          filename,
          parameters,
          typeof id === 'symbol' ? id : defaultReferrer,
        );
        return { __proto__: null, function: compiled, sourceMapURL: undefined };
      } catch (error) {
        throw explainScriptError(realm, filename, code, error);
      }
    },
    makeContext: () => realm.notSupported('vm.createContext'),
    startSigintWatchdog() {},
    stopSigintWatchdog: () => false,
    watchdogHasPendingSigint: () => false,
  };
};

function compileFunction(
  realm: ProcessRealm,
  text: string,
  filename: string,
  parameters: readonly string[],
  referrer: unknown,
): unknown {
  const imports = editsOf(realm, text);
  const head = `(function (${importFunction}) { return function (${parameters.join(', ')}) {`;
  const edits: Edit[] = [{ at: 0, remove: hashbangOf(text), insert: head }, ...imports];
  const comment = realm.sources.add(filename, { text, edits });
  // True: the text is a function that takes the function for `import()` and returns the compiled one.
  const outer = realm.evaluate(`${applyEdits(text, edits)}\n}\n})${comment}`) as (
    importModule: unknown,
  ) => unknown;
  return outer(importFor(realm, referrer, filename));
}

function compileScript(
  realm: ProcessRealm,
  text: string,
  filename: string,
  referrer: unknown,
): () => unknown {
  const imports = editsOf(realm, text);
  const edits: Edit[] =
    hashbangOf(text) > 0 ? [{ at: 0, remove: hashbangOf(text), insert: '' }, ...imports] : imports;
  const code = applyEdits(text, edits) + realm.sources.add(filename, { text, edits });
  try {
    // Checked now, because a script with a mistake fails when it is made.
    parserOf(realm).parse(text, { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true });
  } catch (error) {
    throw explainScriptError(realm, filename, text, error);
  }
  return () => {
    if (imports.length > 0) Reflect.set(globalThis, importFunction, importFor(realm, referrer, filename));
    return realm.evaluate(code);
  };
}

function importFor(realm: ProcessRealm, referrer: unknown, filename: string): unknown {
  const id = typeof referrer === 'symbol' ? referrer : Symbol(filename);
  const importModule = (specifier: unknown, options: unknown): Promise<unknown> =>
    importDynamically(realm, id, specifier, options, filename);
  const { save, set, restore } = realm.asyncContext;
  return Object.assign(importModule, { save, set, restore });
}

/** Edits that a script needs; one that can have no `import()` and tracks no async context is not even parsed. */
function editsOf(realm: ProcessRealm, text: string): Edit[] {
  const { isTracked } = realm.asyncContext;
  if (!isTracked && !/\bimport\s*(?:\/[*/]|\()/.test(text)) return [];
  try {
    const tree = parserOf(realm).parse(text, {
      ...moduleOptions,
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: false,
    });
    const tracking = isTracked ? asyncContextEdits(tree, importFunction) : [];
    return [...redirectDynamicImports(tree, importFunction), ...tracking].toSorted(
      (one, other) => one.at - other.at || one.remove - other.remove,
    );
  } catch {
    // V8 says better what is wrong.
    return [];
  }
}

function hashbangOf(text: string): number {
  return text.startsWith('#!') ? text.search(/\n|$/) : 0;
}

/** Whether a text that is no script is a module: it has to use what only a module may. */
function isModule(realm: ProcessRealm, text: string): boolean {
  let tree: Node;
  try {
    tree = parserOf(realm).parse(text, moduleOptions);
  } catch {
    return false;
  }
  const isModuleStatement = (node: Node): boolean => /^(?:Import|Export)\w*Declaration$/.test(node.type);
  return nodesIn(tree['body']).some(isModuleStatement) || /\bimport\s*\.\s*meta\b|\bawait\b/.test(text);
}
