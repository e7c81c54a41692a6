/** Edits that bind the declarations of a script to its context: they become assignments there. */
import {
  childrenOf,
  declaredNames,
  isFunction,
  nameOf,
  namesInPattern,
  nodeIn,
  nodesIn,
  type Node,
} from '../../esm/syntax-tree.ts';
import type { EditList } from './edit-list.ts';
import type { PlanOptions } from './script-edits.ts';

/** A `let`, `const` or `class` at the top level. */
export interface LexicalDeclaration {
  readonly name: string;
  readonly isConstant: boolean;
}

/** What the statements of a script need so that the context has what they declare. */
export class DeclarationEdits {
  readonly #list: EditList;
  readonly #text: string;
  readonly #kind: PlanOptions['kind'];
  readonly #isStrict: boolean;

  constructor(list: EditList, { text, kind }: Pick<PlanOptions, 'text' | 'kind'>, isStrict: boolean) {
    this.#list = list;
    this.#text = text;
    this.#kind = kind;
    this.#isStrict = isStrict;
  }

  /** Hands the hoisted functions to the context before anything runs. */
  enter(at: number, functions: readonly string[]): void {
    const { helper } = this.#list;
    this.#list.insert(at, `;{let ${helper}0=${helper}.enter(()=>({${[...new Set(functions)].join(',')}}));}`);
  }

  /** A declaration becomes an assignment to the context, inside of a block that has no value, as the declaration has none. */
  open(statement: Node): void {
    if (!this.#binds(statement)) return;
    const list = this.#list;
    if (isClass(statement)) {
      const name = nameOf(nodeIn(statement['id']));
      list.insert(statement.start, `{let ${list.newName()}=(${name}=`);
    } else if (isBinding(statement, this.#isStrict)) {
      const keyword = String(statement['kind']);
      list.replace(statement.start, keyword, '{let ');
      for (const declarator of nodesIn(statement['declarations'])) {
        if (this.#isGlobalConstant(statement, declarator)) {
          const { end } = nodeIn(declarator['id']);
          const equals = end + this.#text.slice(end).indexOf('=');
          list.insert(declarator.start, `${list.newName()}=${list.helper}.constant({`);
          list.replace(equals, '=', ':');
          continue;
        }
        const isVariable = keyword === 'var' && declarator['init'] === null;
        list.insert(declarator.start, `${list.newName()}=(${isVariable ? '0,' : ''}`);
      }
    }
  }

  /** The end of what `open` began. */
  close(statement: Node): void {
    if (!this.#binds(statement)) return;
    const list = this.#list;
    if (isClass(statement)) list.insert(statement.end, ')}');
    else if (isBinding(statement, this.#isStrict)) {
      for (const declarator of nodesIn(statement['declarations'])) {
        if (this.#isGlobalConstant(statement, declarator)) {
          list.insert(declarator.end, '})');
          continue;
        }
        const isMissing = statement['kind'] !== 'var' && declarator['init'] === null;
        list.insert(declarator.end, isMissing ? '=void 0)' : ')');
      }
      list.insert(statement.end, '}');
    }
  }

  /** In strict code a nested `var` would stay inside: it becomes an assignment. */
  assignVariables(node: Node): void {
    const list = this.#list;
    for (const child of childrenOf(node)) {
      if (isFunction(child) || child.type === 'StaticBlock') continue;
      if (child.type === 'VariableDeclaration' && child['kind'] === 'var') {
        const isStatement = node['init'] !== child && node['left'] !== child;
        list.replace(child.start, 'var', isStatement ? '{let ' : '   ');
        for (const declarator of isStatement ? nodesIn(child['declarations']) : []) {
          list.insert(declarator.start, `${list.newName()}=(${declarator['init'] === null ? '0,' : ''}`);
          list.insert(declarator.end, ')');
        }
        if (isStatement) list.insert(child.end, '}');
      }
      this.assignVariables(child);
    }
  }

  /** Only a script declares a constant of the process's own context, and only with its value. */
  #isGlobalConstant(statement: Node, declarator: Node): boolean {
    return (
      this.#kind === 'main' && statement['kind'] === 'const' && nodeIn(declarator['id']).type === 'Identifier'
    );
  }

  #binds(statement: Node): boolean {
    const kind = this.#kind;
    const isVariable = statement['kind'] === 'var';
    return kind === 'script' || kind === 'main' || (kind === 'eval' && this.#isStrict && isVariable);
  }
}

/** What a statement of the top level declares beside variables and functions. */
export function lexicalDeclarations(statement: Node, isMain: boolean): LexicalDeclaration[] {
  if (!isClass(statement) && !isBinding(statement, false)) return [];
  const isConstant = statement['kind'] === 'const';
  // A pattern declares several constants at once, which a script of its own cannot.
  const patterns =
    isMain && isConstant
      ? nodesIn(statement['declarations']).filter((each) => nodeIn(each['id']).type !== 'Identifier')
      : [];
  const names = new Set(patterns.flatMap((each) => namesInPattern(nodeIn(each['id']))));
  return declaredNames(statement).map((name) => ({ name, isConstant: isConstant && !names.has(name) }));
}

function isClass(statement: Node): boolean {
  return statement.type === 'ClassDeclaration';
}

/** Whether the declarations of a statement of the top level have to be bound to the context. */
function isBinding(statement: Node, isStrict: boolean): boolean {
  if (statement.type !== 'VariableDeclaration') return false;
  const { kind } = statement;
  return kind === 'let' || kind === 'const' || (kind === 'var' && isStrict);
}
