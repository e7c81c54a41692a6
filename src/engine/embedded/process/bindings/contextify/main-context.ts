/** Scripts and functions in the process's own context, where the names of the text need no help. */
import { asyncContextEdits } from '../../esm/async-context-edits.ts';
import { compareEdits, type Edit } from '../../esm/edits.ts';
import { redirectDynamicImports } from '../../esm/import-redirection.ts';
import { moduleOptions } from '../../esm/rewrite.ts';
import { parserOf } from '../../esm/syntax-error.ts';
import { withIntactIntrinsics } from '../../intact-intrinsics.ts';
import type { ProcessRealm } from '../../create-realm.ts';
import {
  functionText,
  importFor,
  parseScript,
  scriptText,
  unusedName,
  type ContextCode,
  type ScriptSource,
} from './script.ts';
import { planScript, type ScriptPlan } from './script-edits.ts';
import { watchdogEdits, type Watchdog } from './watchdog.ts';

let count = 0;

/** Runs a script in the global scope; what a program's script declares there stays for the next one. */
export function runInThisContext(
  realm: ProcessRealm,
  source: ScriptSource,
  watchdog: Watchdog,
  isDeclaring: boolean,
): unknown {
  const { text } = source;
  // Each script has its own: functions of an earlier one may still use theirs.
  const helper = unusedName(text, `$vm${(count += 1)}_`);
  const needsTree = watchdog.isWatching || (isDeclaring && /\b(?:var|let|const|class|function)\b/.test(text));
  const tree = needsTree ? parseScript(realm, text) : undefined;
  const plan =
    tree && isDeclaring
      ? planScript(tree, {
          text,
          helper,
          kind: 'main',
          tracksAsyncContext: realm.asyncContext.isTracked,
          isHidden: () => false,
        })
      : undefined;
  if (plan) declareGlobals(realm, plan);
  const ticks = tree && watchdog.isWatching ? watchdogEdits(tree, `${helper}.tick`) : [];
  // A plan redirects imports itself.
  const own = plan?.edits ?? importEdits(realm, text, `${helper}.import`);
  const edits = [...own, ...ticks].toSorted(compareEdits);
  if (edits.length > 0) {
    const members = {
      import: importFor(realm, source),
      tick: watchdog.tick,
      // A constant is declared with its value, once there is one.
      constant: (values: object): void => {
        for (const [name, value] of Object.entries(values)) {
          members.value = value;
          runInGlobalScope(realm, `const ${name}=${helper}.value;`);
        }
      },
      value: undefined as unknown,
      enter: (functions: () => object): void => void Object.assign(globalThis, functions()),
    };
    // Named by nothing but the edits, and invisible to `for…in`.
    Reflect.defineProperty(globalThis, helper, { value: members, configurable: true, writable: true });
  }
  return realm.evaluate(scriptText(realm, source, edits));
}

/** Compiles a function whose free names are globals, or members of its extensions. */
export function compileInThisContext(
  realm: ProcessRealm,
  { source, parameters = [], extensions = [] }: ContextCode,
): unknown {
  const { text } = source;
  const helper = unusedName(text, '$vm');
  const edits = importEdits(realm, text, `${helper}.import`);
  const code = functionText(realm, source, edits, parameters);
  if (edits.length === 0 && extensions.length === 0) return realm.evaluate(code);
  const scopes = extensions.map((_, index) => `with(${helper}with[${index}])`).join('');
  // True: the text is a function with these parameters.
  const compile = realm.evaluate(
    `(function(${helper},${helper}code,${helper}with){${scopes} return eval(${helper}code)})`,
  ) as (helper: object, code: string, extensions: readonly object[]) => unknown;
  return compile({ import: importFor(realm, source) }, code, extensions);
}

/** Edits that every text needs; one that can have no `import()` or `eval` and tracks no async context is not even parsed. */
export function importEdits(realm: ProcessRealm, text: string, importFunction: string): Edit[] {
  if (realm.info.execArgv.includes('--allow-natives-syntax')) return runtimeFunctionEdits(text);
  const { isTracked } = realm.asyncContext;
  if (!isTracked && !/\bimport\s*(?:\/[*/]|\()|\beval\b/.test(text)) return [];
  try {
    return withIntactIntrinsics(() => {
      const tree = parserOf(realm).parse(text, {
        ...moduleOptions,
        sourceType: 'script',
        allowReturnOutsideFunction: true,
        allowAwaitOutsideFunction: false,
      });
      const tracking = isTracked ? asyncContextEdits(tree, importFunction) : [];
      return [...tracking, ...redirectDynamicImports(tree, importFunction)].toSorted(compareEdits);
    });
  } catch {
    // V8 says better what is wrong.
    return [];
  }
}

/** Edits that make nothing of V8's runtime functions, as in `%OptimizeFunctionOnNextCall(f)`: a page has none of them. */
export function runtimeFunctionEdits(text: string): Edit[] {
  return [...text.matchAll(/%[A-Z]\w+(?=\()/g)].map(({ index, 0: call }) => ({
    at: index,
    remove: call.length,
    insert: 'void ',
  }));
}

/** Declares what a script declares as V8 does for a script; text that is evaluated would keep `let` to itself. */
function declareGlobals(realm: ProcessRealm, { variables, lexical }: ScriptPlan): void {
  const missing = variables.filter((name) => !Object.hasOwn(globalThis, name));
  const names = lexical.filter(({ isConstant }) => !isConstant).map(({ name }) => name);
  if (missing.length + names.length === 0) return;
  runInGlobalScope(
    realm,
    [...missing.map((name) => `var ${name};`), ...names.map((name) => `let ${name};`)].join(''),
  );
}

/** WebKit starts Workers from addresses, and loads nothing else in them: see `frame/worker-script.ts`. */
const isFromAddress = 'location' in globalThis && globalThis.location.protocol === 'data:';
const { encodeURIComponent: encode } = globalThis;

/** Runs a text as a script of its own. Throws its SyntaxError, as for a name that is taken. */
function runInGlobalScope(realm: ProcessRealm, text: string): void {
  const { importScripts, URL, Blob } = realm.host;
  if (!importScripts) return;
  const url = isFromAddress
    ? `data:text/javascript,${encode(text)}`
    : URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  try {
    importScripts(url);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw realm.stackTraces.withoutOwnFrames(
      () => new SyntaxError(message.replace(/^Failed to execute 'importScripts'[^:]*: /, '')),
    );
  } finally {
    if (!isFromAddress) URL.revokeObjectURL(url);
  }
}
