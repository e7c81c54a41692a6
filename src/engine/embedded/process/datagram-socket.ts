/** The UDP sockets of a program. */
import type { SocketAddress } from './port-table.ts';

/** Datagrams wait here until they are received. */
export class DatagramSocket {
  /** Sends to all sockets of a port with `broadcast`. */
  mayBroadcast = false;
  /** Its datagrams to a group reach the members on this machine. */
  loopsBack = true;
  changed: () => void = () => {};
  readonly local: SocketAddress;
  readonly #waiting: { readonly bytes: Uint8Array; readonly from: SocketAddress }[] = [];
  readonly #release: () => void;

  constructor(local: SocketAddress, release: () => void) {
    this.local = local;
    this.#release = release;
  }

  get isReadable(): boolean {
    return this.#waiting.length > 0;
  }

  deliver(bytes: Uint8Array, from: SocketAddress): void {
    this.#waiting.push({ bytes, from });
    this.changed();
  }

  receive(): { readonly bytes: Uint8Array; readonly from: SocketAddress } | undefined {
    return this.#waiting.shift();
  }

  close(): void {
    this.changed = () => {};
    this.#release();
  }
}
