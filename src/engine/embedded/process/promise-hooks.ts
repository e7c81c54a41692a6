/**
 * What V8 tells Node of promises: that one was made, that its reaction begins and ends, that it was resolved. A page can
 * see this of promises that a program makes with `new Promise` and `then`, not of those of its async functions.
 */
/** A function of Node's library that hears of a promise. */
export type Hook = ((promise: object, parent?: object) => void) | undefined;
type Executor = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => void;

export class PromiseHooks {
  #init: Hook;
  #before: Hook;
  #after: Hook;
  #settled: Hook;

  /** Functions of Node's library, undefined where nobody listens. */
  set(init?: Hook, before?: Hook, after?: Hook, settled?: Hook): void {
    this.#init = init;
    this.#before = before;
    this.#after = after;
    this.#settled = settled;
  }

  get all(): Hook[] {
    return [this.#init, this.#before, this.#after, this.#settled];
  }

  made(promise: object, parent?: object): void {
    this.#init?.(promise, parent);
  }

  /** Runs a reaction that settles `promise`. */
  react<Result>(promise: object, run: () => Result): Result {
    this.#before?.(promise);
    try {
      return run();
    } finally {
      this.#settled?.(promise);
      this.#after?.(promise);
    }
  }

  /** Puts a class in front of the global `Promise`, and functions in front of its static ones. */
  watchConstructor(HostProxy: typeof Proxy): void {
    const Native = Promise;
    const watching: PromiseConstructor = new HostProxy(Native, {
      construct: (target, values: readonly unknown[], newTarget: unknown): object => {
        const [executor] = values;
        // True: what `new` was applied to.
        const Class = (newTarget === watching ? target : newTarget) as PromiseConstructor;
        // Wrong arguments are refused by V8 itself.
        if (typeof executor !== 'function') return Reflect.construct(target, values, Class) as object;
        return this.#construct(target, executor as Executor, Class); // true: V8 calls it with two functions
      },
    });
    for (const name of ['resolve', 'reject', 'all', 'allSettled', 'any', 'race', 'withResolvers', 'try']) {
      const native: unknown = Reflect.get(Native, name);
      if (typeof native !== 'function') continue;
      const made = (promise: object, isSettled: boolean): void => {
        this.made(promise);
        if (isSettled) this.#settled?.(promise);
      };
      const replacement = {
        [name](this: unknown, ...values: unknown[]): unknown {
          const result: unknown = Reflect.apply(native, this === watching ? Native : this, values);
          const promise: unknown = name === 'withResolvers' ? Reflect.get(Object(result), 'promise') : result;
          if (typeof promise !== 'object' || promise === null || promise === values[0]) return result;
          made(promise, name === 'resolve' || name === 'reject');
          return result;
        },
      }[name];
      Reflect.defineProperty(Native, name, { value: replacement, writable: true, configurable: true });
    }
    Reflect.defineProperty(globalThis, 'Promise', { value: watching, writable: true, configurable: true });
  }

  /** As V8 does: the promise is there before its executor runs. */
  #construct(target: typeof Promise, executor: Executor, Class: PromiseConstructor): object {
    let resolve: (value: unknown) => void = () => {};
    let reject: (reason: unknown) => void = () => {};
    const capture: Executor = (...functions) => {
      [resolve, reject] = functions;
    };
    // True: it constructs a promise.
    const promise = Reflect.construct(target, [capture], Class) as object;
    this.made(promise);
    const settle = (finish: (value: unknown) => void) => (value: unknown) => {
      this.#settled?.(promise);
      finish(value);
    };
    try {
      executor(settle(resolve), settle(reject));
    } catch (error) {
      settle(reject)(error);
    }
    return promise;
  }
}
