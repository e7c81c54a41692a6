/**
 * Rewrites an ES module into a function, which a browser can run without a URL: every reference to an imported name
 * becomes a read from the exporting module, every export a getter. Lines stay, and the edits tell where columns went.
 */
import { applyEdits, blank, type Edit } from './edits.ts';
import {
  childrenOf,
  declaredNames,
  isFunction,
  isNode,
  nameOf,
  namesOfScope,
  nodeIn,
  nodesIn,
  type Node,
  type Parser,
} from './syntax-tree.ts';

/** Another module that this one asks for. */
export interface ModuleRequest {
  readonly specifier: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** `import { name } from …`, with the place to blame when the other module has no such export. */
export interface ImportedName {
  /** Index of the request. */
  readonly request: number;
  /** Name of the export; undefined for the whole namespace. */
  readonly name: string | undefined;
  /** Offset in the source. */
  readonly at: number;
}

/** `export { name as exported } from …` or of an imported name; without a name, the namespace. */
export interface IndirectExport extends ImportedName {
  readonly exported: string;
}

/** A module as a function, and what linking needs to know. */
export interface RewrittenModule {
  /** An expression that evaluates to the function. */
  readonly code: string;
  readonly edits: readonly Edit[];
  readonly requests: readonly ModuleRequest[];
  readonly imports: readonly ImportedName[];
  readonly localExports: readonly string[];
  readonly indirectExports: readonly IndirectExport[];
  /** Requests of `export * from …`. */
  readonly starExports: readonly number[];
  /** Then the function is async; otherwise it is a generator whose first step only registers the exports. */
  readonly hasTopLevelAwait: boolean;
}

/** Options under which acorn reads a module. */
export const moduleOptions = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true } as const;

/** Rewrites a module. Throws acorn's SyntaxError, with its offset in `pos`. */
export function rewriteModule(source: string, parser: Parser): RewrittenModule {
  return new ModuleRewriter(source, parser.parse(source, moduleOptions)).rewrite();
}

/** Edits that make every `import()` of a script call `name` instead. */
export function redirectDynamicImports(tree: Node, name: string): Edit[] {
  const own =
    tree.type === 'ImportExpression' ? [{ at: tree.start, remove: 'import'.length, insert: name }] : [];
  return [...own, ...childrenOf(tree).flatMap((child) => redirectDynamicImports(child, name))];
}

class ModuleRewriter {
  readonly #source: string;
  readonly #tree: Node;
  readonly #edits: Edit[] = [];
  readonly #requests: ModuleRequest[] = [];
  readonly #imports = new Map<string, ImportedName>();
  readonly #getters = new Map<string, string>();
  readonly #indirect: IndirectExport[] = [];
  readonly #stars: number[] = [];
  readonly #import: string;
  readonly #export: string;
  readonly #default: string;
  #isDefaultAnonymousFunction = false;
  #hasTopLevelAwait = false;

  constructor(source: string, tree: Node) {
    this.#source = source;
    this.#tree = tree;
    const unused = (name: string): string => (source.includes(name) ? unused(`$${name}`) : name);
    this.#import = unused('$import');
    this.#export = unused('$export');
    this.#default = unused('$default');
  }

  rewrite(): RewrittenModule {
    const statements = nodesIn(this.#tree['body']);
    for (const statement of statements)
      if (statement.type === 'ImportDeclaration') this.#readImport(statement);
    for (const statement of statements) this.#readExport(statement);
    if (this.#source.startsWith('#!')) this.#blank(0, this.#source.search(/\n|$/));
    for (const statement of statements) this.#walk(statement, [], true);
    const edits = this.#edits.toSorted((one, other) => one.at - other.at);
    const prologue: Edit = { at: 0, remove: 0, insert: this.#prologue() };
    const all =
      edits[0]?.at === 0
        ? [{ ...edits[0], insert: prologue.insert + edits[0].insert }, ...edits.slice(1)]
        : [prologue, ...edits];
    return {
      code: `${applyEdits(this.#source, all)}\n})`,
      edits: all,
      requests: this.#requests,
      imports: [...this.#imports.values()],
      localExports: [...this.#getters.keys()],
      indirectExports: this.#indirect,
      starExports: this.#stars,
      hasTopLevelAwait: this.#hasTopLevelAwait,
    };
  }

  #prologue(): string {
    const getters = [...this.#getters]
      .map(([name, local]) => `${JSON.stringify(name)}:()=>${local}`)
      .join(',');
    const head = this.#hasTopLevelAwait ? 'async function' : 'function*';
    const naming = this.#isDefaultAnonymousFunction
      ? `Object.defineProperty(${this.#default},"name",{value:"default",configurable:true});`
      : '';
    const step = this.#hasTopLevelAwait ? '' : 'yield;';
    return `(${head}(${this.#import},${this.#export}){"use strict";${this.#export}({__proto__:null,${getters}});${naming}${step}`;
  }

  #request(statement: Node): number {
    const specifier = nameOf(nodeIn(statement['source']));
    const attributes = Object.fromEntries(
      nodesIn(statement['attributes']).map((each) => [
        nameOf(nodeIn(each['key'])),
        nameOf(nodeIn(each['value'])),
      ]),
    );
    const same = (other: ModuleRequest): boolean =>
      other.specifier === specifier && JSON.stringify(other.attributes) === JSON.stringify(attributes);
    const index = this.#requests.findIndex(same);
    return index >= 0 ? index : this.#requests.push({ specifier, attributes }) - 1;
  }

  #readImport(statement: Node): void {
    const request = this.#request(statement);
    for (const specifier of nodesIn(statement['specifiers'])) {
      const imported = specifier['imported'];
      const name =
        specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : isNode(imported)
            ? nameOf(imported)
            : undefined;
      this.#imports.set(nameOf(nodeIn(specifier['local'])), { request, name, at: specifier.start });
    }
    this.#blank(statement.start, statement.end);
  }

  #readExport(statement: Node): void {
    if (statement.type === 'ExportAllDeclaration') {
      const request = this.#request(statement);
      const exported = statement['exported'];
      if (isNode(exported)) {
        this.#indirect.push({ exported: nameOf(exported), request, name: undefined, at: statement.start });
      } else this.#stars.push(request);
      this.#blank(statement.start, statement.end);
    } else if (statement.type === 'ExportNamedDeclaration') this.#readNamedExport(statement);
    else if (statement.type === 'ExportDefaultDeclaration') this.#readDefaultExport(statement);
  }

  #readNamedExport(statement: Node): void {
    const { declaration, source } = statement;
    if (isNode(declaration)) {
      for (const name of declaredNames(declaration)) this.#getters.set(name, name);
      this.#blank(statement.start, declaration.start);
      return;
    }
    const request = isNode(source) ? this.#request(statement) : undefined;
    for (const specifier of nodesIn(statement['specifiers'])) {
      const local = nameOf(nodeIn(specifier['local']));
      const exported = nameOf(nodeIn(specifier['exported']));
      const imported = this.#imports.get(local);
      if (request !== undefined) this.#indirect.push({ exported, request, name: local, at: specifier.start });
      else if (imported) this.#indirect.push({ ...imported, exported });
      else this.#getters.set(exported, local);
    }
    this.#blank(statement.start, statement.end);
  }

  #readDefaultExport(statement: Node): void {
    const declaration = nodeIn(statement['declaration']);
    const id = declaration['id'];
    const isDeclaration = /^(?:Function|Class)Declaration$/.test(declaration.type);
    if (isDeclaration && isNode(id)) {
      this.#getters.set('default', nameOf(id));
      this.#blank(statement.start, declaration.start);
      return;
    }
    this.#getters.set('default', this.#default);
    if (declaration.type === 'FunctionDeclaration') {
      this.#blank(statement.start, declaration.start);
      this.#isDefaultAnonymousFunction = true;
      const parameters = this.#source.indexOf('(', declaration.start);
      this.#insert(parameters, ` ${this.#default}`);
      return;
    }
    // Parentheses around the expression are not part of its node.
    const text = this.#source.slice(statement.start, statement.end);
    const start = statement.start + (/^export\s+default/.exec(text)?.[0].length ?? 0);
    this.#blank(statement.start, start);
    // As a property of that name, an anonymous function or class is called "default".
    this.#insert(start, `const ${this.#default}={default:`);
    this.#insert(text.endsWith(';') ? statement.end - 1 : statement.end, '}.default;');
  }

  #walk(node: Node, scopes: readonly ReadonlySet<string>[], isTopLevel: boolean, parent?: Node): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return;
      case 'ExportNamedDeclaration':
        if (!isNode(node['declaration'])) return;
        break;
      case 'Identifier':
        return this.#reference(node, scopes, parent);
      case 'MetaProperty':
        if (nameOf(nodeIn(node['meta'])) === 'import') this.#replace(node, `${this.#import}.meta`);
        return;
      case 'ImportExpression':
        this.#edits.push({ at: node.start, remove: 'import'.length, insert: `${this.#import}.dynamic` });
        break;
      case 'AwaitExpression':
        if (isTopLevel) this.#hasTopLevelAwait = true;
        break;
      case 'ForOfStatement':
        if (isTopLevel && node['await'] === true) this.#hasTopLevelAwait = true;
        break;
    }
    const names = namesOfScope(node);
    const inner = names.size > 0 ? [...scopes, names] : scopes;
    const remains =
      isTopLevel && !isFunction(node) && !/^(?:PropertyDefinition|StaticBlock)$/.test(node.type);
    for (const child of childrenOf(node)) {
      if (!isPlainName(node, child)) this.#walk(child, inner, remains, node);
    }
  }

  #reference(node: Node, scopes: readonly ReadonlySet<string>[], parent: Node | undefined): void {
    const local = nameOf(node);
    const imported = this.#imports.get(local);
    if (!imported || scopes.some((scope) => scope.has(local))) return;
    const module = `${this.#import}[${imported.request}]`;
    const value =
      imported.name === undefined
        ? `${module}.namespace`
        : `${module}.names[${JSON.stringify(imported.name)}]`;
    if (parent?.type === 'Property' && parent['shorthand'] === true)
      return this.#replace(node, `${local}:${value}`);
    const isCalled =
      (parent?.type === 'CallExpression' && parent['callee'] === node) ||
      (parent?.type === 'TaggedTemplateExpression' && parent['tag'] === node);
    if (!isCalled) return this.#replace(node, value);
    // A line that begins with a parenthesis would go on with the line before it.
    const begin = this.#beginsStatement(node.start) ? 'void 0,' : '';
    this.#replace(node, `${begin}(0,${value})`);
  }

  #beginsStatement(offset: number): boolean {
    return this.#statementStarts().has(offset);
  }

  #starts: Set<number> | undefined;

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

  #replace(node: Node, insert: string): void {
    this.#edits.push({ at: node.start, remove: node.end - node.start, insert });
  }

  #insert(at: number, insert: string): void {
    this.#edits.push({ at, remove: 0, insert });
  }

  /** Turns a range into spaces, line by line. */
  #blank(from: number, to: number): void {
    let at = from;
    for (const part of this.#source.slice(from, to).split(/(\r\n|[\n\r\u2028\u2029])/)) {
      if (part.trim() !== '') this.#edits.push({ at, remove: part.length, insert: blank(part) });
      at += part.length;
    }
  }
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
