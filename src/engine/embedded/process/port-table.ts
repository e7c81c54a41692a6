/** Which socket has which address and port. */

/** Where a socket is; `address` is canonical text. */
export interface SocketAddress {
  readonly family: 4 | 6;
  readonly address: string;
  readonly port: number;
}

/** A socket at its address. */
export interface Bound<Socket> {
  readonly local: SocketAddress;
  readonly isIpv6Only: boolean;
  readonly isShared: boolean;
  readonly socket: Socket;
}

/** Whether an address stands for all of its family. */
export const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** Where a socket is bound, and how. */
type Address = Omit<Bound<unknown>, 'socket'>;

function overlaps(one: Address, other: Address): boolean {
  if (one.local.port !== other.local.port || (one.isShared && other.isShared)) return false;
  const takes = (bound: Address, family: 4 | 6): boolean =>
    bound.local.family === family || (bound.local.address === '::' && !bound.isIpv6Only);
  const isSameFamily = one.local.family === other.local.family;
  if (!isSameFamily && !(takes(one, 4) && takes(other, 4))) return false;
  const isEverywhere = isWildcard(one.local.address) || isWildcard(other.local.address);
  return isEverywhere || one.local.address === other.local.address;
}

/** The ports that Linux hands out. */
const ephemeral = { first: 32_768, last: 60_999 };

/** Who has which port of one protocol. */
export class PortTable<Socket> {
  readonly #bound = new Map<number, Set<Bound<Socket>>>();
  #nextPort = ephemeral.first + Math.floor(Math.random() * 20_000);

  /** A port that nobody has, here or elsewhere; undefined when all are taken. */
  freePort(isTakenElsewhere: (port: number) => boolean = () => false): number | undefined {
    for (let tries = ephemeral.last - ephemeral.first; tries >= 0; tries--) {
      const port = this.#nextPort++;
      if (this.#nextPort > ephemeral.last) this.#nextPort = ephemeral.first;
      if (!this.has(port) && !isTakenElsewhere(port)) return port;
    }
    return undefined;
  }

  /** Whether an address is not in use. */
  hasRoomFor(address: Address): boolean {
    return !this.at(address.local.port).some((other) => overlaps(address, other));
  }

  /** Binds a socket; false: the address is in use. */
  add(bound: Bound<Socket>): boolean {
    const { port } = bound.local;
    if (!this.hasRoomFor(bound)) return false;
    this.#bound.set(port, (this.#bound.get(port) ?? new Set()).add(bound));
    return true;
  }

  delete(socket: Socket, port: number): void {
    const sockets = this.#bound.get(port);
    for (const bound of sockets ?? []) if (bound.socket === socket) sockets?.delete(bound);
    if (sockets?.size === 0) this.#bound.delete(port);
  }

  has(port: number): boolean {
    return this.#bound.has(port);
  }

  /** The socket that gets what is sent to an address: one bound to exactly it goes before one bound to all. */
  find({ family, address, port }: SocketAddress): Bound<Socket> | undefined {
    const candidates = this.at(port);
    return (
      candidates.find(({ local }) => local.address === address) ??
      candidates.find(({ local }) => local.family === family && isWildcard(local.address)) ??
      candidates.find(({ local, isIpv6Only }) => family === 4 && local.address === '::' && !isIpv6Only)
    );
  }

  /** All sockets of a port. */
  at(port: number): readonly Bound<Socket>[] {
    return [...(this.#bound.get(port) ?? [])];
  }

  findPort(port: number): Bound<Socket> | undefined {
    return this.at(port)[0];
  }
}
