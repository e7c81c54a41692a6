/** The async context of `AsyncLocalStorage`: a frame that goes along with everything that is scheduled. */
import type { AsyncContext } from './esm/source-text-module.ts';

type Reaction = ((value: unknown) => unknown) | null | undefined;

/** Text in a program that may use async contexts; every other program is spared what tracking them costs. */
const asyncContextUse = /AsyncLocalStorage|AsyncResource|async_hooks/;

/** Where Node has V8 hand the frame on, the program's own code does it here: see `esm/async-context-edits.ts`. */
export class AsyncContextFrame implements AsyncContext {
  /** `ContinuationPreservedEmbedderData` of V8. */
  current: unknown;
  #isTracked = false;

  /** Whether modules are compiled so that they keep the frame across `await`. */
  get isTracked(): boolean {
    return this.#isTracked;
  }

  /** Begins to track the frame if one of the texts may use it. */
  trackFor(texts: readonly string[]): void {
    if (this.#isTracked || !texts.some((text) => asyncContextUse.test(text))) return;
    this.#isTracked = true;
    this.#trackReactions();
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
    const within = (reaction: unknown, frame: unknown): unknown => {
      if (typeof reaction !== 'function') return reaction;
      const run = reaction as NonNullable<Reaction>; // any function may be called with the settled value
      return (value: unknown): unknown => {
        this.current = frame;
        return run(value);
      };
    };
    const { save } = this;
    const replacement = function (
      this: Promise<unknown>,
      onFulfilled: unknown,
      onRejected: unknown,
    ): unknown {
      const frame = save();
      return apply(native, this, [within(onFulfilled, frame), within(onRejected, frame)]);
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
