/** Makes `import()` call a function of the engine, because the browser's own knows nothing of a program's files. */
import { applyEdits, compareEdits, type Edit } from './edits.ts';
import { childrenOf, isNode, nodesIn, type Node, type Parser } from './syntax-tree.ts';

/** Edits that make every `import()` of a script call `name` instead, in code that it gives to `eval` too. */
export function redirectDynamicImports(tree: Node, name: string): Edit[] {
  const own =
    tree.type === 'ImportExpression'
      ? [{ at: tree.start, remove: 'import'.length, insert: name }]
      : redirectEval(tree, name);
  return [...own, ...childrenOf(tree).flatMap((child) => redirectDynamicImports(child, name))];
}

/** Edits that let `name.redirect` rewrite the code that a direct `eval` gets: its `import()` is to call `name`. */
export function redirectEval(node: Node, name: string): Edit[] {
  const [code] = nodesIn(node['arguments']);
  const isEval =
    node.type === 'CallExpression' && isNode(node['callee']) && node['callee']['name'] === 'eval';
  if (!isEval || !code || code.type === 'SpreadElement') return [];
  return [
    { at: code.start, remove: 0, insert: `${name}.redirect(` },
    { at: code.end, remove: 0, insert: `,${JSON.stringify(name)})` },
  ];
}

/** What `eval` is to get in place of `code`: its `import()` calls `name`. Anything but code stays as it is. */
export function redirectImportsIn(parser: Parser, code: unknown, name: string): unknown {
  if (typeof code !== 'string' || !/\bimport\b/.test(code)) return code;
  try {
    const tree = parser.parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowAwaitOutsideFunction: true,
    });
    return applyEdits(code, redirectDynamicImports(tree, name).toSorted(compareEdits));
  } catch {
    // V8 says better what is wrong.
    return code;
  }
}
