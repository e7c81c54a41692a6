/** Notices that the engine's frame is gone: a browser ends its process without a word when it needs too much memory. */

/** Milliseconds between two questions. */
const interval = 1000;
/** Questions without an answer after which there will be none; time alone says nothing in a page that slept. */
const mostUnanswered = 20;

export class Heartbeat {
  readonly #ask: () => void;
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #unanswered = 0;

  /** `ask` sends a question; `onSilence` is called once when nobody answers any more. */
  constructor(ask: () => void, onSilence: () => void) {
    this.#ask = ask;
    this.#onSilence = onSilence;
  }

  /** Begins to ask; further calls change nothing. */
  start(): void {
    this.#timer ??= setInterval(() => this.#beat(), interval);
  }

  /** Stops to ask. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#unanswered = 0;
  }

  /** An answer has come. */
  answered(): void {
    this.#unanswered = 0;
  }

  #beat(): void {
    if (this.#unanswered >= mostUnanswered) {
      this.stop();
      this.#onSilence();
      return;
    }
    this.#unanswered += 1;
    this.#ask();
  }
}
