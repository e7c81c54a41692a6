/** libuv's loop as Node's library expects it, in a Worker. */
export interface EventLoop {
  /** Milliseconds since the loop was started, as `uv_now` reports them. */
  now(): number;
  /**
   * Runs a callback in the poll phase, in a macrotask of its own; next ticks and microtasks are drained after it.
   * Keeps the process alive until it has run. For I/O completions.
   */
  enqueue(callback: () => void): void;
  /**
   * Runs a callback in the very next poll phase: for a socket that is ready already, where an operation handed to
   * `enqueue` is still under way when a loop that does not wait looks for it. Wakes the loop, but does not keep the process
   * alive: the handle or request that waits for the event does, if it is referenced. A callback that returns true is called
   * again before other events are looked at.
   */
  enqueueReady?(callback: () => unknown): void;
  /** Runs a callback right after this turn's poll phase, before immediates, as `uv__io_feed` does; also what it adds. */
  enqueuePending?(callback: () => void): void;
  /**
   * Runs a callback in the phase of closing handles, as `uv_close` does: of what one turn has collected, the last comes
   * first. Keeps the process alive until it has run.
   */
  enqueueClose?(callback: () => void): void;
  /**
   * Runs a callback before the next immediates, at the latest when nothing else keeps the process alive, as C++'s own
   * immediates without a reference are.
   */
  enqueueUnreferenced?(callback: () => void): void;
  /** Tells the loop that an event from outside is expected (an active, referenced handle): it stays alive. */
  ref(): void;
  /** Takes back one `ref`. */
  unref(): void;
}
