/** How far the page is behind with the messages of a process. One that only floods it would keep it from all else. */

/** Messages that may wait. A process that waits for the page never has as many. */
const mostWaiting = 20_000;
/** Messages and milliseconds of which both together are too much as well: large messages take long. */
const mostSlow = { messages: 2000, duration: 2000 };

export class Backlog {
  readonly #channel = new MessageChannel();
  #count = 0;
  #since = 0;
  #isMeasured = false;

  constructor() {
    // It comes after all that waited when it was sent.
    this.#channel.port1.onmessage = () => (this.#isMeasured = false);
  }

  /** Counts a message that is being read; answers whether too many wait. */
  add(): boolean {
    if (!this.#isMeasured) {
      this.#isMeasured = true;
      this.#count = 0;
      this.#since = performance.now();
      // A message port, not a window: the list is what it transfers.
      this.#channel.port2.postMessage(null, []);
    }
    this.#count += 1;
    if (this.#count <= mostSlow.messages) return false;
    return this.#count > mostWaiting || performance.now() - this.#since > mostSlow.duration;
  }

  /** Lets go of what it measures with. */
  close(): void {
    this.#channel.port1.close();
  }
}
