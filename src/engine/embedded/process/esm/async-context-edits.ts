/**
 * Edits that keep the async context across `await`. V8 hands it on for Node; in a page the code has to do so itself:
 * a function notes the context in a variable when it stops, and goes on by setting what it noted; so do the `catch`
 * and `finally` of what it awaits and the turns of `for await`. The variable is undefined while the function runs.
 */
import type { Edit } from './edits.ts';
import { childrenOf, isFunction, isNode, nodeIn, nodesIn, type Node } from './syntax-tree.ts';

const frame = '$asyncFrame';

/** What contains an `await`. */
interface Activation {
  /** Whether there is a place for a variable: the body of an arrow function may be an expression. */
  readonly hasVariable: boolean;
  /** Whether what it returns resolves a promise. */
  readonly isAsync: boolean;
  needsVariable: boolean;
}

/** Edits for a whole file. `context` is an expression with the functions of `AsyncContext`. */
export function asyncContextEdits(tree: Node, context: string): Edit[] {
  const edits: Edit[] = [];
  const insert = (at: number, text: string): void => void edits.push({ at, remove: 0, insert: text });
  const suspend = `${frame}=${context}.suspend()`;
  const recall = `${context}.recall(${frame});${frame}=void 0;`;

  /** What resolves a promise may have a `then` of its own, which is called later. */
  const adopt = (value: Node): void => {
    const [open, close] = value.type === 'SequenceExpression' ? ['((', ')'] : ['(', ''];
    insert(value.start, `${context}.adopt${open}`);
    visitChild(value);
    insert(value.end, `${close})`);
  };
  let activation: Activation = { hasVariable: true, isAsync: false, needsVariable: false };
  let parent: Node | undefined;
  const visitChild = (node: Node): void => {
    const [outerParent, outer] = [parent, activation];
    visit(node);
    [parent, activation] = [outerParent, outer];
  };
  const visitChildren = (node: Node): void => {
    parent = node;
    for (const child of childrenOf(node)) visitChild(child);
  };

  const visit = (node: Node): void => {
    if (isFunction(node)) return visitFunction(node);
    if (node.type === 'AwaitExpression') return visitAwait(node);
    if (node.type === 'TryStatement') return visitTry(node);
    if (node.type === 'ReturnStatement' && activation.isAsync && isNode(node['argument'])) {
      parent = node;
      return adopt(node['argument']);
    }
    // A label has to stand right before its loop.
    if (parent?.type !== 'LabeledStatement' && isForAwait(unlabelled(node))) {
      activation.needsVariable = true;
      insert(node.start, `{${suspend};`);
      visitLoop(node);
      return insert(node.end, `${recall}}`);
    }
    return visitLoop(node);
  };

  const visitFunction = (node: Node): void => {
    const body = nodeIn(node['body']);
    const hasVariable = body.type === 'BlockStatement';
    const isAsync = node['async'] === true && node['generator'] !== true;
    const own: Activation = { hasVariable, isAsync, needsVariable: false };
    activation = own;
    parent = node;
    for (const child of childrenOf(node)) {
      if (child === body && isAsync && !hasVariable) adopt(body);
      else visitChild(child);
    }
    if (own.needsVariable) insert(body.end - 1, `;var ${frame};`);
  };

  const visitAwait = (node: Node): void => {
    const { hasVariable } = activation;
    const begin = hasVariable ? 'resume(' : `restore(${context}.suspend(),`;
    const insertion = `${context}.${begin}await ${context}.adopt(`;
    edits.push({ at: node.start, remove: 'await'.length, insert: insertion });
    activation.needsVariable ||= hasVariable;
    visitChildren(node);
    insert(node.end, hasVariable ? `,${suspend}),${frame},${frame}=void 0)` : '))');
  };

  const visitTry = (node: Node): void => {
    if (awaits(node)) {
      for (const part of [node['handler'], node['finalizer']]) {
        if (isNode(part))
          insert((part.type === 'CatchClause' ? nodeIn(part['body']) : part).start + 1, recall);
      }
    }
    visitChildren(node);
  };

  const visitLoop = (node: Node): void => {
    if (!isForAwait(node)) return visitChildren(node);
    const body = nodeIn(node['body']);
    const [begin, end] = [`${recall}try{`, `}finally{${suspend}}`];
    const isBlock = body.type === 'BlockStatement';
    if (isBlock) insert(body.start + 1, begin);
    else insert(body.start, `{${begin}`);
    visitChildren(node);
    if (isBlock) insert(body.end - 1, end);
    else insert(body.end, `${end}}`);
  };

  visitChildren(tree);
  const [first] = nodesIn(tree['body']);
  const declaration =
    activation.needsVariable && first ? [{ at: first.start, remove: 0, insert: `var ${frame};` }] : [];
  return [...declaration, ...edits];
}

function isForAwait(node: Node): boolean {
  return node.type === 'ForOfStatement' && node['await'] === true;
}

function unlabelled(node: Node): Node {
  return node.type === 'LabeledStatement' ? unlabelled(nodeIn(node['body'])) : node;
}

function awaits(node: Node): boolean {
  return (
    node.type === 'AwaitExpression' ||
    isForAwait(node) ||
    childrenOf(node).some((child) => !isFunction(child) && awaits(child))
  );
}
