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

function overlaps(one: Bound<unknown>, other: Bound<unknown>): boolean {
  if (one.local.port !== other.local.port || (one.isShared && other.isShared)) return false;
  const takes = (bound: Bound<unknown>, family: 4 | 6): boolean =>
    bound.local.family === family || (bound.local.address === '::' && !bound.isIpv6Only);
  const isSameFamily = one.local.family === other.local.family;
  if (!isSameFamily && !(takes(one, 4) && takes(other, 4))) return false;
  const isEverywhere = isWildcard(one.local.address) || isWildcard(other.local.address);
  return isEverywhere || one.local.address === other.local.address;
}

/** Who has which port of one protocol. */
export class PortTable<Socket> {
  readonly #bound = new Set<Bound<Socket>>();
  // Linux hands out ephemeral ports from this range.
  #nextPort = 32_768 + Math.floor(Math.random() * 20_000);

  freePort(): number {
    for (;;) {
      const port = this.#nextPort++;
      if (this.#nextPort > 60_999) this.#nextPort = 32_768;
      if (![...this.#bound].some(({ local }) => local.port === port)) return port;
    }
  }

  add(bound: Bound<Socket>): boolean {
    if ([...this.#bound].some((other) => overlaps(bound, other))) return false;
    this.#bound.add(bound);
    return true;
  }

  delete(socket: Socket): void {
    for (const bound of this.#bound) if (bound.socket === socket) this.#bound.delete(bound);
  }

  has(port: number): boolean {
    return [...this.#bound].some(({ local }) => local.port === port);
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
    return [...this.#bound].filter(({ local }) => local.port === port);
  }

  findPort(port: number): Bound<Socket> | undefined {
    return [...this.#bound].find(({ local }) => local.port === port);
  }
}
