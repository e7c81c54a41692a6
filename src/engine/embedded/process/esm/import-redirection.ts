/** Makes `import()` call a function of the engine, because the browser's own knows nothing of a program's files. */
import { compareEdits, type Edit } from './edits.ts';
import { childrenOf, isNode, nodesIn, type Node, type Parser } from './syntax-tree.ts';

/** Edits that make every `import()` of a script call `name` instead, in code that it gives to `eval` too. */
export function redirectDynamicImports(tree: Node, name: string): Edit[] {
  const own =
    tree.type === 'ImportExpression'
      ? [{ at: tree.start, remove: 'import'.length, insert: name }]
      : redirectEval(tree, name);
  return [...own, ...childrenOf(tree).flatMap((child) => redirectDynamicImports(child, name))];
}

/**
 * Edits that let `name.redirect` prepare the code that `eval` gets. That of a direct `eval` calls `name` for `import()`;
 * any other code does not see `name`.
 */
export function redirectEval(node: Node, name: string): Edit[] {
  const [code] = nodesIn(node['arguments']);
  const callee = node['callee'];
  if (node.type !== 'CallExpression' || !isNode(callee) || !code || code.type === 'SpreadElement') return [];
  const isDirect = callee['name'] === 'eval';
  // As in `(0, eval)(code)`, which V8 places at the parenthesis.
  const isIndirect =
    callee.type === 'SequenceExpression' && nodesIn(callee['expressions']).at(-1)?.['name'] === 'eval';
  if (!isDirect && !isIndirect) return [];
  const place = isDirect ? `${JSON.stringify(name)},eval,${node.start}` : `"",eval,${code.start - 1}`;
  return [
    { at: code.start, remove: 0, insert: `${name}.redirect(` },
    { at: code.end, remove: 0, insert: `,${place})` },
  ];
}

/** What may have to change in code that `eval` gets. */
const mayNeedEdits = /\bimport\b|\beval\b/;

/** Edits of code that a direct `eval` gets: its `import()` calls `name`. */
export function evaluatedEdits(parser: Parser, code: string, name: string): Edit[] {
  if (!mayNeedEdits.test(code)) return [];
  try {
    const tree = parser.parse(code, {
      ecmaVersion: 'latest',
      sourceType: 'script',
      allowAwaitOutsideFunction: true,
    });
    return redirectDynamicImports(tree, name).toSorted(compareEdits);
  } catch {
    // V8 says better what is wrong.
    return [];
  }
}
