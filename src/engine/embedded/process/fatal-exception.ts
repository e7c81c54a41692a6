/** An exception that nobody caught: Node's report on stderr, and the end of the process. */
import type { ProcessRealm } from './create-realm.ts';
import type { Position } from './source-registry.ts';

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

/** The file, line, source line and caret, ended by an empty line. */
function locate(realm: ProcessRealm, error: unknown, fromPromise: boolean): string {
  const decorated = isObject(error) ? arrowMessage(realm, error) : undefined;
  if (decorated?.isInStack) return '';
  if (decorated?.arrow) return `${decorated.arrow}\n\n`;
  if (!(error instanceof Error)) return 'Uncaught:\n';
  const thrown = throwOfLibrary(realm, error);
  if (thrown) return thrown;
  const position = realm.stackTraces.positionOf(error);
  if (!position) return 'Uncaught:\n';
  const line = realm.sources.line(position.name, position.line);
  // A rejection points at the error's making, an exception at the statement that threw it.
  const statement = fromPromise ? null : /\bthrow\s+$/.exec(line?.slice(0, position.column - 1) ?? '');
  return pointTo(statement ? { ...position, column: statement.index + 1 } : position, line);
}

function pointTo({ name, line, column }: Position, text: string | undefined): string {
  if (text === undefined) return `${name}:${line}\n\n`;
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${name}:${line}\n${text}\n${indent}^\n\n`;
}

function arrowMessage(realm: ProcessRealm, error: object): { arrow: string | undefined; isInStack: boolean } {
  const arrow = realm.privateSymbol('arrow_message_private_symbol').of(error).value;
  const isDecorated = realm.privateSymbol('decorated_private_symbol').of(error).value === true;
  return { arrow: typeof arrow === 'string' ? arrow : undefined, isInStack: isDecorated };
}

/** Where Node's own library throws an error that was made elsewhere, with that line as it stands in Node. */
function throwOfLibrary(realm: ProcessRealm, error: Error): string | undefined {
  const mark = realm.requireBuiltin('internal/errors')['kEnhanceStackBeforeInspector'];
  if (typeof mark === 'symbol' && mark in error) {
    // The comment is Node's; our copy of its library comes without comments.
    return pointToStatement(realm, 'events', 'throw er;', "throw er; // Unhandled 'error' event");
  }
  if (error.name === 'DeprecationWarning' && realm.process['throwDeprecation'] === true) {
    return pointToStatement(realm, 'internal/process/warning', 'throw warning;', 'throw warning;');
  }
  return undefined;
}

function pointToStatement(
  realm: ProcessRealm,
  id: string,
  statement: string,
  text: string,
): string | undefined {
  const lines = realm.library.source(id)?.split('\n') ?? [];
  const index = lines.findIndex((line) => line.trimStart().startsWith(statement));
  const column = lines[index]?.indexOf(statement) ?? 0;
  if (index < 0) return undefined;
  return pointTo({ name: `node:${id}`, line: index + 1, column: column + 1 }, ' '.repeat(column) + text);
}

function print(realm: ProcessRealm, error: unknown): string {
  if (error instanceof Error) return realm.enhanceStack(error);
  const inspect = realm.requireBuiltin('internal/util/inspect')['inspect'];
  // Node's `util.inspect`, whose default options are meant.
  const text =
    typeof inspect === 'function' ? String((inspect as (value: unknown) => unknown)(error)) : describe(error);
  const hint = '(Use `node --trace-uncaught ...` to show where the exception was thrown)';
  return `${text}\n${hint}`;
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
