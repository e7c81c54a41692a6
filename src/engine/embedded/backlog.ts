/** How far the page is behind with the messages of a process. One that only floods it would keep it from all else. */

/** Messages that may wait. A process that waits for the page never has as many. */
const mostWaiting = 2000;
/** Milliseconds that the page may be behind with more than that. */
const longestDelay = 2000;

export class Backlog {
  readonly #channel = new MessageChannel();
  #count = 0;
  #since = 0;
  #isMeasured = false;

  constructor() {
    // It comes after all that waited when it was sent.
    this.#channel.port1.onmessage = () => (this.#isMeasured = false);
  }

  /** Counts a message that is being read; answers whether too many wait for too long. */
  add(): boolean {
    if (!this.#isMeasured) {
      this.#isMeasured = true;
      this.#count = 0;
      this.#since = performance.now();
      // A message port, not a window: the list is what it transfers.
      this.#channel.port2.postMessage(null, []);
    }
    this.#count += 1;
    return this.#count > mostWaiting && performance.now() - this.#since > longestDelay;
  }

  /** Lets go of what it measures with. */
  close(): void {
    this.#channel.port1.close();
  }
}
