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
  const report = `${locate(realm, error)}${print(realm, error)}\n\nNode.js ${realm.library.facts.version}\n`;
  realm.streams.write(2, encode(realm, report));
  const code = realm.process['exitCode'];
  realm.exit(typeof code === 'number' && code !== 0 ? code : genericUserError);
}

/** The file, line, source line and caret, ended by an empty line. */
function locate(realm: ProcessRealm, error: unknown): string {
  const decorated = isObject(error) ? arrowMessage(realm, error) : undefined;
  if (decorated?.isInStack) return '';
  if (decorated?.arrow) return `${decorated.arrow}\n\n`;
  if (!(error instanceof Error)) return 'Uncaught:\n';
  const thrown = throwOfEmitter(realm, error);
  if (thrown) return thrown;
  const position = realm.stackTraces.positionOf(error);
  if (!position) return 'Uncaught:\n';
  return pointTo(position, realm.sources.line(position.name, position.line));
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

/** An unhandled 'error' event is thrown by `emit`, not where the error was made. */
function throwOfEmitter(realm: ProcessRealm, error: Error): string | undefined {
  const mark = realm.requireBuiltin('internal/errors')['kEnhanceStackBeforeInspector'];
  if (typeof mark !== 'symbol' || !(mark in error)) return undefined;
  const lines = realm.library.source('events')?.split('\n') ?? [];
  const index = lines.findIndex((line) => /^\s*throw er;/.test(line));
  if (index < 0) return undefined;
  // The comment stands in Node's own source; ours comes without comments.
  return pointTo({ name: 'node:events', line: index + 1, column: 7 }, "      throw er; // Unhandled 'error' event");
}

function print(realm: ProcessRealm, error: unknown): string {
  if (error instanceof Error) return realm.enhanceStack(error);
  const inspect = realm.requireBuiltin('internal/util/inspect')['inspect'];
  // Node's `util.inspect`, whose default options are meant.
  const text = typeof inspect === 'function' ? String((inspect as (value: unknown) => unknown)(error)) : describe(error);
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
