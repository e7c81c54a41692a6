/** Firefox's engine: errors have no stack of their own, an accessor of `Error.prototype` tells it. */
import { ForeignFrame } from './foreign-frame.ts';
import { prepare, setStack, withoutConstructors } from './prepare.ts';

/** Something waited for what is above: `async*main@…`. */
const line = /^(?:([^@*]*)\*)?([^@]*)@(.*):(\d+):(\d+)$/;

/** Puts an accessor in the place of the browser's, `read`. */
export function followStacks(read: () => unknown): void {
  const written = new WeakMap<object, unknown>();
  // What V8 has here of itself is put in its place on purpose.
  // oxlint-disable-next-line no-extend-native
  Object.defineProperty(Error.prototype, 'stack', {
    get(this: unknown) {
      if (!isObject(this)) return undefined;
      if (written.has(this)) return written.get(this);
      const stack: unknown = Reflect.apply(read, this, []);
      if (typeof stack !== 'string') return stack;
      const prepared = prepare(this, withoutConstructors(this, readSpiderMonkeyStack(stack)));
      written.set(this, prepared);
      return prepared;
    },
    set(this: object, value: unknown) {
      setStack(this, value);
    },
    enumerable: false,
    // What V8 has not here is removed from the language's objects before a program starts.
    configurable: false,
  });
}

/** The frames of a stack trace, innermost first; lines of another form are left out. */
export function readSpiderMonkeyStack(stack: string): ForeignFrame[] {
  const frames: ForeignFrame[] = [];
  let isBelowAwait = false;
  for (const text of stack.split('\n')) {
    const [, cause, name = '', place = '', row, column] = line.exec(text) ?? [];
    if (row === undefined) continue;
    // What led to a callback is no part of V8's traces.
    if (cause !== undefined && cause !== 'async') break;
    const isAwaiting = cause === 'async';
    // Of what waits, V8 has the functions that await; Firefox adds those that called them.
    if (isAwaiting || !isBelowAwait)
      frames.push(
        new ForeignFrame(
          nameIn(name),
          { script: place, line: Number(row), column: Number(column) },
          isAwaiting,
        ),
      );
    isBelowAwait ||= isAwaiting;
  }
  return frames;
}

/** Firefox calls a function without a name by its surroundings, `main/rows<`; V8 does not call it anything. */
function nameIn(described: string): string | null {
  if (described === '' || described.endsWith('<')) return null;
  return described.slice(described.lastIndexOf('/') + 1);
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
