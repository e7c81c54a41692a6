/** Connections of a program, and the sockets that wait for them. */
import type { StreamEnd } from './byte-stream.ts';
import type { SocketAddress } from './port-table.ts';

/** A connected socket and both of its addresses. */
export interface Connection {
  readonly stream: StreamEnd;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** Takes who is to know whether the connection came about; absent: it did. */
  readonly whenSettled?: (callback: (failure: 'ECONNREFUSED' | undefined) => void) => void;
}

/** A listening socket: connections wait here, established, until they are accepted. */
export class Listener {
  changed: () => void = () => {};
  readonly #waiting: Connection[] = [];
  readonly #release: () => void;

  constructor(release: () => void) {
    this.#release = release;
  }

  get isReadable(): boolean {
    return this.#waiting.length > 0;
  }

  deliver(connection: Connection): void {
    this.#waiting.push(connection);
    this.changed();
  }

  accept(): Connection | undefined {
    return this.#waiting.shift();
  }

  close(): void {
    this.changed = () => {};
    this.#release();
    for (const { stream } of this.#waiting.splice(0)) stream.reset();
  }
}
