/** Scripts of `vm`, in the process's own context and in others. */
import type { ProcessRealm } from '../../create-realm.ts';
import { importDynamically } from '../../esm/dynamic-import.ts';
import { applyEdits, compareEdits, type Edit } from '../../esm/edits.ts';
import { isStrictText } from '../../esm/diagnosis.ts';
import { redirectFor } from '../../esm/eval-code.ts';
import { explainBodyError, explainScriptError, parserOf } from '../../esm/syntax-error.ts';
import { endOfDirectives, type Node } from '../../esm/syntax-tree.ts';
import { positionIn, type EvaluatedSource } from '../../source-registry.ts';
import { pointTo } from '../../fatal-exception.ts';
import type { Context } from './context.ts';
import { builtInsOf } from './inner-global.ts';
import { createScope, isEngineGlobal, type ScopeOptions } from './scope.ts';
import { planScript, type PlanOptions, type ScriptPlan } from './script-edits.ts';
import { watchdogEdits, watchdogOf } from './watchdog.ts';

/** A text with what the program says about its place. */
export interface ScriptSource {
  readonly text: string;
  readonly filename: string;
  readonly lineOffset: number;
  readonly columnOffset: number;
  /** Where the text was evaluated, in V8's words, if `eval` got it. */
  readonly origin?: string;
  /** Stands for the script in Node's loader. */
  readonly referrer: symbol;
}

/** What the code of one context is run with. */
export interface ContextCode {
  readonly source: ScriptSource;
  readonly kind: PlanOptions['kind'];
  readonly parameters?: readonly string[];
  /** Objects whose members are variables of a function. */
  readonly extensions?: readonly object[];
}

type Runner = (scope: object, helper: object, code: string, extensions: readonly object[]) => unknown;

const scriptOptions = { ecmaVersion: 'latest', sourceType: 'script', allowHashBang: true } as const;

/** The tree of a script; undefined when the parser does not know its syntax. */
export function parseScript(realm: ProcessRealm, text: string, isFunctionBody = false): Node | undefined {
  try {
    return parserOf(realm).parse(text, { ...scriptOptions, allowReturnOutsideFunction: isFunctionBody });
  } catch {
    return undefined;
  }
}

/** Has V8 check a script without running it; throws its SyntaxError. */
export function checkScript(realm: ProcessRealm, { text, filename, lineOffset }: ScriptSource): void {
  const tree = parseScript(realm, text);
  const at = (tree && endOfDirectives(tree)) ?? 0;
  const stop = {};
  const hashbang = hashbangOf(text);
  const strict = !tree && isStrictText(text) ? '"use strict";' : '';
  const code =
    at > 0
      ? `${text.slice(0, at)};throw $stop;${text.slice(at)}`
      : `${strict}throw $stop;${text.slice(hashbang)}`;
  // True: the text is a function with these parameters; as an arrow function it allows what a script allows.
  const check = realm.evaluate('(($stop,$code)=>eval($code))') as (stop: object, code: string) => void;
  try {
    realm.stackTraces.withoutOwnFrames(() => check(stop, code));
  } catch (error) {
    if (error === stop) return;
    throw explainScriptError(realm, filename, text, error, lineOffset);
  }
}

/** Has V8 check the parameters and the body of a function; throws its SyntaxError. */
export function checkFunction(
  realm: ProcessRealm,
  { text, filename, lineOffset }: ScriptSource,
  parameters: readonly string[],
): void {
  // The language's own: it checks the parts one by one.
  const Native = builtInsOf(realm).get('Function')?.value as FunctionConstructor;
  try {
    realm.stackTraces.withoutOwnFrames(() => Reflect.construct(Native, [...parameters, text]));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The constructor, which is in the error's trace, has words of its own for a body that ends too early.
    const ends = error.message === 'Single function literal required';
    const message = ends ? "Unexpected token '}'" : error.message;
    const found = realm.stackTraces.withoutOwnFrames(() => new SyntaxError(message));
    throw explainBodyError(realm, filename, text, found, lineOffset);
  }
}

/** Runs a text inside of a context; returns the value of its last statement, or of the expression that it is. */
export function runInContext(realm: ProcessRealm, context: Context, code: ContextCode): unknown {
  const { source, kind, parameters = [], extensions = [] } = code;
  const { text } = source;
  const helper = unusedName(text, '$vm');
  const isFunctionBody = kind === 'function';
  const tree = parseScript(realm, text, isFunctionBody);
  const plan = tree
    ? planScript(tree, {
        text,
        helper,
        kind,
        parameters,
        tracksAsyncContext: realm.asyncContext.isTracked,
        isHidden: isEngineGlobal,
      })
    : emptyPlan;
  declareIn(realm, context, source, plan);
  const ticks = tree && watchdogOf(realm).isWatching ? watchdogEdits(tree, `${helper}.tick`) : [];
  const edits = [...plan.edits, ...ticks].toSorted(compareEdits);
  const evaluated = isFunctionBody
    ? functionText(realm, source, edits, parameters)
    : scriptText(realm, source, edits);
  const { isStrict, assigned } = plan;
  const options = { context, isStrict, helper, assigned };
  return evaluateInContext(realm, options, evaluated, { import: importFor(realm, source) }, extensions);
}

/** Evaluates edited code inside of the scope that is made for it. */
export function evaluateInContext(
  realm: ProcessRealm,
  options: Omit<ScopeOptions, 'directEval'>,
  code: string,
  more: object = {},
  extensions: readonly object[] = [],
): unknown {
  const { context, helper } = options;
  const directEval = builtInsOf(realm).get('eval')?.value as unknown; // whatever it is
  const scope = createScope({ ...options, directEval }, realm.host.Proxy, realm.stackTraces);
  realm.stackTraces.addGlobal(scope.scope);
  realm.stackTraces.addGlobal(context.global);
  const members = {
    known: scope.known,
    enter: (functions: () => Record<string, unknown>): void =>
      context.declareFunctions(scope.bypass(functions)),
    self: (value: unknown): unknown =>
      value === globalThis || value === scope.scope ? context.global : value,
    receiver: (value: unknown): unknown => (value === scope.scope ? undefined : value),
    eval: Reflect.get(context.global, 'eval') as unknown,
    tick: watchdogOf(realm).tick,
    ...more,
  };
  scope.prepareEval();
  const run = runnerFor(realm, helper, extensions.length);
  return Reflect.apply(run, context.global, [scope.scope, members, code, extensions]);
}

function declareIn(realm: ProcessRealm, context: Context, source: ScriptSource, plan: ScriptPlan): void {
  try {
    context.declare(plan.variables, plan.functions, plan.lexical);
  } catch (error) {
    const start = positionIn(nameOf(source), registered(source, []), 0);
    // V8 blames the beginning of the script.
    realm.privateSymbol('arrow_message_private_symbol').of(error).value = pointTo(
      start,
      source.text.split('\n')[0],
    );
    throw error;
  }
}

/** The code of a script with the comment that names it. */
export function scriptText(realm: ProcessRealm, source: ScriptSource, edits: readonly Edit[]): string {
  const hashbang = hashbangOf(source.text);
  const all = hashbang > 0 ? [{ at: 0, remove: hashbang, insert: '' }, ...edits] : edits;
  const { origin } = source;
  const known = registered(source, all);
  const comment =
    origin === undefined
      ? realm.sources.add(nameOf(source), known)
      : realm.sources.addEvaluated(origin, known);
  return applyEdits(source.text, all) + comment;
}

/** The code of a function, written as V8 writes functions that it compiles from their parts. */
export function functionText(
  realm: ProcessRealm,
  source: ScriptSource,
  edits: readonly Edit[],
  parameters: readonly string[],
): string {
  const comment = realm.sources.add(nameOf(source), { ...registered(source, edits), headLines: 1 });
  return `(function (${parameters.join(', ')}) {\n${applyEdits(source.text, edits)}\n})${comment}`;
}

/** The function that `import()` of a script calls. */
export function importFor(realm: ProcessRealm, { referrer, filename }: ScriptSource): unknown {
  const importModule = (specifier: unknown, options: unknown): Promise<unknown> =>
    importDynamically(realm, referrer, specifier, options, filename);
  const { suspend, recall, resume, restore, adopt } = realm.asyncContext;
  return Object.assign(importModule, {
    suspend,
    recall,
    resume,
    restore,
    adopt,
    redirect: redirectFor(realm),
  });
}

/** A name that a text does not contain. */
export function unusedName(text: string, name: string): string {
  return text.includes(name) ? unusedName(text, `$${name}`) : name;
}

/** Length of the line that names an interpreter. */
export function hashbangOf(text: string): number {
  return text.startsWith('#!') ? text.search(/\n|$/) : 0;
}

/** The file that a comment at the end of a text names, as in `//# sourceURL=name`; undefined without one. */
export function magicComment(text: string, name: 'sourceURL' | 'sourceMappingURL'): string | undefined {
  return [...text.matchAll(new RegExp(String.raw`//[#@][ \t]${name}=[ \t]*([^\s'"]*)[ \t]*$`, 'gm'))].at(
    -1,
  )?.[1];
}

const emptyPlan: ScriptPlan = {
  edits: [],
  isStrict: false,
  variables: [],
  functions: [],
  lexical: [],
  assigned: new Set(),
};

function nameOf({ text, filename }: ScriptSource): string {
  return magicComment(text, 'sourceURL') ?? filename;
}

function registered(source: ScriptSource, edits: readonly Edit[]): EvaluatedSource {
  const { text, lineOffset, columnOffset } = source;
  return { text, edits, lineOffset, columnOffset };
}

const runners = new Map<string, Runner>();

/** The function whose `with` statements the code is evaluated in. */
function runnerFor(realm: ProcessRealm, helper: string, extensionCount: number): Runner {
  const key = `${helper}/${extensionCount}`;
  let runner = runners.get(key);
  if (!runner) {
    const extensions = Array.from({ length: extensionCount }, (_, index) => `with(${helper}with[${index}])`);
    const parameters = `${helper}scope,${helper},${helper}code,${helper}with`;
    // True: the text is a function with these parameters.
    runner = realm.evaluate(
      `(function(${parameters}){with(${helper}scope)${extensions.join('')}return eval(${helper}code)})`,
    ) as Runner;
    runners.set(key, runner);
  }
  return runner;
}
