/** libuv's phases: timers, poll, check, closing handles. */
import type { EventLoop } from './event-loop.ts';
import { createMacrotask } from './macrotask.ts';
import type { HostGlobals } from './realm.ts';
import type { Position } from './source-registry.ts';
import type { ThrowGuard } from './throw-guard.ts';

/** A function of Node's library that lets microtasks run wherever it yields. */
export type Interrupted<Result> = () => Generator<unknown, Result>;

/** What Node's library registered with its bindings, and what the process does around callbacks. */
export interface LoopHooks {
  /** The receiver of Node's callbacks. */
  readonly process: object;
  /** `processTicksAndRejections` */
  tick: Interrupted<unknown>;
  /** Returns when to call again, in loop time, negative when that does not keep the process alive; 0 is never. */
  timers: (now: number) => Generator<unknown, number>;
  immediates: Interrupted<unknown>;
  /** Something was thrown out of a callback, at `site`. Returns when a handler took it. */
  uncaught: (error: unknown, site: Position | undefined) => void;
  /** Microtasks are about to run from a callback that Node's library did not have to look after. */
  microtasks: () => void;
  /** A callback has ended: time to send what it printed. */
  settled: () => void;
  /** Nothing is left to do but to wait. */
  resting: () => void;
  /** The loop begins to turn, after the first script. */
  started: () => void;
  /** The loop has come to its end. */
  ended: () => void;
  beforeExit: () => void;
}

// A program's hooks on promises do not see those of the loop.
const HostPromise = Promise;
const settled = Promise.resolve();

interface Completion {
  readonly callback: () => unknown;
  /** The iteration in which the operation began. */
  readonly begun: number;
  readonly keepsAlive: boolean;
}

export class LibuvLoop implements EventLoop {
  /** Has a next tick; has a rejection to report. Shared with Node's library. */
  readonly tickInfo = new Uint8Array(2);
  /** Number of immediates; of those that keep the process alive; whether some were left over after an error. */
  readonly immediateInfo = new Uint32Array(3);
  /** Number of timers that keep the process alive. */
  readonly timeoutInfo = new Int32Array(1);
  readonly hooks: LoopHooks;
  /** Milliseconds in which the loop has waited for events. */
  idleTime = 0;
  readonly #host: HostGlobals;
  readonly #guard: ThrowGuard;
  readonly #macrotask: () => Promise<void>;
  #startedAt: number;
  #completions: Completion[] = [];
  #pending: (() => void)[] = [];
  #closing: (() => void)[] = [];
  readonly #unreferenced: (() => void)[] = [];
  #handles = 0;
  #iteration = 0;
  #timerAt: number | undefined;
  #isTimerReferenced = false;
  #wake: (() => void) | undefined;

  constructor(host: HostGlobals, guard: ThrowGuard, hooks: LoopHooks) {
    this.#host = host;
    this.#guard = guard;
    this.hooks = hooks;
    this.#macrotask = createMacrotask(host.MessageChannel);
    this.#startedAt = host.performance.now();
  }

  now(): number {
    return Math.floor(this.#host.performance.now() - this.#startedAt);
  }

  enqueue(callback: () => void): void {
    this.#complete({ callback, begun: this.#iteration, keepsAlive: true });
  }

  enqueueReady(callback: () => unknown): void {
    this.#complete({ callback, begun: -Infinity, keepsAlive: false });
  }

  enqueuePending(callback: () => void): void {
    this.#pending.push(callback);
    this.#wake?.();
  }

  enqueueClose(callback: () => void): void {
    this.#closing.push(callback);
    this.#wake?.();
  }

  enqueueUnreferenced(callback: () => void): void {
    this.#unreferenced.push(callback);
  }

  #runUnreferenced(): void {
    this.#unreferenced.splice(0).forEach((callback) => this.#enter(callback));
  }

  ref(): void {
    this.#handles++;
  }

  unref(): void {
    this.#handles--;
    this.#wake?.();
  }

  /** Lets Node's timers be called in `milliseconds`, at least 1. */
  scheduleTimer(milliseconds: number): void {
    this.#timerAt = this.now() + Math.max(1, milliseconds);
    this.#wake?.();
  }

  /** Whether the timers keep the process alive. */
  referenceTimer(isReferenced: boolean): void {
    this.#isTimerReferenced = isReferenced;
  }

  /** Resolves when all microtasks have run and the browser has told which promises were rejected unhandled. */
  runMicrotasks(): Promise<void> {
    return this.#macrotask();
  }

  /** Runs the program until nothing keeps it alive. */
  async run(main: () => void): Promise<void> {
    this.#startedAt = this.#host.performance.now();
    this.#enter(main);
    await this.#drain();
    this.hooks.started();
    await this.#awaitFirstTimer();
    do {
      await this.#runTimers();
      while (this.#isAlive()) {
        this.#iteration++;
        await this.#poll();
        await this.#check();
        await this.#closeHandles();
        await this.#runTimers();
      }
      this.#runUnreferenced();
      await this.#call(this.hooks.beforeExit);
    } while (this.#isAlive());
    this.hooks.ended();
  }

  /** A rejection was reported outside of any callback: it is looked at in the next turn. */
  rejectionReported(): void {
    this.#complete({ callback: () => {}, begun: -Infinity, keepsAlive: true });
  }

  #complete(completion: Completion): void {
    this.#completions.push(completion);
    this.#wake?.();
  }

  #isAlive(): boolean {
    return (
      this.#completions.some(({ keepsAlive }) => keepsAlive) ||
      this.#pending.length > 0 ||
      this.#closing.length > 0 ||
      this.#handles > 0 ||
      (this.#timerAt !== undefined && this.#isTimerReferenced) ||
      this.#immediates(1) > 0
    );
  }

  #immediates(field: 0 | 1 | 2): number {
    return this.immediateInfo[field] ?? 0;
  }

  /** A native process takes more than a millisecond to get here, so that its shortest timers are due by then. */
  async #awaitFirstTimer(): Promise<void> {
    while (this.#timerAt !== undefined && this.#timerAt - this.now() === 1) await this.#macrotask();
  }

  async #runTimers(): Promise<void> {
    if (this.#timerAt === undefined || this.now() < this.#timerAt) return;
    this.#timerAt = undefined;
    await this.#callTimers();
  }

  async #callTimers(): Promise<void> {
    const now = this.now();
    const start = (): Generator<unknown, number> => this.hooks.timers.call(this.hooks.process, now);
    await this.#runThrough(start, (next) => {
      // The others are due no less when one has thrown.
      if (next === undefined) return this.#callTimers();
      if (next !== 0) {
        this.scheduleTimer(Math.abs(next) - this.now());
        this.#isTimerReferenced = next > 0;
      }
      return this.#drain();
    });
  }

  async #poll(): Promise<void> {
    const canSleep = this.#immediates(0) === 0 && this.#closing.length === 0 && this.#pending.length === 0;
    if (canSleep && this.#completions.length === 0) await this.#sleep();
    // Where the loop does not wait, an operation is not done yet when the poll right after its start looks for it.
    const latest = canSleep ? Infinity : this.#iteration - 2;
    const ready = this.#completions.filter(({ begun }) => begun <= latest);
    this.#completions = this.#completions.filter(({ begun }) => begun > latest);
    // Without iterators: a program may have changed those of arrays.
    for (let next = ready.shift(); next; next = ready.shift()) while (await this.#call(next.callback));
    for (let callback = this.#pending.shift(); callback; callback = this.#pending.shift())
      await this.#call(callback);
  }

  async #sleep(): Promise<void> {
    this.hooks.resting();
    const sleptAt = this.#host.performance.now();
    let timeout: number | undefined;
    await new HostPromise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#timerAt === undefined) return;
      timeout = this.#host.setTimeout(resolve, Math.max(0, this.#timerAt - this.now()));
    });
    this.idleTime += this.#host.performance.now() - sleptAt;
    this.#wake = undefined;
    if (timeout !== undefined) this.#host.clearTimeout(timeout);
    // Leaves the browser's timer task: timers set inside one another are slowed down to 4 ms.
    await this.#macrotask();
  }

  async #check(): Promise<void> {
    this.#runUnreferenced();
    if (this.#immediates(0) === 0) return;
    do {
      await this.#runThrough(
        () => this.hooks.immediates.call(this.hooks.process),
        // After a failure, ticks and microtasks wait for the immediates that are left.
        () => (this.#immediates(2) === 0 ? this.#drain() : settled),
      );
    } while (this.#immediates(2) !== 0);
  }

  async #closeHandles(): Promise<void> {
    const closing = this.#closing;
    this.#closing = [];
    for (let callback = closing.pop(); callback; callback = closing.pop()) await this.#call(callback);
  }

  /** The result is true if the callback has more to do right after its ticks and microtasks. */
  async #call(callback: () => unknown): Promise<boolean> {
    let result: unknown;
    const hasReturned = this.#enter(() => {
      result = callback();
    });
    if (hasReturned) await this.#drain();
    // After a failure, ticks and microtasks wait for the next callback.
    else this.hooks.settled();
    return result === true;
  }

  /** Calls into the program; what it throws goes to its handlers, and the result is false. */
  #enter(callback: () => void): boolean {
    const thrown = this.#guard.call(callback);
    if (thrown) this.hooks.uncaught(thrown.error, thrown.site);
    return !thrown;
  }

  /**
   * Runs a function of Node's library, with microtasks where it yields. `finish` gets its result, undefined if it threw,
   * before any microtask that it left.
   */
  async #runThrough<Result>(
    start: () => Generator<unknown, Result>,
    finish: (result: Result | undefined) => Promise<void>,
  ): Promise<void> {
    const steps = start();
    let step: IteratorResult<unknown, Result> | undefined;
    const advance = (): void => {
      step = steps.next();
    };
    while (this.#enter(advance)) {
      if (step?.done === true) {
        await finish(step.value);
        return;
      }
      await this.runMicrotasks();
    }
    await finish(undefined);
  }

  /** What Node does when a callback from C++ has returned: next ticks, then microtasks, then rejections. */
  async #drain(): Promise<void> {
    if (this.tickInfo[0] === 0) {
      this.hooks.microtasks();
      await this.runMicrotasks();
    }
    if (this.tickInfo[0] !== 0 || this.tickInfo[1] !== 0)
      await this.#runThrough(
        () => this.hooks.tick.call(this.hooks.process),
        () => settled,
      );
    this.hooks.settled();
  }
}
