/**
 * Which statement threw an error. While a debugger is attached to the page, V8 tells only where the error was made, so the
 * syntax tree has to say what threw it: exact for `throw new Error()`, the likeliest statement otherwise.
 */
import { moduleOptions } from './esm/rewrite.ts';
import { parserOf } from './esm/syntax-error.ts';
import { childrenOf, isFunction, isNode, type Node } from './esm/syntax-tree.ts';
import type { ProcessRealm } from './create-realm.ts';
import { placeInText, positionIn, type Position } from './source-registry.ts';

/** How an expression begins that makes an error. */
const making = /^(?:new\b|\w*Error\s*\()/;

/** The statement that threw an error, given the frames of its making from the innermost; undefined if none is known. */
export function throwSiteOf(realm: ProcessRealm, frames: readonly Position[]): Position | undefined {
  for (const [depth, frame] of frames.entries()) {
    const text = realm.sources.textAt(frame);
    const tree = text === undefined ? undefined : parse(realm, text);
    if (text === undefined || !tree) continue;
    // What V8 throws itself is thrown where it is made.
    if (depth === 0 && !making.test(text.slice(offsetOf(text, frame)))) return undefined;
    const source = frame.source ?? { text, edits: [] };
    const path = pathTo(tree, offsetOf(text, frame));
    const around = path.findLast((node) => node.type === 'ThrowStatement' || isFunction(node));
    if (around?.type === 'ThrowStatement') return positionIn(frame.name, source, around.start);
    // Made first and thrown later, in the same function.
    const made = path.at(-1)?.start ?? 0;
    const later = throwsIn(around ?? tree).find((node) => node.start > made && throwsVariable(node));
    if (later) return positionIn(frame.name, source, later.start);
    const [only, ...others] = depth === 0 ? throwsIn(tree, true).filter(throwsVariable) : [];
    if (only && others.length === 0) return positionIn(frame.name, source, only.start);
    if (depth > 0 && frame.name.startsWith('node:')) return undefined;
  }
  return undefined;
}

function throwsVariable({ argument }: Node): boolean {
  return isNode(argument) && argument.type === 'Identifier';
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

function offsetOf(text: string, position: Position): number {
  const { line, column } = placeInText(position);
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((offset, each) => offset + each.length + 1, 0) + column - 1;
}
