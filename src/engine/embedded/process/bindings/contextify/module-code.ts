/** The code of a module that `vm.SourceTextModule` makes, which runs in a context and may have a time limit. */
import type { ProcessRealm } from '../../create-realm.ts';
import { compareEdits, type Edit } from '../../esm/edits.ts';
import { moduleOptions, type WrittenModule } from '../../esm/rewrite.ts';
import { parserOf } from '../../esm/syntax-error.ts';
import { declaredNames, nameOf, nodeIn, nodesIn, type Node } from '../../esm/syntax-tree.ts';
import type { Context } from './context.ts';
import { isEngineGlobal } from './scope.ts';
import { evaluateInContext, unusedName } from './script.ts';
import { planScript, type ScriptPlan } from './script-edits.ts';
import { watchdogEdits, watchdogOf } from './watchdog.ts';

/** What the program adds to the lines and the columns of a text. */
export interface TextPlace {
  readonly lineOffset: number;
  readonly columnOffset: number;
}

interface ModuleText extends TextPlace {
  readonly url: string;
  readonly text: string;
}

export class ModuleCode {
  /** Changes besides those of every module; none where the text is no module. */
  readonly edits: readonly Edit[];
  readonly #realm: ProcessRealm;
  readonly #context: Context | undefined;
  readonly #module: ModuleText;
  readonly #helper: string;
  readonly #plan: ScriptPlan | undefined;

  constructor(realm: ProcessRealm, context: Context | undefined, module: ModuleText) {
    this.#realm = realm;
    this.#context = context;
    this.#module = module;
    this.#helper = unusedName(module.text, '$vm');
    const tree = parse(realm, module.text);
    const helper = this.#helper;
    const options = {
      text: module.text,
      helper,
      kind: 'module',
      tracksAsyncContext: false,
      isHidden: isEngineGlobal,
    } as const;
    this.#plan = tree && context ? planScript(tree, { ...options, parameters: namesOf(tree) }) : undefined;
    const ticks = tree ? watchdogEdits(tree, `${helper}.tick`) : [];
    this.edits = [...(this.#plan?.edits ?? []), ...ticks].toSorted(compareEdits);
  }

  /** Evaluates what the rewriter made of the module. */
  evaluate({ code, edits }: WrittenModule): unknown {
    const { url, text, lineOffset, columnOffset } = this.#module;
    const evaluated = code + this.#realm.sources.add(url, { text, edits, lineOffset, columnOffset });
    if (this.#context && this.#plan) {
      const { assigned } = this.#plan;
      const scope = { context: this.#context, isStrict: true, helper: this.#helper, assigned };
      return evaluateInContext(this.#realm, scope, evaluated);
    }
    // True: the text is a function with these parameters.
    const run = this.#realm.evaluate(`(function(${this.#helper},$code){return eval($code)})`) as (
      helper: object,
      code: string,
    ) => unknown;
    return run({ tick: watchdogOf(this.#realm).tick }, evaluated);
  }
}

function parse(realm: ProcessRealm, text: string): Node | undefined {
  try {
    return parserOf(realm).parse(text, moduleOptions);
  } catch {
    return undefined;
  }
}

/** What a module imports and what its exports declare. */
function namesOf(tree: Node): string[] {
  return nodesIn(tree['body']).flatMap((statement) => {
    const { declaration } = statement;
    if (statement.type === 'ImportDeclaration')
      return nodesIn(statement['specifiers']).map((specifier) => nameOf(nodeIn(specifier['local'])));
    return declaration ? declaredNames(nodeIn(declaration)) : [];
  });
}
