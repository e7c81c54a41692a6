/** Errors as Node's C++ throws them: a plain error with a code, and a stack that begins at the caller of the binding. */

/** The constructors that C++ uses. */
export type ErrorClass = ErrorConstructor | RangeErrorConstructor | TypeErrorConstructor;

/** An error with a code; frames of `binding` and of what it called are left out of its stack. */
export function nativeError(
  Class: ErrorClass,
  code: string,
  message: string,
  binding?: (...args: never[]) => unknown,
): Error {
  const error = Object.assign(new Class(message), { code });
  if (binding !== undefined) Error.captureStackTrace?.(error, binding);
  return error;
}
