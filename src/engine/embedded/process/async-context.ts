/** The async context of `AsyncLocalStorage`: a frame that goes along with everything that is scheduled. */
import type { AsyncContext } from './esm/source-text-module.ts';
import { PromiseHooks, type Hook } from './promise-hooks.ts';

/** The promise that `then` returned. */
interface Derived {
  promise: object | undefined;
}

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

  readonly restore = <Value>(frame: unknown, value: Value): Value => {
    this.current = frame;
    return value;
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
        return promise ? promiseHooks.react(promise, () => run(value)) : run(value);
      };
    };
    const { save, promiseHooks } = this;
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
  }
}
