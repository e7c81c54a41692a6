/** The async context of `AsyncLocalStorage`: a frame that goes along with everything that is scheduled. */
import type { AsyncContext } from './esm/source-text-module.ts';
import { PromiseHooks, type Hook } from './promise-hooks.ts';

/** The promise that `then` returned. */
interface Derived {
  promise: object | undefined;
}

const NativePromise = Promise;

type Then = (...settle: readonly unknown[]) => unknown;
type Reaction = ((value: unknown) => unknown) | null | undefined;

/** Text in a program that may use async contexts; every other program is spared what tracking them costs. */
const asyncContextUse = /AsyncLocalStorage|AsyncResource|async_hooks/;

/** Where Node has V8 hand the frame on, the program's own code does it here: see `esm/async-context-edits.ts`. */
export class AsyncContextFrame implements AsyncContext {
  /** `ContinuationPreservedEmbedderData` of V8. */
  current: unknown;
  readonly promiseHooks = new PromiseHooks();
  readonly #HostProxy: typeof Proxy;
  #isTracked = false;
  #hasPromiseHooks = false;

  /** `HostProxy` makes objects that programs do not take for proxies. */
  constructor(HostProxy: typeof Proxy) {
    this.#HostProxy = HostProxy;
  }

  /** Whether modules are compiled so that they keep the frame across `await`. */
  get isTracked(): boolean {
    return this.#isTracked;
  }

  /** Begins to track the frame if one of the texts may use it. */
  trackFor(texts: readonly string[]): void {
    if (this.#isTracked || !texts.some((text) => asyncContextUse.test(text))) return;
    this.#isTracked = true;
    if (!this.#hasPromiseHooks) this.#trackReactions();
  }

  /** Tells Node's library of promises from now on. */
  setPromiseHooks(...hooks: readonly Hook[]): void {
    this.promiseHooks.set(...hooks);
    if (this.#hasPromiseHooks || !hooks.some((hook) => hook !== undefined)) return;
    this.#hasPromiseHooks = true;
    if (!this.#isTracked) this.#trackReactions();
    this.promiseHooks.watchConstructor(this.#HostProxy);
  }

  readonly save = (): unknown => this.current;

  readonly set = (frame: unknown): void => {
    this.current = frame;
  };

  readonly suspend = (): unknown => this.current ?? null;

  readonly recall = (frame: unknown): void => {
    if (frame !== undefined) this.current = frame ?? undefined;
  };

  readonly resume = <Value>(value: Value, frame: unknown): Value => this.restore(frame, value);

  readonly restore = <Value>(frame: unknown, value: Value): Value => {
    this.recall(frame);
    return value;
  };

  readonly adopt = (value: unknown): unknown => {
    if (typeof value !== 'object' && typeof value !== 'function') return value;
    // What the engine itself does with a promise is right in any frame.
    if (value === null || value instanceof NativePromise) return value;
    let then: unknown;
    try {
      then = Reflect.get(value, 'then');
    } catch (error) {
      return NativePromise.reject(error);
    }
    if (typeof then !== 'function') return value;
    const call = then as Then; // any function is called so
    const frame = this.current;
    return {
      // oxlint-disable-next-line unicorn/no-thenable -- it stands for one
      then: (...settle: readonly unknown[]): unknown => {
        this.current = frame;
        return Reflect.apply(call, value, settle);
      },
    };
  };

  /** Callbacks of a promise run in the context of the call of `then`. */
  #trackReactions(): void {
    const { apply } = Reflect;
    const native = Promise.prototype.then;
    const within = (
      reaction: unknown,
      frame: unknown,
      pass: NonNullable<Reaction>,
      derived: Derived,
    ): unknown => {
      // Any function may be called with the settled value.
      const run = typeof reaction === 'function' ? (reaction as NonNullable<Reaction>) : pass;
      return (value: unknown): unknown => {
        this.current = frame;
        const { promise } = derived;
        return adopt(promise ? promiseHooks.react(promise, () => run(value)) : run(value));
      };
    };
    const { save, adopt, promiseHooks } = this;
    const replacement = function (
      this: Promise<unknown>,
      onFulfilled: unknown,
      onRejected: unknown,
    ): unknown {
      const frame = save();
      const derived: Derived = { promise: undefined };
      const result: object = apply(native, this, [
        within(onFulfilled, frame, (value) => value, derived),
        within(
          onRejected,
          frame,
          (reason) => {
            throw reason;
          },
          derived,
        ),
      ]);
      derived.promise = result;
      promiseHooks.made(result, this);
      return result;
    };
    Reflect.defineProperty(replacement, 'name', { value: native.name, configurable: true });
    Reflect.defineProperty(Promise.prototype, native.name, {
      value: replacement,
      writable: true,
      configurable: true,
      enumerable: false,
    });
    const resolve = new this.#HostProxy(Promise.resolve, {
      apply: (target, receiver, values: readonly unknown[]): unknown =>
        apply(target, receiver, [adopt(values[0])]),
    });
    Reflect.defineProperty(Promise, 'resolve', { value: resolve, writable: true, configurable: true });
  }
}
