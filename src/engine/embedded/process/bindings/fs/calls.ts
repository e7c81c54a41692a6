/** The three ways in which Node's library calls a file operation: at once, with a request, with a promise. */
import { utf8Slice } from '../buffer/codecs.ts';
import { FileSystemError } from '../../file-system/error.ts';
import type { Realm } from '../../realm.ts';
import { ReqWrap } from '../../wraps/async-wrap.ts';

/** What an operation is called in errors, and where its arguments stand. */
export interface Signature {
  /** Name of the system call, as errors name it. */
  readonly syscall: string;
  /** Which argument is the request. */
  readonly request: number;
  /** How many of the first arguments are paths, for errors. */
  readonly paths?: 0 | 1 | 2;
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

/** A path as text; Node's library passes buffers, too. */
export function pathText(path: unknown): string {
  return path instanceof Uint8Array ? utf8Slice(path) : String(path);
}

/** A request with a callback, made by Node's library as `FSReqCallback`. */
export function createRequestClass(realm: Realm): new (isBigint?: boolean) => ReqWrap {
  return class FSReqCallback extends ReqWrap {
    constructor(_isBigint?: boolean) {
      super(realm, 'FSREQCALLBACK');
    }
  };
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
    const attempt = (): void => {
      let result: unknown;
      try {
        result = invoke(operation, kind, args);
      } catch (error) {
        if (error instanceof WouldBlock) {
          loop.ref();
          error.whenReady(() => {
            loop.unref();
            loop.enqueue(attempt);
          });
          return;
        }
        failed(this.#describe(signature, args, error));
        return;
      }
      succeed(result);
    };
    loop.enqueue(attempt);
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
