/** The three ways in which Node's library calls a file operation: at once, with a request, with a promise. */
import { FileSystemError } from '../../file-system/error.ts';
import type { Realm } from '../../realm.ts';
import { ReqWrap } from '../../wraps/async-wrap.ts';
import { nativeError } from '../native-error.ts';
import { mistakeInDescriptor, mistakeInMode, type Mistake } from './mistakes.ts';
import { pathText } from './names.ts';

/** What an operation is called in errors, and where its arguments stand. */
export interface Signature {
  /** Name of the system call, as errors name it. */
  readonly syscall: string;
  /** Which argument is the request. */
  readonly request: number;
  /** How many of the first arguments are paths, for errors. */
  readonly paths?: 0 | 1 | 2;
  /** The first argument is a file descriptor, which is checked. */
  readonly takesDescriptor?: true;
  /** Which argument is a mode that is checked. */
  readonly mode?: number;
  /** What errors show after the path. */
  readonly suffix?: string;
  /** Which argument takes the error of a call that must not throw. */
  readonly context?: number;
}

/** How the caller wants the result: shared arrays may be filled only for a caller that reads them at once. */
export type CallKind = 'sync' | 'callback' | 'promise';

type Arguments = readonly unknown[];
// Each operation declares what it gets; Node's library has checked it.
type Operation = (kind: CallKind, ...args: never[]) => unknown;
type BindingFunction = (...args: unknown[]) => unknown;

/** A request with a callback, made by Node's library as `FSReqCallback`. */
export function createRequestClass(realm: Realm): new (isBigint?: boolean) => ReqWrap {
  // Stack traces show the name of the property here, where the engine's code is minified.
  const classes = {
    FSReqCallback: class extends ReqWrap {
      constructor(_isBigint?: boolean) {
        super(realm, 'FSREQCALLBACK');
      }
    },
  };
  return classes.FSReqCallback;
}

/** Makes functions of the binding out of operations. */
export class FileCalls {
  readonly #realm: Realm;
  readonly #usePromises: unknown;

  constructor(realm: Realm) {
    this.#realm = realm;
    this.#usePromises = realm.internalBinding('symbols')['fs_use_promises_symbol'];
  }

  /** A function that Node's library calls; `operation` fails with a `FileSystemError`. */
  define(signature: Signature, operation: Operation): BindingFunction {
    const call = (...args: unknown[]): unknown => {
      const mistake = this.#check(signature, args);
      if (mistake) throw nativeError(mistake.Class, mistake.code, mistake.message, call);
      const request = args[signature.request];
      if (request === this.#usePromises)
        return new Promise((resolve, reject) =>
          this.#begin(signature, operation, 'promise', args, resolve, reject),
        );
      if (request instanceof ReqWrap) {
        request.dispatched();
        const succeed = (result: unknown): void =>
          result === undefined ? request.complete(null) : request.complete(null, result);
        this.#begin(signature, operation, 'callback', args, succeed, (error) => request.complete(error));
        return undefined;
      }
      try {
        return invoke(operation, 'sync', args);
      } catch (error) {
        return this.#answerFailure(signature, args, error, call);
      }
    };
    return call;
  }

  /** Node's error for a failure; any other error as it is. Its stack begins above `caller`, or is empty without one. */
  nodeError(
    error: unknown,
    syscall: string,
    path?: string,
    dest?: string,
    caller?: BindingFunction,
  ): unknown {
    if (!(error instanceof FileSystemError)) return error;
    const { stackTraceLimit } = Error;
    if (caller === undefined) Error.stackTraceLimit = 0;
    const exception = this.#realm.uv.exception(error.code, syscall, path, dest);
    if (caller === undefined) Error.stackTraceLimit = stackTraceLimit;
    else Error.captureStackTrace?.(exception, caller);
    return exception;
  }

  #check({ takesDescriptor, mode }: Signature, args: Arguments): Mistake | undefined {
    if (takesDescriptor) return mistakeInDescriptor(this.#realm, args[0]);
    return mode === undefined ? undefined : mistakeInMode(args[mode]);
  }

  #answerFailure(signature: Signature, args: Arguments, error: unknown, caller: BindingFunction): unknown {
    const context = signature.context === undefined ? undefined : args[signature.context];
    if (typeof context === 'object' && context !== null && error instanceof FileSystemError) {
      const errno = this.#realm.uv.errno(error.code);
      Object.assign(context, { errno, syscall: signature.syscall });
      return errno;
    }
    throw this.#describe(signature, args, error, caller);
  }

  #describe(
    { syscall, paths = 0, suffix = '' }: Signature,
    args: Arguments,
    error: unknown,
    caller?: BindingFunction,
  ): unknown {
    const path = paths > 0 ? pathText(args[0]) + suffix : undefined;
    return this.nodeError(error, syscall, path, paths > 1 ? pathText(args[1]) : undefined, caller);
  }

  #begin(
    signature: Signature,
    operation: Operation,
    kind: CallKind,
    args: Arguments,
    succeed: (result: unknown) => void,
    failed: (error: unknown) => void,
  ): void {
    const { loop } = this.#realm;
    /** Returns how its outcome is told. */
    const perform = (): (() => void) => {
      try {
        const result = invoke(operation, kind, args);
        return () => succeed(result);
      } catch (error) {
        if (!(error instanceof WouldBlock)) return () => failed(this.#describe(signature, args, error));
        return () => {
          loop.ref();
          error.whenReady(() => {
            loop.unref();
            loop.enqueue(() => perform()());
          });
        };
      }
    };
    // One of Node's threads has written before the program comes to print its next line.
    if (signature.syscall === 'write' && (args[0] === 1 || args[0] === 2)) loop.enqueue(perform());
    else loop.enqueue(() => perform()());
  }
}

/** There is nothing to read yet: who can wait waits, a synchronous call fails. */
export class WouldBlock extends FileSystemError {
  readonly whenReady: (callback: () => void) => void;

  constructor(whenReady: (callback: () => void) => void) {
    super('EAGAIN');
    this.whenReady = whenReady;
  }
}

// The arguments are those that the operation declares: see `Operation`.
const invoke = (operation: Operation, kind: CallKind, args: Arguments): unknown =>
  operation(kind, ...(args as readonly never[]));
