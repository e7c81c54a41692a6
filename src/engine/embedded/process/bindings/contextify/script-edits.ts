/**
 * Edits that let a script run in a context of `vm`: its text is evaluated inside of `with (scope)`, and what `with`
 * alone gets wrong goes through the helper, an object that only the edits name.
 */
import { asyncContextEdits } from '../../esm/async-context-edits.ts';
import { compareEdits, type Edit } from '../../esm/edits.ts';
import { redirectDynamicImports } from '../../esm/import-redirection.ts';
import {
  assignedNames,
  declaredNames,
  endOfDirectives,
  isStrict,
  nodesIn,
  variablesOf,
  type Node,
} from '../../esm/syntax-tree.ts';
import { DeclarationEdits, lexicalDeclarations, type LexicalDeclaration } from './declaration-edits.ts';
import { EditList } from './edit-list.ts';
import { editNames, type Place } from './name-edits.ts';

/** What a script declares and how its text changes. */
export interface ScriptPlan {
  readonly edits: readonly Edit[];
  readonly isStrict: boolean;
  readonly variables: readonly string[];
  readonly functions: readonly string[];
  readonly lexical: readonly LexicalDeclaration[];
  /** Names that the script assigns: they never reach the globals of the engine. */
  readonly assigned: ReadonlySet<string>;
}

/** What to edit. */
export interface PlanOptions {
  readonly text: string;
  /** A name that the text does not contain. */
  readonly helper: string;
  /**
   * `script` binds its declarations to the context, `function` is the body of one, `eval` keeps `let` to itself;
   * `main` is a script in the process's own context, whose names need no help; a `module` keeps everything to itself.
   */
  readonly kind: 'script' | 'function' | 'eval' | 'main' | 'module';
  /** Whether a name that the context lacks is one that the scope has to hide. */
  readonly isHidden: (name: string) => boolean;
  /** Names of the function's parameters. */
  readonly parameters?: readonly string[];
  readonly tracksAsyncContext: boolean;
}

/** Plans the edits of a script. */
export function planScript(tree: Node, options: PlanOptions): ScriptPlan {
  const { helper, kind, parameters = [], tracksAsyncContext } = options;
  const strict = kind === 'module' || isStrict(tree);
  const statements = nodesIn(tree['body']);
  const isBody = kind === 'function' || kind === 'module';
  const locals = isBody ? [...parameters, ...variablesOf(tree), ...statements.flatMap(declaredNames)] : [];
  const place: Place = {
    scopes: isBody ? [new Set(locals)] : [],
    isStrict: strict,
    isInFunction: isBody,
    receiver: kind === 'function' ? (strict ? 'strict' : 'sloppy') : undefined,
  };
  const functions = isBody
    ? []
    : statements.filter((node) => node.type === 'FunctionDeclaration').flatMap(declaredNames);
  const isScript = kind === 'script' || kind === 'main';
  const lexical = isScript ? statements.flatMap((each) => lexicalDeclarations(each, kind === 'main')) : [];
  const assigned = assignedNames(tree);
  const isHidden = (name: string): boolean => assigned.has(name) || options.isHidden(name);
  const list = new EditList(helper);
  const declarations = new DeclarationEdits(list, options, strict);
  if (functions.length > 0 && (kind !== 'main' || strict))
    declarations.enter(endOfDirectives(tree) ?? 0, functions);
  for (const statement of statements) {
    declarations.open(statement);
    if (kind !== 'main') editNames(list, isHidden, statement, place);
    if (strict && !isBody) declarations.assignVariables(statement);
    declarations.close(statement);
  }
  // The rewriter of modules redirects their own.
  const imports = kind === 'module' ? [] : redirectDynamicImports(tree, `${helper}.import`);
  const tracking = tracksAsyncContext ? asyncContextEdits(tree, `${helper}.import`) : [];
  return {
    edits: [...tracking, ...imports, ...list.edits].toSorted(compareEdits),
    isStrict: strict,
    variables: isBody ? [] : variablesOf(tree),
    functions,
    lexical,
    assigned,
  };
}
