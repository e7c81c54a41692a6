/** Scripts and CommonJS modules. */
import { applyEdits, type Edit } from '../esm/edits.ts';
import { moduleOptions } from '../esm/rewrite.ts';
import { explainBodyError, parserOf } from '../esm/syntax-error.ts';
import { nodesIn, type Node } from '../esm/syntax-tree.ts';
import type { ProcessBindingFactory, ProcessRealm } from '../create-realm.ts';
import { createCachedData, isRejected } from './contextify/cached-data.ts';
import { withIntactIntrinsics } from '../intact-intrinsics.ts';
import { Context, contextOf } from './contextify/context.ts';
import { decorateErrorStack } from './contextify/decorate.ts';
import { builtInsOf } from './contextify/inner-global.ts';
import { compileInThisContext, importEdits, runInThisContext } from './contextify/main-context.ts';
import {
  checkFunction,
  checkScript,
  hashbangOf,
  importFor,
  magicComment,
  runInContext,
  type ScriptSource,
} from './contextify/script.ts';
import { sigintWatchdogOf } from './contextify/sigint-watchdog.ts';
import { timeoutError, watchdogOf } from './contextify/watchdog.ts';

/** What V8 says of syntax that only modules have: Node then takes the text for one, whatever else is wrong with it. */
const moduleMistakes = [
  'Cannot use import statement outside a module',
  "Unexpected token 'export'",
  "Cannot use 'import.meta' outside a module",
];

const commonJsParameters = ['exports', 'require', 'module', '__filename', '__dirname'];
const importFunction = '$import';

/** `internalBinding('contextify')`. */
export const contextify: ProcessBindingFactory = (realm, shape) => {
  const symbols = realm.internalBinding('symbols');
  // True: Node's binding has this symbol.
  const defaultReferrer = symbols['vm_dynamic_import_default_internal'] as symbol;

  const contexts = realm.privateSymbol('contextify_context_private_symbol');
  const hostDefinedOption = realm.privateSymbol('host_defined_option_symbol');
  const watchdog = watchdogOf(realm);
  // Before a program can change them.
  builtInsOf(realm);

  const bytesOf = (source: string): unknown => {
    const { Buffer } = realm.requireBuiltin('buffer');
    // Node's own class.
    return (Buffer as { from(bytes: Uint8Array): unknown }).from(createCachedData(source));
  };

  class ContextifyScript {
    sourceURL: string | undefined;
    sourceMapURL: string | undefined;
    declare cachedDataRejected?: boolean;
    declare cachedDataProduced?: boolean;
    declare cachedData?: unknown;
    readonly #source: ScriptSource;
    /** Whether a program made it, as `vm.Script`, or the reader typed it into the REPL: its declarations stay. */
    readonly #isPublic: boolean;

    constructor(
      code: string,
      filename: string,
      lineOffset = 0,
      columnOffset = 0,
      cachedData?: ArrayBufferView,
      produceCachedData = false,
      _parsingContext?: object,
      id?: unknown,
    ) {
      this.#isPublic = new.target !== ContextifyScript || /^REPL\d+$/.test(filename);
      const referrer = typeof id === 'symbol' ? id : defaultReferrer;
      this.#source = { text: code, filename, lineOffset, columnOffset, referrer };
      hostDefinedOption.of(this).value = referrer;
      try {
        checkScript(realm, this.#source);
      } catch (error) {
        decorateErrorStack(realm, error);
        throw error;
      }
      this.sourceURL = magicComment(code, 'sourceURL');
      this.sourceMapURL = magicComment(code, 'sourceMappingURL');
      if (cachedData) this.cachedDataRejected = isRejected(code, cachedData);
      if (produceCachedData) {
        this.cachedDataProduced = true;
        this.cachedData = bytesOf(code);
      }
    }

    createCachedData(): unknown {
      return bytesOf(this.#source.text);
    }

    runInContext(contextified: object | null, timeout = -1, displayErrors = true): unknown {
      const run = (): unknown =>
        contextified === null
          ? runInThisContext(realm, this.#source, watchdog, this.#isPublic)
          : runInContext(realm, contextOf(realm, contextified), { source: this.#source, kind: 'script' });
      try {
        if (timeout < 0) return realm.stackTraces.withoutOwnFrames(run);
        return watchdog.limit(
          timeout,
          () => realm.stackTraces.withoutOwnFrames(run),
          () => timeoutError(realm, timeout),
        );
      } catch (error) {
        if (watchdog.isTimeOver(error)) throw error;
        if (displayErrors) decorateErrorStack(realm, error);
        throw error;
      }
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
          sourceMapURL: magicComment(content, 'sourceMappingURL'),
          cachedDataRejected: false,
        };
      } catch (error) {
        const canParseAsESM = isModule(realm, content, error);
        if (!canParseAsESM || !shouldDetectModule) {
          if (canParseAsESM) warnOfModule(realm, filename);
          const explained = explainBodyError(realm, filename, content, error);
          decorateErrorStack(realm, explained);
          throw explained;
        }
        return { canParseAsESM, function: undefined, sourceMapURL: undefined, cachedDataRejected: false };
      }
    },
    containsModuleSyntax(code: string, filename: string) {
      try {
        compileFunction(realm, code, filename, commonJsParameters, defaultReferrer);
        return false;
      } catch (error) {
        return isModule(realm, code, error);
      }
    },
    compileFunction(
      text: string,
      filename: string,
      lineOffset: number,
      columnOffset: number,
      cachedData: ArrayBufferView | undefined,
      produceCachedData: boolean,
      contextified: object | undefined,
      extensions: readonly object[] | undefined,
      parameters: readonly string[] = [],
      id?: unknown,
    ) {
      const referrer = typeof id === 'symbol' ? id : defaultReferrer;
      const source = { text, filename, lineOffset, columnOffset, referrer };
      let compiled: unknown;
      try {
        checkFunction(realm, source, parameters);
        const code = { source, kind: 'function' as const, parameters, extensions: extensions ?? [] };
        compiled = contextified
          ? runInContext(realm, contextOf(realm, contextified), code)
          : compileInThisContext(realm, code);
      } catch (error) {
        decorateErrorStack(realm, error);
        throw error;
      }
      // True: the text is that of a function.
      hostDefinedOption.of(compiled).value = referrer;
      return {
        __proto__: null,
        cachedDataRejected: cachedData ? isRejected(text, cachedData) : undefined,
        ...(produceCachedData ? { cachedDataProduced: true, cachedData: bytesOf(text) } : {}),
        sourceMapURL: magicComment(text, 'sourceMappingURL'),
        sourceURL: magicComment(text, 'sourceURL'),
        function: compiled,
      };
    },
    makeContext(
      sandbox: object | symbol,
      _name: string,
      _origin: string | undefined,
      strings: boolean,
      wasm: boolean,
      hasOwnMicrotasks: boolean,
      id: symbol,
    ) {
      if (hasOwnMicrotasks) realm.notSupported("vm.createContext with microtaskMode: 'afterEvaluate'");
      const context = new Context(
        realm,
        typeof sandbox === 'symbol' ? undefined : sandbox,
        { strings, wasm },
        (self, text) => {
          const { code, origin = realm.stackTraces.originHere() } = realm.sources.withoutOwnName(text);
          const source = { text: code, origin, filename: '', lineOffset: 0, columnOffset: 0, referrer: id };
          return runInContext(realm, self, { source, kind: 'eval' });
        },
      );
      contexts.of(context.contextified).value = context;
      hostDefinedOption.of(context.contextified).value = id;
      return context.contextified;
    },
    startSigintWatchdog: () => sigintWatchdogOf(realm).start(),
    stopSigintWatchdog: () => sigintWatchdogOf(realm).stop(),
    watchdogHasPendingSigint: () => sigintWatchdogOf(realm).hasPending,
  };
};

/** Says that a file is an ES module where its name or its package says otherwise. */
function warnOfModule(realm: ProcessRealm, filename: string): void {
  const { emitWarningSync } = realm.requireBuiltin('internal/process/warning');
  const advice =
    'Make sure to set "type": "module" in the nearest package.json file or use the .mjs extension.';
  // Node's own function, which takes the text of a warning.
  const warn = emitWarningSync as (text: string) => void;
  warn(`Failed to load the ES module: ${filename}. ${advice}`);
}

/** The function around a CommonJS module. */
function compileFunction(
  realm: ProcessRealm,
  text: string,
  filename: string,
  parameters: readonly string[],
  referrer: symbol,
): unknown {
  const imports = importEdits(realm, text, importFunction);
  const head = `(function (${importFunction}) { return function (${parameters.join(', ')}) {`;
  const edits: Edit[] = [{ at: 0, remove: hashbangOf(text), insert: head }, ...imports];
  const comment = realm.sources.add(filename, { text, edits });
  const code = withIntactIntrinsics(() => applyEdits(text, edits));
  // True: the text is a function that takes the function for `import()` and returns the compiled one.
  const outer = realm.evaluate(`${code}\n}\n})${comment}`) as (importModule: unknown) => unknown;
  return outer(importFor(realm, { text, filename, lineOffset: 0, columnOffset: 0, referrer }));
}

/** What only a CommonJS module has, so that only there it cannot be declared. */
const redeclaresWrapper =
  /^Identifier '(?:module|exports|require|__filename|__dirname)' has already been declared$/;

/** Whether a text that is no script is a module: it has to use what only a module may. */
function isModule(realm: ProcessRealm, text: string, error: unknown): boolean {
  if (!(error instanceof SyntaxError)) return false;
  if (moduleMistakes.some((mistake) => error.message.includes(mistake))) return true;
  let tree: Node;
  try {
    tree = parserOf(realm).parse(text, moduleOptions);
  } catch {
    return false;
  }
  const isModuleStatement = (node: Node): boolean => /^(?:Import|Export)\w*Declaration$/.test(node.type);
  if (redeclaresWrapper.test(error.message)) return true;
  return nodesIn(tree['body']).some(isModuleStatement) || /\bimport\s*\.\s*meta\b|\bawait\b/.test(text);
}
