/** libuv's loop as Node's library expects it, in a Worker. */
export interface EventLoop {
  /** Milliseconds since the loop was started, as `uv_now` reports them. */
  now(): number;
  /**
   * Runs a callback in the poll phase, in a macrotask of its own; next ticks and microtasks are drained after it.
   * Keeps the process alive until it has run. For I/O completions.
   */
  enqueue(callback: () => void): void;
  /** Tells the loop that an event from outside is expected (an active, referenced handle): it stays alive. */
  ref(): void;
  /** Takes back one `ref`. */
  unref(): void;
}
