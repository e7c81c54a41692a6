/** What Node's library and V8 tell each other about errors. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import type { PrepareCallback } from '../stack-trace.ts';

/** `internalBinding('errors')`. */
export const errors: ProcessBindingFactory = (realm, shape) => ({
  ...shape,
  setPrepareStackTraceCallback: (callback: PrepareCallback) => realm.stackTraces.setCallback(callback),
  setEnhanceStackForFatalException: realm.setStackEnhancers,
  // Source maps are not read.
  setGetSourceMapErrorSource() {},
  setSourceMapsEnabled() {},
  setMaybeCacheGeneratedSourceMap() {},
  noSideEffectsToString: (value: unknown) => String(value),
  triggerUncaughtException: realm.triggerUncaughtException,
  getErrorSourcePositions(error: unknown) {
    const isObject = typeof error === 'object' && error !== null;
    const position = isObject ? realm.stackTraces.positionOf(error) : undefined;
    if (!position) return {};
    return {
      sourceLine: realm.sources.line(position.name, position.line) ?? '',
      scriptResourceName: position.name,
      lineNumber: position.line,
      startColumn: position.column - 1,
    };
  },
});
