/**
 * Where an exception was thrown. V8 tells a page only where an error was made, so the program's syntax tree has to say
 * which statement threw it: exact for `throw new Error()`, the likeliest statement otherwise.
 */
import { moduleOptions } from './esm/rewrite.ts';
import { parserOf } from './esm/syntax-error.ts';
import { childrenOf, isFunction, isNode, type Node } from './esm/syntax-tree.ts';
import type { ProcessRealm } from './create-realm.ts';
import { positionAt, type Position } from './source-registry.ts';

/** The statement that threw an error, given the error's frames from the innermost; undefined if none is known. */
export function throwSiteOf(realm: ProcessRealm, frames: readonly Position[]): Position | undefined {
  for (const frame of frames) {
    const text = realm.sources.text(frame.name);
    const tree = text === undefined ? undefined : parse(realm, text);
    if (text === undefined || !tree) continue;
    const path = pathTo(tree, offsetOf(text, frame));
    const around = path.findLast((node) => node.type === 'ThrowStatement' || isFunction(node));
    if (around?.type === 'ThrowStatement') return positionAt(frame.name, text, around.start);
    // Made first and thrown later, in the same function.
    const made = path.at(-1)?.start ?? 0;
    const later = throwsIn(around ?? tree).find(
      (node) => node.start > made && isNode(node['argument']) && node['argument'].type === 'Identifier',
    );
    if (later) return positionAt(frame.name, text, later.start);
    if (frame.name.startsWith('node:')) return undefined;
  }
  return undefined;
}

/** The statement of the program that threw a value which is no error: the one whose argument looks most like it. */
export function throwSiteOfValue(realm: ProcessRealm, value: unknown): Position | undefined {
  let best: Position | undefined;
  let bestScore = 0;
  for (const [name, text] of realm.sources.files()) {
    const tree = parse(realm, text);
    for (const statement of tree ? throwsIn(tree, true) : []) {
      const score = likeness(statement['argument'], value);
      if (score <= bestScore) continue;
      best = positionAt(name, text, statement.start);
      bestScore = score;
    }
  }
  return best;
}

function likeness(argument: unknown, value: unknown): number {
  if (!isNode(argument)) return 0;
  const isObject = typeof value === 'object' && value !== null;
  switch (argument.type) {
    case 'Literal':
      return argument['value'] === value ? 4 : 0;
    case 'TemplateLiteral':
      return typeof value === 'string' ? 3 : 0;
    case 'ObjectExpression':
    case 'ArrayExpression':
      return isObject ? 3 : 0;
    case 'NewExpression':
      return isObject ? 1 : 0;
    default:
      return 2;
  }
}

function parse(realm: ProcessRealm, text: string): Node | undefined {
  for (const sourceType of ['module', 'commonjs']) {
    try {
      return parserOf(realm).parse(text, { ...moduleOptions, sourceType });
    } catch {
      // A CommonJS module may be no ES module; a file that is neither has not thrown anything.
    }
  }
  return undefined;
}

/** Throw statements, without those of functions inside unless `isDeep`, in the order of the text. */
function throwsIn(node: Node, isDeep = false): Node[] {
  const own = node.type === 'ThrowStatement' ? [node] : [];
  const inner = childrenOf(node).filter((child) => isDeep || !isFunction(child));
  return [...own, ...inner.flatMap((child) => throwsIn(child, isDeep))];
}

/** The nodes around an offset, outermost first. */
function pathTo(node: Node, offset: number): Node[] {
  const child = childrenOf(node).find(({ start, end }) => start <= offset && offset < end);
  return child ? [node, ...pathTo(child, offset)] : [node];
}

function offsetOf(text: string, { line, column }: Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((offset, each) => offset + each.length + 1, 0) + column - 1;
}
