/** Which process of a machine listens where. */
import { PortTable, type Bound, type SocketAddress } from './port-table.ts';
import type { ServerAddress } from '../network-protocol.ts';

/** A socket that listens, of one process. */
export interface Server extends ServerAddress {
  readonly process: number;
}

/** The servers of several processes. */
export class Servers {
  readonly #table = new PortTable<Server>();
  readonly #all = new Set<Server>();

  /** All of them, in the order in which they came up. */
  [Symbol.iterator](): IterableIterator<Server> {
    return this.#all.values();
  }

  /** Whether anybody listens on a port. */
  has(port: number): boolean {
    return this.#table.has(port);
  }

  /** Whether nobody listens where `server` would, or all of them share. */
  hasRoomFor(server: ServerAddress): boolean {
    return this.#table.hasRoomFor(server);
  }

  /** Adds a server; false: the address is in use. */
  add(server: Server): boolean {
    const isFree = this.#table.add(boundOf(server));
    if (isFree) this.#all.add(server);
    return isFree;
  }

  /** Takes one server of a process away; false where there was none. */
  remove(process: number, { address, port }: SocketAddress): boolean {
    const server = this.#table
      .at(port)
      .find(({ socket, local }) => socket.process === process && local.address === address)?.socket;
    if (server) this.#delete(server);
    return server !== undefined;
  }

  /** Takes all servers of a process away. */
  removeAll(process: number): void {
    for (const server of this.#all) if (server.process === process) this.#delete(server);
  }

  /** Whoever gets what is sent to an address. */
  find(target: SocketAddress): Server | undefined {
    return this.#table.find(target)?.socket;
  }

  #delete(server: Server): void {
    this.#all.delete(server);
    this.#table.delete(server, server.local.port);
  }
}

function boundOf(server: Server): Bound<Server> {
  const { local, isIpv6Only, isShared } = server;
  return { local, isIpv6Only, isShared, socket: server };
}
