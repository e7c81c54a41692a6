/** Signals that a program handles: `process.on('SIGINT', …)`. */
import { HandleWrap } from '../wraps/handle-wrap.ts';
import type { BindingFactory, Realm } from '../realm.ts';

/** No program can handle these. */
const SIGKILL = 9;
const SIGSTOP = 19;

type Watchers = Map<number, Set<() => void>>;

const watchersOf = new WeakMap<Realm, Watchers>();

/**
 * Delivers a signal, by number. Returns false if the program does not handle it: then its default action is due, which is
 * the caller's.
 */
export function deliverSignal(realm: Realm, signal: number): boolean {
  const watchers = watchersOf.get(realm)?.get(signal);
  if (!watchers || watchers.size === 0) return false;
  for (const notify of watchers) notify();
  return true;
}

/** `internalBinding('signal_wrap')`. */
export const signalWrap: BindingFactory = (realm, shape) => {
  const watchers: Watchers = new Map();
  watchersOf.set(realm, watchers);

  class Signal extends HandleWrap {
    declare onsignal?: unknown;
    #signal = 0;
    readonly #notify = (): void => {
      this.enqueue('pending', () => {
        if (this.isOpen && this.#signal !== 0) this.makeCallback(this.onsignal, this.#signal);
      });
    };

    constructor() {
      super(realm, 'SIGNALWRAP');
    }

    start(signal: number): number {
      if (signal <= 0 || signal > 64 || signal === SIGKILL || signal === SIGSTOP)
        return realm.uv.errno('EINVAL');
      this.stop();
      this.#signal = signal;
      const set = watchers.get(signal) ?? new Set();
      watchers.set(signal, set.add(this.#notify));
      this.setActive(true);
      return 0;
    }

    stop(): number {
      watchers.get(this.#signal)?.delete(this.#notify);
      this.#signal = 0;
      this.setActive(false);
      return 0;
    }

    protected override release(): void {
      this.stop();
    }
  }

  return { ...shape, Signal };
};
