/**
 * Edits that keep the async context across `await`. V8 hands it on for Node; in a page the code has to do so itself:
 * `await x` becomes `context.restore(context.save(), await x)`, and what follows a rejection or a turn of `for await`
 * begins by restoring what there was before.
 */
import type { Edit } from './edits.ts';
import { childrenOf, isFunction, isNode, nodeIn, type Node } from './syntax-tree.ts';

const frame = '$frame';

/** Edits for a whole file. `context` is an expression with the functions `save`, `set` and `restore`. */
export function asyncContextEdits(tree: Node, context: string): Edit[] {
  const edits: Edit[] = [];
  const insert = (at: number, text: string): void => void edits.push({ at, remove: 0, insert: text });
  const keep = `{const ${frame}=${context}.save();`;
  const recall = `${context}.set(${frame});`;

  const visit = (node: Node, parent: Node | undefined): void => {
    if (node.type === 'TryStatement' && awaits(node)) {
      insert(node.start, keep);
      for (const part of [node['handler'], node['finalizer']]) {
        if (isNode(part))
          insert((part.type === 'CatchClause' ? nodeIn(part['body']) : part).start + 1, recall);
      }
    }
    const isLoop = node.type === 'ForOfStatement' && node['await'] === true;
    // A label has to stand right before its loop.
    const isKept = isLoop && parent?.type !== 'LabeledStatement';
    if (isKept) {
      const body = nodeIn(node['body']);
      insert(node.start, keep);
      if (body.type === 'BlockStatement') insert(body.start + 1, recall);
      else insert(body.start, `{${recall}`);
    }
    if (node.type === 'AwaitExpression') insert(node.start, `${context}.restore(${context}.save(),`);
    for (const child of childrenOf(node)) visit(child, node);
    if (node.type === 'AwaitExpression') insert(node.end, ')');
    if (isKept) insert(node.end, `${nodeIn(node['body']).type === 'BlockStatement' ? '' : '}'}${recall}}`);
    if (node.type === 'TryStatement' && awaits(node)) insert(node.end, '}');
  };

  visit(tree, undefined);
  return edits;
}

function awaits(node: Node): boolean {
  return (
    node.type === 'AwaitExpression' ||
    (node.type === 'ForOfStatement' && node['await'] === true) ||
    childrenOf(node).some((child) => !isFunction(child) && awaits(child))
  );
}
