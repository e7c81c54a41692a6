/** Safari's engine: every error is given its stack, as text, when it is made; of evaluated text it has only the names. */
import { ForeignFrame } from './foreign-frame.ts';
import { setLazyStack, withoutConstructors } from './prepare.ts';

const line = /^(?:async )?([^@]*)@(?:(.*):(\d+):(\d+))?/;
/** What JavaScriptCore calls what is no function. */
const noFunction = /^(?:|(?:global|module|eval) code)$/;
/** Only its errors have these. */
const ownMembers = ['line', 'column', 'sourceURL'];

/** The constructors of the language's errors; the others inherit from the first. */
const types = [
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
] as const;

let isFollowing = false;

/** From here on, what a program makes with a constructor of errors has a stack as in V8. */
export function followErrors(): void {
  isFollowing = true;
  for (const name of types) {
    const type = globalThis[name];
    const followed = new Proxy(type, {
      construct: (target, given, newTarget) =>
        rewriteStack(Reflect.construct(target, given, newTarget) as object),
      apply: (target, self, given) => rewriteStack(Reflect.apply(target, self, given) as object),
    });
    type.prototype.constructor = followed;
    if (name !== 'Error') Reflect.setPrototypeOf(type, globalThis.Error);
    Object.defineProperty(globalThis, name, { value: followed });
  }
}

/** Gives what the language itself threw the stack that it has in V8; in other engines it stays as it is, whatever it is. */
export function withV8Stack<Value>(error: Value): Value {
  return isFollowing ? rewriteStack(error) : error;
}

/** Gives an error the stack that it has in V8, where it has one of JavaScriptCore's. */
export function rewriteStack<Value>(error: Value): Value {
  if (!(error instanceof Error)) return error;
  const stack: unknown = Object.getOwnPropertyDescriptor(error, 'stack')?.value;
  if (typeof stack !== 'string' || !stack.split('\n').every((text) => text === '' || text.includes('@')))
    return error;
  for (const member of ownMembers) Reflect.deleteProperty(error, member);
  setLazyStack(error, () => withoutConstructors(error, readJavaScriptCoreStack(stack)));
  return error;
}

/** The frames of a stack trace, innermost first. */
export function readJavaScriptCoreStack(stack: string): ForeignFrame[] {
  return stack.split('\n').flatMap((text) => {
    const [, name, script, row, column] = line.exec(text) ?? [];
    if (name === undefined) return [];
    const place = script === undefined ? undefined : { script, line: Number(row), column: Number(column) };
    return [new ForeignFrame(noFunction.test(name) ? null : name, place, text.startsWith('async '))];
  });
}
