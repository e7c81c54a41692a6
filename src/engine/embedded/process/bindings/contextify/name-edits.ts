/** Edits of names, of `this` and of `eval` where `with` alone gets them wrong: they go through the helper. */
import {
  childrenOf,
  isFunction,
  isNode,
  isStrict,
  nameOf,
  namesOfScope,
  nodeIn,
  type Node,
} from '../../esm/syntax-tree.ts';
import type { EditList } from './edit-list.ts';

/** Where a node stands. */
export interface Place {
  readonly scopes: readonly ReadonlySet<string>[];
  readonly isStrict: boolean;
  readonly isInFunction: boolean;
  /** Whether `this` is what a function was called on, so that it may be the scope; and whether it is undefined then. */
  readonly receiver: 'sloppy' | 'strict' | undefined;
}

/** Edits a node at a place and what is in it; `isHidden` knows the names that the scope may have to hide. */
export function editNames(
  list: EditList,
  isHidden: (name: string) => boolean,
  node: Node,
  place: Place,
  parent?: Node,
): void {
  const { helper } = list;
  if (node.type === 'UnaryExpression' && node['operator'] === 'typeof') {
    const argument = node['argument'];
    // An unknown name has the type "undefined", where the scope would throw.
    if (isNode(argument) && argument.type === 'Identifier') {
      const name = nameOf(argument);
      if (isFree(name, place) && isHidden(name)) list.insert(argument.start, `${helper}.known.`);
    }
  } else if (node.type === 'ThisExpression' && place.receiver) {
    const self = place.receiver === 'strict' ? 'receiver' : 'self';
    list.replace(node.start, 'this', `${helper}.${self}(this)`);
  } else if (isBlockFunction(node, parent) && !place.isInFunction && !place.isStrict) {
    const name = nameOf(nodeIn(node['id']));
    list.insert(node.start, `{let ${list.newName()}=${helper}.enter(()=>({${name}}));}`);
  } else if (isIndirectEval(node, parent) && isFree('eval', place)) {
    list.replace(node.start, 'eval', `${helper}.eval`);
  } else if (node.type === 'CallExpression' && !place.isInFunction) {
    const callee = nodeIn(node['callee']);
    // Outside of functions, direct eval declares in the context.
    if (callee.type === 'Identifier' && nameOf(callee) === 'eval' && isFree('eval', place))
      list.replace(callee.start, 'eval', `${helper}.eval`);
  }
  const inner = placeIn(node, place, parent);
  for (const child of childrenOf(node)) editNames(list, isHidden, child, inner, node);
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

/** A function in a block, which sloppy mode also declares for the whole script. */
function isBlockFunction(node: Node, parent: Node | undefined): boolean {
  return (
    node.type === 'FunctionDeclaration' &&
    (parent?.type === 'BlockStatement' || parent?.type === 'SwitchCase') &&
    node['async'] !== true &&
    node['generator'] !== true
  );
}
