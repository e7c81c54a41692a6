/** What a module says of its surroundings in the middle of its code: names that it imports, `import.meta`, `import()`. */
import { redirectEval } from './import-redirection.ts';
import type { Edit } from './edits.ts';
import type { ImportedName } from './rewrite.ts';
import {
  childrenOf,
  isFunction,
  isNode,
  nameOf,
  namesOfScope,
  nodeIn,
  nodesIn,
  type Node,
} from './syntax-tree.ts';

/** An expression that reads an import; `host` is the engine's object in the function that a module becomes. */
export function readImport(host: string, { request, name }: ImportedName): string {
  const module = `${host}[${request}]`;
  return name === undefined ? `${module}.namespace` : `${module}.names[${JSON.stringify(name)}]`;
}

/** Finds the places in the tree of a module that become reads from the engine's object. */
export class References {
  readonly #tree: Node;
  readonly #import: string;
  readonly #live: ReadonlyMap<string, ImportedName>;
  readonly #edits: Edit[] = [];
  #starts: Set<number> | undefined;

  /** `host` names the engine's object; `live` has the imports, by local name, that are read anew at every use. */
  constructor(tree: Node, host: string, live: ReadonlyMap<string, ImportedName>) {
    this.#tree = tree;
    this.#import = host;
    this.#live = live;
  }

  /** The edits, in no order. */
  edits(): readonly Edit[] {
    for (const statement of nodesIn(this.#tree['body'])) this.#walk(statement, []);
    return this.#edits;
  }

  #walk(node: Node, scopes: readonly ReadonlySet<string>[], parent?: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'ExportNamedDeclaration':
        if (!isNode(node['declaration'])) return;
        break;
      case 'Identifier': {
        const name = nameOf(node);
        if (name === 'arguments' && !scopes.some((scope) => scope.has(name)))
          this.#edits.push({ ...rangeOf(node), insert: this.#missingArguments(parent) });
        const imported = this.#live.get(name);
        if (imported && !scopes.some((scope) => scope.has(imported.local)))
          this.#edits.push({ ...rangeOf(node), insert: this.#reference(node, imported, parent) });
        return;
      }
      case 'MetaProperty':
        if (nameOf(nodeIn(node['meta'])) === 'import')
          this.#edits.push({ ...rangeOf(node), insert: `${this.#import}.meta` });
        return;
      case 'CallExpression':
        this.#edits.push(...redirectEval(node, `${this.#import}.dynamic`));
        break;
      case 'ImportExpression':
        this.#edits.push({ at: node.start, remove: 'import'.length, insert: `${this.#import}.dynamic` });
        break;
    }
    const names = namesOfScope(node);
    if (isFunction(node) && node.type !== 'ArrowFunctionExpression') names.add('arguments');
    const inner = names.size > 0 ? [...scopes, names] : scopes;
    for (const child of childrenOf(node)) {
      if (!isPlainName(node, child)) this.#walk(child, inner, node);
    }
  }

  #reference(node: Node, imported: ImportedName, parent: Node | undefined): string {
    const value = readImport(this.#import, imported);
    if (parent?.type === 'Property' && parent['shorthand'] === true) return `${imported.local}:${value}`;
    const isCalled =
      (parent?.type === 'CallExpression' && parent['callee'] === node) ||
      (parent?.type === 'TaggedTemplateExpression' && parent['tag'] === node);
    if (!isCalled) return value;
    // A line that begins with a parenthesis would go on with the line before it.
    const begin = this.#beginsStatement(node.start) ? 'void 0,' : '';
    return `${begin}(0,${value})`;
  }

  /** The function that a module becomes has arguments, but a module has none. */
  #missingArguments(parent: Node | undefined): string {
    const isTypeof = parent?.type === 'UnaryExpression' && parent['operator'] === 'typeof';
    return isTypeof ? 'undefined' : `${this.#import}.arguments`;
  }

  #beginsStatement(offset: number): boolean {
    return this.#statementStarts().has(offset);
  }

  #statementStarts(): Set<number> {
    if (this.#starts) return this.#starts;
    const starts = new Set<number>();
    const visit = (node: Node): void => {
      if (node.type === 'ExpressionStatement') starts.add(node.start);
      childrenOf(node).forEach(visit);
    };
    visit(this.#tree);
    this.#starts = starts;
    return starts;
  }
}

function rangeOf(node: Node): Omit<Edit, 'insert'> {
  return { at: node.start, remove: node.end - node.start };
}

/** Whether a child is a name that refers to nothing: a property, a key, a label. */
function isPlainName(node: Node, child: Node): boolean {
  if (child.type !== 'Identifier') return false;
  switch (node.type) {
    case 'MemberExpression':
      return node['property'] === child && node['computed'] !== true;
    case 'Property':
      return node['key'] === child && node['computed'] !== true;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return node['key'] === child && node['computed'] !== true;
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return node['label'] === child;
    case 'ExportSpecifier':
      return true;
    default:
      return false;
  }
}
