/** Next ticks, microtasks and unhandled rejections. */
import type { ProcessBindingFactory } from '../create-realm.ts';

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
    setTickCallback(tick: () => unknown) {
      realm.loop.hooks.tick = tick;
    },
    runMicrotasks: () => realm.loop.runMicrotasks(),
    setPromiseRejectCallback(callback: RejectCallback) {
      realm.loop.watchesRejections = true;
      realm.host.addEventListener('unhandledrejection', (event) => {
        event.preventDefault();
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
