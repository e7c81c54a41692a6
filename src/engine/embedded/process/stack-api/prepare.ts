/** What V8 does with the frames of an error when its stack is read. */
import type { ForeignFrame } from './foreign-frame.ts';

/** What the program makes of the frames, else the text that V8 makes of them. */
export function prepare(error: object, frames: readonly ForeignFrame[]): unknown {
  const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace');
  // True: what V8 calls has this form.
  if (typeof prepareStackTrace === 'function')
    return Reflect.apply(prepareStackTrace, Error, [error, frames]) as unknown;
  const shown = frames.slice(0, Error.stackTraceLimit);
  return [
    Reflect.apply(Error.prototype.toString, error, []),
    ...shown.map((frame) => `    at ${frame.toString()}`),
  ].join('\n');
}

/** V8 leaves out the constructors that an error comes from. */
export function withoutConstructors(error: object, frames: ForeignFrame[]): ForeignFrame[] {
  const names = new Set<string>();
  for (let type: object | null = Reflect.getPrototypeOf(error); type; type = Reflect.getPrototypeOf(type)) {
    const { value } = Object.getOwnPropertyDescriptor(type, 'constructor') ?? {};
    if (typeof value === 'function' && value !== Object) names.add(String(value.name));
  }
  const first = frames.findIndex((frame) => !names.has(frame.getFunctionName() ?? ''));
  return first > 0 ? frames.slice(first) : frames;
}

/** Gives an object a stack that is prepared when it is first read. */
export function setLazyStack(target: object, frames: () => readonly ForeignFrame[]): void {
  let prepared: { readonly stack: unknown } | undefined;
  Object.defineProperty(target, 'stack', {
    get: () => (prepared ??= { stack: prepare(target, frames()) }).stack,
    set(value: unknown) {
      setStack(target, value);
    },
    enumerable: false,
    configurable: true,
  });
}

/** Gives an object a stack of its own. */
export function setStack(target: object, value: unknown): void {
  Object.defineProperty(target, 'stack', { value, writable: true, enumerable: false, configurable: true });
}
