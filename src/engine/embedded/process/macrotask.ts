/** The next macrotask: when its promise resolves, all microtasks have run and the browser has told of unhandled rejections. */

/** The browser's scheduler, where it has one. */
interface TaskScheduler {
  postTask(callback: () => void, options: { readonly priority: 'background' }): Promise<void>;
}

// Captured before Node's globals take the browser's places. Browsers are not alike in having it.
const scheduler = Reflect.get(globalThis, 'scheduler') as TaskScheduler | undefined;

// A program's hooks on promises do not see those of the loop.
const HostPromise = Promise;

/** Returns a function whose promises resolve in tasks of their own, about 5 to 10 µs apart, in order. */
export function createMacrotask(Channel: typeof MessageChannel): () => Promise<void> {
  if (typeof scheduler?.postTask !== 'function') return createMessageTask(Channel);
  // Comes after the task in which the browser reports rejections, which has a higher priority.
  const options = { priority: 'background' } as const;
  const post = scheduler.postTask.bind(scheduler);
  const nothing = (): void => {};
  return () => post(nothing, options);
}

function createMessageTask(Channel: typeof MessageChannel): () => Promise<void> {
  const { port1, port2 } = new Channel();
  const waiting: (() => void)[] = [];
  const post = port2.postMessage.bind(port2);
  port1.onmessage = () => waiting.shift()?.();
  const next = (): Promise<void> =>
    new HostPromise((resolve) => {
      waiting.push(resolve);
      post(null);
    });
  // The first was on its way already when the browser learnt of a rejection.
  return async () => {
    await next();
    await next();
  };
}
