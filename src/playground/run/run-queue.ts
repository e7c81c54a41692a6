/** Which programs of the page run: one at a time, beside servers, which stay up. */

/** A program that wants to run. */
export interface Entrant {
  /** What the reader knows it by. */
  readonly title: string;
  /** Ends it, wherever it is. */
  readonly stop: () => Promise<void>;
}

/** A program's time to run. */
export interface Turn {
  /** It serves on this port: from now on others may run beside it. */
  serve(port: number): void;
  /** It does not serve on this port any more. */
  unserve(port: number): void;
  /** It has ended; said twice, it is nothing. */
  leave(): void;
}

interface Waiting {
  readonly entrant: Entrant;
  readonly begin: () => void;
}

/** The queue. Who waits comes in the order of asking. */
export class RunQueue {
  #running: Entrant | undefined;
  readonly #waiting: Waiting[] = [];
  readonly #servers = new Map<number, Entrant>();

  /**
   * Resolves when the entrant may run. Where it has to wait, `onWait` is told for whom. Rejects with the reason of the
   * signal, which takes the entrant out of the queue.
   */
  async enter(entrant: Entrant, signal: AbortSignal, onWait: (ahead: Entrant) => void): Promise<Turn> {
    signal.throwIfAborted();
    if (this.#running) {
      onWait(this.#waiting.at(-1)?.entrant ?? this.#running);
      await this.#wait(entrant, signal);
    }
    this.#running = entrant;
    const ports = new Set<number>();
    let isOver = false;
    return {
      serve: (port) => {
        if (isOver) return;
        ports.add(port);
        this.#servers.set(port, entrant);
        this.#pass(entrant);
      },
      unserve: (port) => {
        if (ports.delete(port)) this.#servers.delete(port);
      },
      leave: () => {
        if (isOver) return;
        isOver = true;
        for (const port of ports) this.#servers.delete(port);
        this.#pass(entrant);
      },
    };
  }

  /** Who serves on a port of the page's programs. */
  serverOn(port: number): Entrant | undefined {
    return this.#servers.get(port);
  }

  #wait(entrant: Entrant, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abandon = () => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        entrant,
        begin: () => {
          signal.removeEventListener('abort', abandon);
          resolve();
        },
      };
      this.#waiting.push(waiting);
      signal.addEventListener('abort', abandon, { once: true });
    });
  }

  /** Lets the next one run, if it was this one's turn. */
  #pass(entrant: Entrant): void {
    if (this.#running !== entrant) return;
    const next = this.#waiting.shift();
    // Set here, so that nobody comes between.
    this.#running = next?.entrant;
    next?.begin();
  }
}
