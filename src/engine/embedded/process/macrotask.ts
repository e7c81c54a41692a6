/** The next macrotask: when its promise resolves, every microtask that was waiting has run. */

/** Returns a function whose promises resolve in tasks of their own, about 10 µs apart, in order. */
export function createMacrotask(Channel: typeof MessageChannel): () => Promise<void> {
  const { port1, port2 } = new Channel();
  const waiting: (() => void)[] = [];
  const post = port2.postMessage.bind(port2);
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      post(null);
    });
}
