/**
 * Edits that let a script run in a context of `vm`: its text is evaluated inside of `with (scope)`, and what `with`
 * alone gets wrong goes through the helper, an object that only the edits name.
 */
import { asyncContextEdits } from '../../esm/async-context-edits.ts';
import { compareEdits, type Edit } from '../../esm/edits.ts';
import { redirectDynamicImports } from '../../esm/import-redirection.ts';
import {
  childrenOf,
  assignedNames,
  declaredNames,
  isFunction,
  isNode,
  nameOf,
  namesInPattern,
  namesOfScope,
  nodeIn,
  nodesIn,
  variablesOf,
  type Node,
} from '../../esm/syntax-tree.ts';

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

/** A `let`, `const` or `class` at the top level. */
export interface LexicalDeclaration {
  readonly name: string;
  readonly isConstant: boolean;
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
  return new Planner(tree, options).plan();
}

/** The offset after the directives of a text, where other statements may begin. */
export function endOfDirectives(tree: Node): number | undefined {
  return nodesIn(tree['body']).findLast((node) => typeof node['directive'] === 'string')?.end;
}

/** Whether a program or a function has the directive for strict mode. */
export function isStrict(node: Node): boolean {
  const body = node.type === 'Program' ? node : node['body'];
  return isNode(body) && nodesIn(body['body']).some((statement) => statement['directive'] === 'use strict');
}

interface Place {
  readonly scopes: readonly ReadonlySet<string>[];
  readonly isStrict: boolean;
  readonly isInFunction: boolean;
  /** Whether `this` is what a function was called on, so that it may be the scope; and whether it is undefined then. */
  readonly receiver: 'sloppy' | 'strict' | undefined;
}

class Planner {
  readonly #tree: Node;
  readonly #options: PlanOptions;
  readonly #assigned: ReadonlySet<string>;
  readonly #edits: Edit[] = [];
  #count = 0;

  constructor(tree: Node, options: PlanOptions) {
    this.#tree = tree;
    this.#assigned = assignedNames(tree);
    this.#options = options;
  }

  plan(): ScriptPlan {
    const { helper, kind, parameters = [], tracksAsyncContext } = this.#options;
    const strict = kind === 'module' || isStrict(this.#tree);
    const statements = nodesIn(this.#tree['body']);
    const isBody = kind === 'function' || kind === 'module';
    const locals = isBody
      ? [...parameters, ...variablesOf(this.#tree), ...statements.flatMap(declaredNames)]
      : [];
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
    if (functions.length > 0 && (kind !== 'main' || strict)) this.#enter(functions);
    for (const statement of statements) {
      this.#open(statement, kind, strict);
      if (kind !== 'main') this.#visit(statement, place, undefined);
      if (strict && !isBody) this.#assignVariables(statement);
      this.#close(statement, kind);
    }
    // The rewriter of modules redirects their own.
    const imports = kind === 'module' ? [] : redirectDynamicImports(this.#tree, `${helper}.import`);
    const tracking = tracksAsyncContext ? asyncContextEdits(this.#tree, `${helper}.import`) : [];
    return {
      edits: [...tracking, ...imports, ...this.#edits].toSorted(compareEdits),
      isStrict: strict,
      variables: isBody ? [] : variablesOf(this.#tree),
      functions,
      lexical,
      assigned: this.#assigned,
    };
  }

  #insert(at: number, insert: string): void {
    this.#edits.push({ at, remove: 0, insert });
  }

  /** Hands the hoisted functions to the context before anything runs. */
  #enter(functions: readonly string[]): void {
    const { helper } = this.#options;
    const at = endOfDirectives(this.#tree) ?? 0;
    this.#insert(at, `;{let ${helper}0=${helper}.enter(()=>({${[...new Set(functions)].join(',')}}));}`);
  }

  /** A declaration becomes an assignment to the context, inside of a block that has no value, as the declaration has none. */
  #open(statement: Node, kind: PlanOptions['kind'], strict: boolean): void {
    if (!this.#binds(statement, kind, strict)) return;
    if (isTopLevelClass(statement)) {
      const name = nameOf(nodeIn(statement['id']));
      this.#insert(statement.start, `{let ${this.#local()}=(${name}=`);
    } else if (isBinding(statement, strict)) {
      const keyword = String(statement['kind']);
      this.#edits.push({ at: statement.start, remove: keyword.length, insert: '{let ' });
      for (const declarator of nodesIn(statement['declarations'])) {
        if (this.#isGlobalConstant(statement, declarator)) {
          const { end } = nodeIn(declarator['id']);
          const equals = end + this.#options.text.slice(end).indexOf('=');
          this.#insert(declarator.start, `${this.#local()}=${this.#options.helper}.constant({`);
          this.#edits.push({ at: equals, remove: 1, insert: ':' });
          continue;
        }
        const isVariable = keyword === 'var' && declarator['init'] === null;
        this.#insert(declarator.start, `${this.#local()}=(${isVariable ? '0,' : ''}`);
      }
    }
  }

  #close(statement: Node, kind: PlanOptions['kind']): void {
    const strict = isStrict(this.#tree);
    if (!this.#binds(statement, kind, strict)) return;
    if (isTopLevelClass(statement)) this.#insert(statement.end, ')}');
    else if (isBinding(statement, strict)) {
      for (const declarator of nodesIn(statement['declarations'])) {
        if (this.#isGlobalConstant(statement, declarator)) {
          this.#insert(declarator.end, '})');
          continue;
        }
        const isMissing = statement['kind'] !== 'var' && declarator['init'] === null;
        this.#insert(declarator.end, isMissing ? '=void 0)' : ')');
      }
      this.#insert(statement.end, '}');
    }
  }

  /** Only a script declares a constant of the process's own context, and only with its value. */
  #isGlobalConstant(statement: Node, declarator: Node): boolean {
    return (
      this.#options.kind === 'main' &&
      statement['kind'] === 'const' &&
      nodeIn(declarator['id']).type === 'Identifier'
    );
  }

  #binds(statement: Node, kind: PlanOptions['kind'], strict: boolean): boolean {
    return kind === 'script' || kind === 'main' || (kind === 'eval' && strict && statement['kind'] === 'var');
  }

  #local(): string {
    this.#count++;
    return `${this.#options.helper}${this.#count}`;
  }

  /** In strict code a nested `var` would stay inside: it becomes an assignment. */
  #assignVariables(node: Node): void {
    for (const child of childrenOf(node)) {
      if (isFunction(child) || child.type === 'StaticBlock') continue;
      if (child.type === 'VariableDeclaration' && child['kind'] === 'var') {
        const isStatement = node['init'] !== child && node['left'] !== child;
        this.#edits.push({ at: child.start, remove: 'var'.length, insert: isStatement ? '{let ' : '   ' });
        for (const declarator of isStatement ? nodesIn(child['declarations']) : []) {
          this.#insert(declarator.start, `${this.#local()}=(${declarator['init'] === null ? '0,' : ''}`);
          this.#insert(declarator.end, ')');
        }
        if (isStatement) this.#insert(child.end, '}');
      }
      this.#assignVariables(child);
    }
  }

  #isHidden(name: string, place: Place): boolean {
    return isFree(name, place) && (this.#assigned.has(name) || this.#options.isHidden(name));
  }

  #visit(node: Node, place: Place, parent: Node | undefined): void {
    const { helper } = this.#options;
    if (node.type === 'UnaryExpression' && node['operator'] === 'typeof') {
      const argument = node['argument'];
      // An unknown name has the type "undefined", where the scope would throw.
      if (isNode(argument) && argument.type === 'Identifier' && this.#isHidden(nameOf(argument), place))
        this.#insert(argument.start, `${helper}.known.`);
    } else if (node.type === 'ThisExpression' && place.receiver) {
      const self = place.receiver === 'strict' ? 'receiver' : 'self';
      this.#edits.push({ at: node.start, remove: 'this'.length, insert: `${helper}.${self}(this)` });
    } else if (isBlockFunction(node, parent) && !place.isInFunction && !place.isStrict) {
      const name = nameOf(nodeIn(node['id']));
      this.#insert(node.start, `{let ${this.#local()}=${helper}.enter(()=>({${name}}));}`);
    } else if (isIndirectEval(node, parent) && isFree('eval', place)) {
      this.#edits.push({ at: node.start, remove: 'eval'.length, insert: `${helper}.eval` });
    } else if (node.type === 'CallExpression' && !place.isInFunction) {
      const callee = nodeIn(node['callee']);
      // Outside of functions, direct eval declares in the context.
      if (callee.type === 'Identifier' && nameOf(callee) === 'eval' && isFree('eval', place))
        this.#edits.push({ at: callee.start, remove: 'eval'.length, insert: `${helper}.eval` });
    }
    const inner = placeIn(node, place, parent);
    for (const child of childrenOf(node)) this.#visit(child, inner, node);
  }
}

function placeIn(node: Node, place: Place, parent: Node | undefined): Place {
  const names = namesOfScope(node);
  const scopes = names.size > 0 ? [...place.scopes, names] : place.scopes;
  if (node.type === 'ClassBody') return { ...place, scopes, isStrict: true, receiver: undefined };
  if (!isFunction(node)) return scopes === place.scopes ? place : { ...place, scopes };
  const isOwnStrict = place.isStrict || (isNode(node['body']) && isStrict(node));
  const isArrow = node.type === 'ArrowFunctionExpression';
  const isMethod = parent?.type === 'Property' || parent?.type === 'MethodDefinition';
  return {
    scopes,
    isStrict: isOwnStrict,
    isInFunction: true,
    receiver: isArrow ? place.receiver : isMethod ? undefined : isOwnStrict ? 'strict' : 'sloppy',
  };
}

function isFree(name: string, { scopes }: Place): boolean {
  return name !== 'arguments' && !scopes.some((scope) => scope.has(name));
}

/** Whether a node is `eval` as a value: called later, it sees the globals of the context alone. */
function isIndirectEval(node: Node, parent: Node | undefined): boolean {
  if (node.type !== 'Identifier' || nameOf(node) !== 'eval') return false;
  return (
    parent?.type === 'SequenceExpression' ||
    (parent?.type === 'VariableDeclarator' && parent['init'] === node) ||
    (parent?.type === 'AssignmentExpression' && parent['right'] === node) ||
    (parent?.type === 'CallExpression' && parent['callee'] !== node)
  );
}

function isTopLevelClass(statement: Node): boolean {
  return statement.type === 'ClassDeclaration';
}

/** Whether the declarations of a statement of the top level have to be bound to the context. */
function isBinding(statement: Node, strict: boolean): boolean {
  if (statement.type !== 'VariableDeclaration') return false;
  const { kind } = statement;
  return kind === 'let' || kind === 'const' || (kind === 'var' && strict);
}

function lexicalDeclarations(statement: Node, isMain: boolean): LexicalDeclaration[] {
  if (!isTopLevelClass(statement) && !isBinding(statement, false)) return [];
  const isConstant = statement['kind'] === 'const';
  // A pattern declares several constants at once, which a script of its own cannot.
  const patterns =
    isMain && isConstant
      ? nodesIn(statement['declarations']).filter((each) => nodeIn(each['id']).type !== 'Identifier')
      : [];
  const names = new Set(patterns.flatMap((each) => namesInPattern(nodeIn(each['id']))));
  return declaredNames(statement).map((name) => ({ name, isConstant: isConstant && !names.has(name) }));
}

/** A function in a block, which sloppy mode also declares for the whole script. */
function isBlockFunction(node: Node, parent: Node | undefined): boolean {
  return (
    node.type === 'FunctionDeclaration' &&
    (parent?.type === 'BlockStatement' || parent?.type === 'SwitchCase') &&
    node['async'] !== true &&
    node['generator'] !== true
  );
}
