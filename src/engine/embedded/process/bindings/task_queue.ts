/** Next ticks, microtasks and unhandled rejections. */
import type { ProcessBindingFactory } from '../create-realm.ts';
import { promiseStates, rememberSettled } from './util/promises.ts';
import type { Interrupted } from '../libuv-loop.ts';

type RejectCallback = (type: number, promise: Promise<unknown>, reason?: unknown) => void;

/** `internalBinding('task_queue')`. */
export const taskQueue: ProcessBindingFactory = (realm, shape) => {
  // The table of V8's events, by name.
  const events = shape['promiseRejectEvents'] as Record<string, number>;
  return {
    ...shape,
    tickInfo: realm.loop.tickInfo,
    enqueueMicrotask(callback: () => void) {
      realm.host.queueMicrotask(() => {
        try {
          callback();
        } catch (error) {
          realm.triggerUncaughtException(error, false);
        }
      });
    },
    setTickCallback(tick: Interrupted<unknown>) {
      realm.loop.hooks.tick = tick;
    },
    // The caller yields right after this; the loop then lets them run.
    runMicrotasks(caller = '', isAfterTicks = false) {
      realm.stackTraces.noteCallerOfMicrotasks(`${caller} ${isAfterTicks}`);
    },
    setPromiseRejectCallback(callback: RejectCallback) {
      realm.host.addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
        rememberSettled(event.promise, promiseStates.rejected, event.reason);
        if (event.reason instanceof Error) realm.stackTraces.readEarly(event.reason);
        callback(events['kPromiseRejectWithNoHandler'] ?? 0, event.promise, event.reason);
        realm.loop.rejectionReported();
      });
      realm.host.addEventListener('rejectionhandled', (event) => {
        callback(events['kPromiseHandlerAddedAfterReject'] ?? 1, event.promise);
        realm.loop.rejectionReported();
      });
    },
  };
};
