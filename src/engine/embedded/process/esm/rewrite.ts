/**
 * Rewrites an ES module into a function, which a browser can run without a URL. An import that cannot change becomes a
 * constant; every reference to one that can becomes a read from the exporting module; every export becomes a getter.
 * Lines stay, and the edits tell where columns went.
 */
import { asyncContextEdits } from './async-context-edits.ts';
import { applyEdits, blank, compareEdits, type Edit } from './edits.ts';
import { readImport, References } from './references.ts';
import {
  childrenOf,
  assignedNames,
  declaredNames,
  isFunction,
  isNode,
  nameOf,
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
  /** What the module calls it. */
  readonly local: string;
  /** Offset in the source. */
  readonly at: number;
}

/** `export { name as exported } from …` or of an imported name; without a name, the namespace. */
export interface IndirectExport extends ImportedName {
  readonly exported: string;
}

/** A module as a function. */
export interface WrittenModule {
  /** An expression that evaluates to the function. */
  readonly code: string;
  readonly edits: readonly Edit[];
}

/** What linking needs to know of a module. */
export interface RewrittenModule {
  readonly requests: readonly ModuleRequest[];
  readonly imports: readonly ImportedName[];
  readonly localExports: readonly string[];
  /** Local exports that keep the value that they are declared with. */
  readonly constantExports: ReadonlySet<string>;
  readonly indirectExports: readonly IndirectExport[];
  /** Requests of `export * from …`. */
  readonly starExports: readonly number[];
  /** Then the function is async; otherwise it is a generator whose first step only registers the exports. */
  readonly hasTopLevelAwait: boolean;
  /** Writes the function, once linking has told which imports have to be read again at every use. */
  write(isLive: (imported: ImportedName) => boolean): WrittenModule;
}

/** What a process asks of its modules. */
export interface RewriteOptions {
  /** Keep the async context across `await`, which V8 does for Node but not for a page. */
  readonly tracksAsyncContext?: boolean;
  /** What else is to change. */
  readonly extraEdits?: readonly Edit[];
}

/** Options under which acorn reads a module. */
export const moduleOptions = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true } as const;

/** Reads a module. Throws acorn's SyntaxError, with its offset in `pos`. */
export function rewriteModule(source: string, parser: Parser, options: RewriteOptions = {}): RewrittenModule {
  return new ModuleRewriter(source, parser.parse(source, moduleOptions), options).rewrite();
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
  readonly #tracksAsyncContext: boolean;
  readonly #extraEdits: readonly Edit[];
  #isDefaultAnonymousFunction = false;

  constructor(source: string, tree: Node, { tracksAsyncContext = false, extraEdits = [] }: RewriteOptions) {
    this.#source = source;
    this.#tree = tree;
    this.#tracksAsyncContext = tracksAsyncContext;
    this.#extraEdits = extraEdits;
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
    const awaits = this.#source.includes('await') ? awaitsIn(this.#tree) : [];
    const assigned = assignedNames(this.#tree);
    return {
      requests: this.#requests,
      imports: [...this.#imports.values()],
      localExports: [...this.#getters.keys()],
      constantExports: new Set(
        [...this.#getters].filter(([, local]) => !assigned.has(local)).map(([exported]) => exported),
      ),
      indirectExports: this.#indirect,
      starExports: this.#stars,
      hasTopLevelAwait: awaits.length > 0,
      write: (isLive) => this.#write(awaits, isLive),
    };
  }

  #write(awaits: readonly Node[], isLive: (imported: ImportedName) => boolean): WrittenModule {
    const imports = [...this.#imports.values()];
    const live = new Map(imports.filter(isLive).map((imported) => [imported.local, imported]));
    const constant = imports.filter(({ local }) => !live.has(local));
    const references =
      live.size > 0 || this.#mayUseHost() ? new References(this.#tree, this.#import, live).edits() : [];
    const tracking = this.#tracksAsyncContext ? asyncContextEdits(this.#tree, this.#import) : [];
    const prologue: Edit = { at: 0, remove: 0, insert: this.#prologue(awaits.length > 0, constant) };
    // Where several end at one offset, what is inside comes first.
    const edits = [
      ...this.#markAwaits(awaits),
      ...tracking,
      ...this.#edits,
      ...references,
      ...this.#extraEdits,
    ].toSorted(compareEdits);
    const all = [prologue, ...edits];
    return { code: `${applyEdits(this.#source, all)}\n})`, edits: all };
  }

  /** Notes, before it awaits, what the module awaits: a program may end there. */
  #markAwaits(awaits: readonly Node[]): Edit[] {
    return awaits.flatMap(({ type, start, argument }) =>
      type === 'AwaitExpression' && isNode(argument)
        ? [
            { at: argument.start, remove: 0, insert: `(${this.#import}.awaitedAt=${start},` },
            { at: argument.end, remove: 0, insert: ')' },
          ]
        : [],
    );
  }

  /** Whether `arguments`, `import.meta`, `import()` or `eval` may occur: seen without the tree, because most modules have none. */
  #mayUseHost(): boolean {
    const isDeclaration = (statement: Node): boolean => statement.type === 'ImportDeclaration';
    const declarations = nodesIn(this.#tree['body']).filter(isDeclaration).length;
    const imports = this.#source.match(/\bimport\b/g)?.length ?? 0;
    // A name may be written with escapes.
    return imports > declarations || /\b(?:arguments|eval)\b|\\u/.test(this.#source);
  }

  #prologue(isAsync: boolean, constants: readonly ImportedName[]): string {
    const getters = [...this.#getters]
      .map(([name, local]) => `${JSON.stringify(name)}:()=>${local}`)
      .join(',');
    const head = isAsync ? 'async function' : 'function*';
    const naming = this.#isDefaultAnonymousFunction
      ? `Object.defineProperty(${this.#default},"name",{value:"default",configurable:true});`
      : '';
    const step = isAsync ? '' : 'yield;';
    const values = constants
      .map((imported) => `${imported.local}=${readImport(this.#import, imported)}`)
      .join(',');
    const declaration = values === '' ? '' : `const ${values};`;
    return `(${head}(${this.#import},${this.#export}){"use strict";${this.#export}({__proto__:null,${getters}});${naming}${step}${declaration}`;
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
      const local = nameOf(nodeIn(specifier['local']));
      this.#imports.set(local, { request, name, local, at: specifier.start });
    }
    this.#blank(statement.start, statement.end);
  }

  #readExport(statement: Node): void {
    if (statement.type === 'ExportAllDeclaration') {
      const request = this.#request(statement);
      const exported = statement['exported'];
      if (isNode(exported)) {
        const name = nameOf(exported);
        this.#indirect.push({ exported: name, request, name: undefined, local: name, at: statement.start });
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
      if (request !== undefined)
        this.#indirect.push({ exported, request, name: local, local, at: specifier.start });
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

/** What awaits outside of functions, in the order of the text. */
function awaitsIn(node: Node): Node[] {
  const isOwn =
    node.type === 'AwaitExpression' ||
    (node.type === 'ForOfStatement' && node['await'] === true) ||
    (node.type === 'VariableDeclaration' && node['kind'] === 'await using');
  const inner = childrenOf(node).filter(
    (child) => !isFunction(child) && !/^(?:PropertyDefinition|StaticBlock)$/.test(child.type),
  );
  return [...(isOwn ? [node] : []), ...inner.flatMap(awaitsIn)];
}
