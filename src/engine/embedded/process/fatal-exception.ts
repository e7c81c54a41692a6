/** An exception that nobody caught: Node's report on stderr, and the end of the process. */
import type { ProcessRealm } from './create-realm.ts';
import type { Position } from './source-registry.ts';
import { throwSiteOf, throwSiteOfValue } from './throw-site.ts';

const genericUserError = 1;

/** Lets the program handle an exception; otherwise reports it as Node's C++ does and ends the process with its exit code. */
export function triggerUncaughtException(realm: ProcessRealm, error: unknown, fromPromise: boolean): void {
  const handler = realm.process['_fatalException'];
  if (typeof handler !== 'function') {
    realm.streams.write(2, encode(realm, `${describe(error)}\n`));
    return realm.exit(genericUserError);
  }
  // Node's own function; true means that the program goes on.
  const isHandled: unknown = Reflect.apply(handler as () => unknown, realm.process, [error, fromPromise]);
  if (isHandled !== false) return;
  const report = `${locate(realm, error, fromPromise)}${print(realm, error)}\n\nNode.js ${realm.library.facts.version}\n`;
  realm.streams.write(2, encode(realm, report));
  const code = realm.process['exitCode'];
  realm.exit(typeof code === 'number' && code !== 0 ? code : genericUserError);
}

/** The file, line, source line and caret, with the empty line that Node prints after them, or before them for a value. */
function locate(realm: ProcessRealm, error: unknown, fromPromise: boolean): string {
  const decorated = isObject(error) ? arrowMessage(realm, error) : undefined;
  if (decorated?.isInStack) return '';
  if (decorated?.arrow) return `${decorated.arrow}\n\n`;
  if (!(error instanceof Error)) {
    const site = fromPromise ? reporterOfLibrary(realm) : throwSiteOfValue(realm, error);
    return `\n${site ? pointTo(site, realm.sources.line(site.name, site.line)) : ''}`;
  }
  const isAssertion = Reflect.get(error, 'code') === 'ERR_ASSERTION';
  const known = fromPromise && isAssertion ? reporterOfLibrary(realm) : undefined;
  const frames = realm.stackTraces.positionsOf(error);
  // A rejection points at the error's making, an exception at the statement that threw it.
  const site =
    known ?? (fromPromise ? frames[0] : (throwOfLibrary(realm, error) ?? throwSiteOf(realm, frames)));
  const position = site ?? frames[0];
  if (!position) return 'Uncaught:\n';
  return `${pointTo(position, realm.sources.line(position.name, position.line))}\n`;
}

function pointTo({ name, line, column }: Position, text = ''): string {
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  // The only comment that shows up this way; our copy of Node's library comes without comments.
  const comment = name === 'node:events' && text.trim() === 'throw er;' ? " // Unhandled 'error' event" : '';
  return `${name}:${line}\n${text}${comment}\n${indent}^\n`;
}

function arrowMessage(realm: ProcessRealm, error: object): { arrow: string | undefined; isInStack: boolean } {
  const arrow = realm.privateSymbol('arrow_message_private_symbol').of(error).value;
  const isDecorated = realm.privateSymbol('decorated_private_symbol').of(error).value === true;
  return { arrow: typeof arrow === 'string' ? arrow : undefined, isInStack: isDecorated };
}

/** Where Node's own library throws an error that was made elsewhere. */
function throwOfLibrary(realm: ProcessRealm, error: Error): Position | undefined {
  const { kEnhanceStackBeforeInspector: emitted, kIsNodeError: coded } =
    realm.requireBuiltin('internal/errors');
  if (typeof emitted === 'symbol' && emitted in error) return statementOf(realm, 'events', 'throw er;');
  if (error.name === 'DeprecationWarning' && realm.process['throwDeprecation'] === true) {
    return statementOf(realm, 'internal/process/warning', 'throw warning;');
  }
  if (Reflect.get(error, 'code') === 'ERR_ASSERTION') {
    return statementOf(realm, 'assert', 'throw new AssertionError(obj);');
  }
  const [frame] = realm.stackTraces.positionsOf(error);
  if (typeof coded !== 'symbol' || !(coded in error) || !frame?.name.startsWith('node:')) return undefined;
  // The library hides the frames of its checks by throwing their errors again.
  return throwSiteOf(realm, [frame]) ?? statementOf(realm, 'internal/errors', 'throw error;');
}

/** The call that reports what an ES module threw. */
function reporterOfLibrary(realm: ProcessRealm): Position | undefined {
  return statementOf(realm, 'internal/modules/run_main', 'triggerUncaughtException(');
}

function statementOf(realm: ProcessRealm, id: string, statement: string): Position | undefined {
  const lines = realm.library.source(id)?.split('\n') ?? [];
  const index = lines.findIndex((line) => line.trimStart().startsWith(statement));
  const column = lines[index]?.indexOf(statement) ?? 0;
  return index < 0 ? undefined : { name: `node:${id}`, line: index + 1, column: column + 1 };
}

function print(realm: ProcessRealm, error: unknown): string {
  if (error instanceof Error) return realm.enhanceStack(error);
  if (!isObject(error)) {
    const hint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)';
    return `${typeof error === 'symbol' ? '' : String(error)}\n${hint}`;
  }
  const inspect = realm.requireBuiltin('internal/util/inspect')['inspect'];
  // Node's `util.inspect`, whose default options are meant.
  return typeof inspect === 'function'
    ? String((inspect as (value: unknown) => unknown)(error))
    : describe(error);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function encode(realm: ProcessRealm, text: string): Uint8Array {
  return new realm.host.TextEncoder().encode(text);
}
