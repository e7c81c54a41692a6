/** Where text that `eval` or `Function` compiled comes from, in V8's words: `eval at <function> (<file>:<line>:<column>)`. */
import type { Position, SourceRegistry } from './source-registry.ts';

/** Begins the name of a text that has no other, as `encodeName` writes it. */
const encodedStart = '\n//# sourceURL=eval%20at%20';
const ownComment = /\n\/\/# sourceURL=eval%20at%20\S*(?=\n\}$)/;

const written = /^eval at (.*?) \((.*)\)$/s;

/** The origin of a text that was compiled in a function, undefined for one without a name, at a place. */
export function describeOrigin(functionName: string | null, place: string): string {
  const isNamed = functionName !== null && functionName !== '' && functionName !== 'eval';
  return `eval at ${isNamed ? functionName : '<anonymous>'} (${place})`;
}

/** An origin in V8's words with files by their names, and the place in the file where it is known. */
export function correctOrigin(sources: SourceRegistry, origin: string, caller: Position | undefined): string {
  const [, functionName = null, place = ''] = written.exec(origin) ?? [];
  if (functionName === null) return origin;
  if (place.startsWith('eval at '))
    return describeOrigin(functionName, correctOrigin(sources, place, undefined));
  if (caller && !caller.source?.evaluated) return describeOrigin(functionName, placeOf(caller));
  const position = sources.original({ name: place, line: 1, column: 1 });
  return describeOrigin(functionName, position.source?.evaluated?.origin ?? position.name);
}

/** A place as V8 writes it. */
export function placeOf({ name, line, column }: Position): string {
  return `${name}:${line}:${column}`;
}

/** The text of a function without the comment that named it for the engine. */
export function withoutOwnName(text: string): string {
  return text.includes(encodedStart) ? text.replace(ownComment, '') : text;
}
