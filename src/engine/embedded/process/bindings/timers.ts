/** libuv's clock and the one timer from which Node's library makes all of its own. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import type { LoopHooks } from '../libuv-loop.ts';

/** `internalBinding('timers')`. */
export const timers: ProcessBindingFactory = ({ loop }, shape) => ({
  ...shape,
  immediateInfo: loop.immediateInfo,
  timeoutInfo: loop.timeoutInfo,
  setupTimers(processImmediate: LoopHooks['immediates'], processTimers: LoopHooks['timers']) {
    loop.hooks.immediates = processImmediate;
    loop.hooks.timers = processTimers;
  },
  getLibuvNow: () => loop.now(),
  scheduleTimer: (milliseconds: number) => loop.scheduleTimer(milliseconds),
  toggleTimerRef: (isReferenced: boolean) => loop.referenceTimer(isReferenced),
  // The loop reads the count of referenced immediates itself.
  toggleImmediateRef() {},
});
