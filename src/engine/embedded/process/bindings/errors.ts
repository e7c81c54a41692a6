/** What Node's library and V8 tell each other about errors. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import { sourceMapLinesOf, type ErrorSource } from '../source-map-lines.ts';
import { withV8Stack } from '../stack-api/javascript-core.ts';
import type { PrepareCallback } from '../stack-trace.ts';

/** How V8 writes a value into a message: no code of the program runs. */
function noSideEffectsToString(value: unknown): string {
  if (typeof value === 'function') return Function.prototype.toString.call(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const data = (key: PropertyKey): unknown => {
    for (let each: object | null = value; each !== null; each = Reflect.getPrototypeOf(each)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(each, key);
      if (descriptor) return descriptor.value;
    }
    return undefined;
  };
  if (value instanceof Error) {
    const text = (key: string): string => {
      const part = data(key);
      return typeof part === 'string' ? part : '';
    };
    const [name, message] = [text('name'), text('message')];
    return message === '' ? name : `${name}: ${message}`;
  }
  const constructor = data('constructor');
  const name = typeof constructor === 'function' ? constructor.name : '';
  if (data('toString') === Object.prototype.toString && name !== '') return `#<${name}>`;
  const tag = data(Symbol.toStringTag);
  return typeof tag === 'string' ? `[object ${tag}]` : Object.prototype.toString.call(value);
}

/** A line of text that was evaluated and is not known any more. */
const unknownLine = { sourceLine: '', startColumn: 0 };

/** `internalBinding('errors')`. */
export const errors: ProcessBindingFactory = (realm, shape) => ({
  ...shape,
  setPrepareStackTraceCallback: (callback: PrepareCallback) => realm.stackTraces.setCallback(callback),
  setEnhanceStackForFatalException: realm.setStackEnhancers,
  setGetSourceMapErrorSource(find: ErrorSource) {
    sourceMapLinesOf(realm).find = find;
  },
  setSourceMapsEnabled(isEnabled: boolean) {
    sourceMapLinesOf(realm).isEnabled = isEnabled;
  },
  setMaybeCacheGeneratedSourceMap() {},
  noSideEffectsToString,
  /** The stack of an error that Node's library shows: see `build/patches.ts`. */
  stackOf: (error: Error): unknown => withV8Stack(error).stack,
  triggerUncaughtException: realm.triggerUncaughtException,
  getErrorSourcePositions(error: unknown) {
    const isObject = typeof error === 'object' && error !== null;
    const position = isObject ? realm.stackTraces.positionOf(error) : undefined;
    if (!position) return isObject ? (realm.stackTraces.evaluatedLineOf(error) ?? unknownLine) : {};
    const line = { sourceLine: realm.sources.lineAt(position) ?? '', startColumn: position.column - 1 };
    const isNameless = position.source?.evaluated?.isNamed === false;
    return isNameless ? line : { ...line, scriptResourceName: position.name, lineNumber: position.line };
  },
});
