/** V8's API of stack traces, on which Node's library and many packages build, for browsers that have another engine. */
import { followErrors, readJavaScriptCoreStack } from './javascript-core.ts';
import { setLazyStack } from './prepare.ts';
import { followStacks, readSpiderMonkeyStack } from './spider-monkey.ts';

/** V8's own limit. */
const frameLimit = 10;

/**
 * Puts `Error.prepareStackTrace`, `Error.captureStackTrace` and `Error.stackTraceLimit` as V8 has them in the place of the
 * browser's: https://v8.dev/docs/stack-trace-api. Does nothing where the browser asks `Error.prepareStackTrace` itself.
 */
export function installStackApi(): void {
  if (asksProgram()) return;
  const accessor = Object.getOwnPropertyDescriptor(Error.prototype, 'stack');
  const capture = captureOf(Error);
  if (accessor?.get) followStacks(accessor.get);
  else followErrors();
  const read = accessor?.get ? readSpiderMonkeyStack : readJavaScriptCoreStack;

  Error.captureStackTrace = function captureStackTrace(target: object, below?: Function): void {
    const holder: { stack?: string } = {};
    capture(holder, below ?? captureStackTrace);
    setLazyStack(target, () => read(holder.stack ?? ''));
  };
  Error.stackTraceLimit = frameLimit;
}

/** The browser's own function; older ones tell only the whole stack of an error. */
function captureOf(type: ErrorConstructor): typeof Error.captureStackTrace {
  const own = type.captureStackTrace as typeof Error.captureStackTrace | undefined;
  return own ?? ((holder) => Object.assign(holder, { stack: new type('for its stack').stack }));
}

/** Whether the browser asks `Error.prepareStackTrace`. */
function asksProgram(): boolean {
  const before = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  let isAsked = false;
  Error.prepareStackTrace = () => {
    isAsked = true;
    return '';
  };
  void new Error('for its stack').stack;
  if (before) Object.defineProperty(Error, 'prepareStackTrace', before);
  else Reflect.deleteProperty(Error, 'prepareStackTrace');
  return isAsked;
}
