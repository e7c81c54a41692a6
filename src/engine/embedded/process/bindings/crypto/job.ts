/** An operation that Node can do at once, in a thread of its own, or with a promise: here each is a task of its own. */
import { AsyncWrap } from '../../wraps/async-wrap.ts';
import type { Realm } from '../../realm.ts';

/** How a job runs: `kCryptoJobAsync`, `kCryptoJobSync`, and with a promise. */
const mode = { async: 0, sync: 1, webCrypto: 2 };

/** Prepares a job: checks its arguments, throwing what is wrong with them, and returns what computes the result. */
export type Prepare<Args extends unknown[]> = (...args: Args) => () => unknown;

/**
 * What a class of the binding extends: `new Job(mode, …args).run()`. `type` names it in async hooks. The class itself has
 * no name of its own but that of its member, which the bundler does not shorten: it stands in stack traces.
 */
export function defineJob<Args extends unknown[]>(
  realm: Realm,
  type: string,
  prepare: Prepare<Args>,
): new (jobMode: number, ...args: Args) => AsyncWrap {
  return class Job extends AsyncWrap {
    declare ondone?: unknown;
    readonly #mode: number;
    readonly #compute: () => unknown;

    constructor(jobMode: number, ...args: Args) {
      super(realm, type);
      this.#mode = jobMode;
      this.#compute = prepare(...args);
    }

    run(): unknown {
      if (this.#mode === mode.sync) return this.#outcome();
      if (this.#mode === mode.webCrypto) return this.#promise();
      // A job keeps the process alive until it is done.
      realm.loop.enqueue(() => {
        this.makeCallback(this.ondone, ...this.#outcome());
        this.emitDestroy();
      });
      return undefined;
    }

    /** The error if there is one, and the result. */
    #outcome(): [error: Error | undefined, result?: unknown] {
      try {
        return [undefined, this.#compute()];
      } catch (error) {
        // What computes throws nothing but errors.
        return [error as Error];
      }
    }

    #promise(): Promise<unknown> {
      return new Promise((resolve, reject) => {
        realm.loop.enqueue(() => {
          const [error, result] = this.#outcome();
          if (error === undefined) resolve(result);
          else reject(operationError(realm, error));
        });
      });
    }
  };
}

/** Web Crypto tells nobody why an operation failed; Node says it in the cause. */
function operationError(realm: Realm, cause: Error): Error {
  const { lazyDOMException } = realm.requireBuiltin('internal/util') as {
    lazyDOMException(message: string, options: { name: string; cause: Error }): Error;
  };
  return lazyDOMException('The operation failed for an operation-specific reason', {
    name: 'OperationError',
    cause,
  });
}
