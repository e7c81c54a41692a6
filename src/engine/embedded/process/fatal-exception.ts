/** An exception that nobody caught: Node's report on stderr, and the end of the process. */
import type { ProcessRealm } from './create-realm.ts';
import { originalLineOf } from './source-map-lines.ts';
import { withV8Stack } from './stack-api/javascript-core.ts';
import { placeInText, type Position } from './source-registry.ts';
import { throwSiteOf } from './throw-site.ts';

const genericUserError = 1;
const exceptionInFatalExceptionHandler = 7;

/**
 * Lets the program handle an exception; otherwise reports it as Node's C++ does and ends the process with its exit code.
 * `site` is the statement that threw it, as the evaluated text has it.
 */
export function triggerUncaughtException(
  realm: ProcessRealm,
  error: unknown,
  fromPromise: boolean,
  site?: Position,
): void {
  withV8Stack(error);
  const handler = realm.process['_fatalException'];
  if (typeof handler !== 'function') {
    realm.streams.write(2, encode(realm, `${describe(error)}\n`));
    return realm.exit(genericUserError);
  }
  let isHandled: unknown;
  const thrown = realm.guard.call(() => {
    // Node's own function; true means that the program goes on.
    isHandled = Reflect.apply(handler as () => unknown, realm.process, [error, fromPromise]);
  });
  if (thrown) {
    report(realm, thrown.error, thrown.site);
    realm.exit(exceptionInFatalExceptionHandler);
  }
  if (isHandled !== false) return;
  report(realm, error, site);
  const code = realm.process['exitCode'];
  realm.exit(typeof code === 'number' ? code : genericUserError);
}

function report(realm: ProcessRealm, error: unknown, site: Position | undefined): void {
  const text = `${locate(realm, error, site)}${print(realm, error)}\n\nNode.js ${realm.library.facts.version}\n${advise(realm, error)}`;
  realm.streams.write(2, encode(realm, text));
}

/** Which npm packages there are, for a program that ends because it asked for another one. */
function advise({ info }: ProcessRealm, error: unknown): string {
  const advice = info.packageAdvice ?? '';
  if (!(error instanceof Error) || advice === '') return '';
  const code: unknown = Reflect.get(error, 'code');
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return '';
  return /^Cannot find (?:package|module) '(?![./#])/.test(error.message) ? `\n${advice}\n` : '';
}

/** The file, line, source line and caret, with the empty line that Node prints after them, or before them for a value. */
function locate(realm: ProcessRealm, error: unknown, thrownAt: Position | undefined): string {
  const decorated = isObject(error) ? arrowMessage(realm, error) : undefined;
  if (decorated?.isInStack) return '';
  if (decorated?.arrow) return `${decorated.arrow.replace(/\n$/, '')}\n\n`;
  const json = isObject(error) ? realm.jsonSyntax.placeOf(error) : undefined;
  const position = json ?? placeOf(realm, error, thrownAt);
  if (!position) return 'Uncaught:\n';
  if (isHidden(realm, position)) return '';
  const source = originalLineOf(realm, position) ?? pointTo(position, realm.sources.lineAt(position));
  return error instanceof Error ? `${source}\n` : `\n${source}`;
}

/** Whether Node's library says that the line that throws, which may be the one after the error's making, is not to be shown. */
function isHidden({ sources }: ProcessRealm, position: Position): boolean {
  const lines = [position, { ...position, line: position.line + 1 }];
  return lines.some((each) => sources.lineAt(each)?.includes('node-do-not-add-exception-line'));
}

/** File and line, the source line and a caret below it, each with its line break. */
export function pointTo(position: Position, text = ''): string {
  const { name, line } = position;
  const before = placeInText(position).column - 1;
  const indent = text.slice(0, before).replace(/[^\t]/g, ' ');
  // Node leaves the caret out where it would stand behind the line.
  return `${name}:${line}\n${text}\n${indent.length < text.length ? `${indent}^\n` : ''}`;
}

function arrowMessage(realm: ProcessRealm, error: object): { arrow: string | undefined; isInStack: boolean } {
  const arrow = realm.privateSymbol('arrow_message_private_symbol').of(error).value;
  const isDecorated = realm.privateSymbol('decorated_private_symbol').of(error).value === true;
  return { arrow: typeof arrow === 'string' ? arrow : undefined, isInStack: isDecorated };
}

/** A rejection points at the error's making, an exception at the statement that threw it. */
function placeOf(realm: ProcessRealm, error: unknown, thrownAt: Position | undefined): Position | undefined {
  if (thrownAt) return exactly(realm, error, realm.sources.original(thrownAt));
  return madeAt(realm, error) ?? realm.stackTraces.callerOfEngine();
}

/** The statement that threw an error; `site` is that or, with a debugger, where the error was made. */
function exactly(realm: ProcessRealm, error: unknown, site: Position): Position {
  if (!(error instanceof Error)) return site;
  const known = realm.stackTraces.positionsOf(error);
  const frames = known.length > 0 ? known : [site];
  const isMaking = frames[0]?.line === site.line && frames[0].column === site.column;
  return (isMaking ? throwSiteOf(realm, frames) : undefined) ?? site;
}

/** Where an error was made; V8 does not know it of one whose stack was read, or captured anew as assertions do. */
function madeAt(realm: ProcessRealm, error: unknown): Position | undefined {
  if (!(error instanceof Error) || Reflect.get(error, 'code') === 'ERR_ASSERTION') return undefined;
  if (realm.stackTraces.wasRead(error)) return undefined;
  return realm.stackTraces.positionOf(error);
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
