/** The line of the original source that Node's library finds for a place, where a program runs with source maps. */
import type { Realm } from './realm.ts';
import type { Position } from './source-registry.ts';

/** Node's function: file, line from 1 and column from 0 to what Node prints above an error, if there is a map. */
export type ErrorSource = (name: string, line: number, column: number) => string | undefined;

interface SourceMapLines {
  isEnabled: boolean;
  find: ErrorSource;
}

const byProcess = new WeakMap<object, SourceMapLines>();

/** What a process knows of its source maps. */
export function sourceMapLinesOf({ info }: Pick<Realm, 'info'>): SourceMapLines {
  const known = byProcess.get(info) ?? { isEnabled: false, find: () => undefined };
  byProcess.set(info, known);
  return known;
}

/** File, line, source line and caret of the original source, each with its line break; undefined without a map. */
export function originalLineOf(realm: Pick<Realm, 'info'>, position: Position): string | undefined {
  const { isEnabled, find } = sourceMapLinesOf(realm);
  return isEnabled ? find(position.name, position.line, position.column - 1) : undefined;
}
