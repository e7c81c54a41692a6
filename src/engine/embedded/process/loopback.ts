/**
 * The network of a program: sockets that reach each other, those of the other programs of the page, and nothing else, as on
 * a kernel's loopback interface.
 *
 * All of it is synchronous: a call changes state at once and tells the other side through `changed`; when the program hears
 * of it is the event loop's business. Errors are names of libuv's table, returned, not thrown.
 */
import { StreamEnd } from './byte-stream.ts';
import { DatagramSocket } from './datagram-socket.ts';
import { formatIp, mappedIpv4, parseIp, type IpAddress } from './ip-address.ts';
import { Listener, type Connection } from './listener.ts';
import { PortTable, isWildcard, type SocketAddress } from './port-table.ts';
import type { Machine } from './machine.ts';
import type { Realm } from './realm.ts';

export type NetworkFailure =
  'EACCES' | 'EADDRINUSE' | 'EADDRNOTAVAIL' | 'ECONNREFUSED' | 'EINVAL' | 'ENETUNREACH' | 'ENOENT';

/** What the engine wants to know of a program's servers. */
export interface LoopbackObserver {
  /** A TCP server of the program began to listen on a port. */
  onListen?(port: number): void;
  /** A TCP server of the program stopped. */
  onClose?(port: number): void;
  /** The program tried to reach a host outside the page, which is not possible. */
  onUnreachable?(host: string): void;
}

/** How a server shares its address. */
export interface BindOptions {
  /** An IPv6 socket that takes no IPv4 traffic. */
  readonly isIpv6Only?: boolean;
  /** Lets several sockets have the same port, if all of them ask for it. */
  readonly isShared?: boolean;
}

const broadcast = '255.255.255.255';

/** Whether an address stands for a group of sockets. */
export const isMulticast = ({ family, bytes: [first = 0] }: IpAddress): boolean =>
  family === 4 ? first >= 224 && first < 240 : first === 255;

/** Addresses of this machine: the loopback ones, and the two that stand for all. */
function isLocal(ip: IpAddress): boolean {
  const ipv4 = ip.family === 4 ? ip : mappedIpv4(ip);
  const text = formatIp(ip);
  return isWildcard(text) || (ipv4 ? ipv4.bytes[0] === 127 || isWildcard(formatIp(ipv4)) : text === '::1');
}

/** How a dual-stack IPv6 socket sees an IPv4 address. */
function seenBy(family: 4 | 6, address: SocketAddress): SocketAddress {
  if (family === 4 || address.family === 6) return address;
  return { ...address, family: 6, address: `::ffff:${address.address}` };
}

/** The network of one process: it reaches itself, and through the machine the other processes. */
export class Loopback {
  readonly #tcp = new PortTable<Listener>();
  readonly #udp = new PortTable<DatagramSocket>();
  /** Members of multicast groups, by the group's address. */
  readonly #groups = new Map<string, Set<DatagramSocket>>();
  readonly #paths = new Map<string, Listener>();
  readonly #observers = new Set<LoopbackObserver>();
  /** The other programs of the page, where there may be any. */
  machine: Machine | undefined;

  /** Tells an observer what happens from now on. */
  observe(observer: LoopbackObserver): void {
    this.#observers.add(observer);
  }

  /** Notes that the program tried to reach a host outside the page. */
  reportUnreachable(host: string): void {
    for (const each of this.#observers) each.onUnreachable?.(host);
  }

  /** An address and port of this machine to bind to; port 0 becomes a free one. */
  resolveLocal(protocol: 'tcp' | 'udp', address: string, port: number): SocketAddress | NetworkFailure {
    const ip = parseIp(address);
    if (!ip) return 'EINVAL';
    // A UDP socket may have the address of a group.
    if (!isLocal(ip) && !(protocol === 'udp' && isMulticast(ip))) return 'EADDRNOTAVAIL';
    // A program may pass anything for a port: as in C++, what is no number is 0.
    const free = port >>> 0 || (protocol === 'tcp' ? this.#freePort() : this.#udp.freePort());
    return free === undefined ? 'EADDRINUSE' : { family: ip.family, address: formatIp(ip), port: free };
  }

  /** Starts to take connections at an address that `resolveLocal` gave. */
  listen(local: SocketAddress, options: BindOptions = {}): Listener | NetworkFailure {
    const { isIpv6Only = false, isShared = false } = options;
    const server = { local, isIpv6Only, isShared };
    if (this.machine?.hasRoomFor(server) === false) return 'EADDRINUSE';
    const listener = new Listener(() => {
      this.#tcp.delete(listener, local.port);
      this.machine?.withdraw(local);
      if (!this.#tcp.has(local.port)) for (const each of this.#observers) each.onClose?.(local.port);
    });
    const isFirst = !this.#tcp.has(local.port);
    if (!this.#tcp.add({ ...server, socket: listener })) return 'EADDRINUSE';
    this.machine?.announce(server);
    if (isFirst) for (const each of this.#observers) each.onListen?.(local.port);
    return listener;
  }

  /** Connects to a server of this program, or of another one of the page, from `from` or a free port. */
  connect(address: string, port: number, from?: SocketAddress): Connection | NetworkFailure {
    const target = this.resolveRemote(address, port);
    if (typeof target === 'string') return target;
    const isTaken = from && this.#tcp.find(from)?.local.address === from.address;
    if (isTaken) return 'EADDRINUSE';
    const bound = this.#tcp.find(target);
    if (bound) return this.#join(bound.socket, bound.local.family, target, from);
    const local = this.#clientAddress(target, from);
    const dial = this.machine?.dial(target, local);
    if (!dial) return 'ECONNREFUSED';
    return {
      stream: dial.stream,
      local,
      remote: target,
      whenSettled: (callback) => {
        dial.onSettled = (isConnected) => callback(isConnected ? undefined : 'ECONNREFUSED');
      },
    };
  }

  /** Takes a connection of another program of the page; false where nobody listens. */
  take(stream: StreamEnd, target: SocketAddress, from: SocketAddress): boolean {
    const bound = this.#tcp.find(target);
    const { family } = bound?.local ?? target;
    bound?.socket.deliver({ stream, local: seenBy(family, target), remote: seenBy(family, from) });
    return bound !== undefined;
  }

  /** Connects to whatever listens on a port, from outside of the program. */
  connectToPort(port: number): Connection | NetworkFailure {
    const bound = this.#tcp.findPort(port);
    if (!bound) return 'ECONNREFUSED';
    const { family, address } = bound.local;
    const isReachable = !isWildcard(address) || (family === 6 && bound.isIpv6Only);
    const target: SocketAddress = isReachable
      ? { family, address: address === '::' ? '::1' : address, port }
      : { family: 4, address: '127.0.0.1', port };
    return this.#join(bound.socket, family, target, undefined);
  }

  /** Starts to take connections at a path. */
  listenAt(path: string): Listener | NetworkFailure {
    if (this.#paths.has(path)) return 'EADDRINUSE';
    const listener = new Listener(() => this.#paths.delete(path));
    this.#paths.set(path, listener);
    return listener;
  }

  /** Connects to the server at a path. */
  connectTo(path: string): StreamEnd | NetworkFailure {
    const listener = this.#paths.get(path);
    if (!listener) return 'ENOENT';
    const [ours, theirs] = StreamEnd.pair();
    const nowhere: SocketAddress = { family: 4, address: '', port: 0 };
    listener.deliver({ stream: theirs, local: nowhere, remote: nowhere });
    return ours;
  }

  /** Opens a UDP socket at an address that `resolveLocal` gave. */
  bindDatagram(local: SocketAddress, options: BindOptions = {}): DatagramSocket | NetworkFailure {
    const { isIpv6Only = false, isShared = false } = options;
    const socket = new DatagramSocket(local, () => {
      this.#udp.delete(socket, local.port);
      for (const members of this.#groups.values()) members.delete(socket);
    });
    return this.#udp.add({ local, isIpv6Only, isShared, socket }) ? socket : 'EADDRINUSE';
  }

  /** Sends a datagram; returns whether anybody is there to receive it. */
  send(socket: DatagramSocket, bytes: Uint8Array, address: string, port: number): NetworkFailure | boolean {
    const ip = parseIp(address);
    const group = ip && formatIp(ip);
    if (group === broadcast && !socket.mayBroadcast) return 'EACCES';
    if (ip && group !== undefined && (group === broadcast || isMulticast(ip))) {
      const sender = { ...socket.local, address: ip.family === 4 ? '127.0.0.1' : '::1', family: ip.family };
      for (const receiver of socket.loopsBack ? this.#receiversOf(ip, group, port) : [])
        receiver.deliver(new Uint8Array(bytes), seenBy(receiver.local.family, sender));
      return true;
    }
    const target = this.resolveRemote(address, port);
    if (typeof target === 'string') return target;
    const bound = this.#udp.find(target);
    const from = isWildcard(socket.local.address) ? target.address : socket.local.address;
    const sender: SocketAddress = { family: target.family, address: from, port: socket.local.port };
    bound?.socket.deliver(new Uint8Array(bytes), seenBy(bound.local.family, sender));
    return bound !== undefined;
  }

  /** Adds a socket to a multicast group. */
  join(socket: DatagramSocket, group: string): NetworkFailure | undefined {
    const members = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, members);
    if (members.has(socket)) return 'EADDRINUSE';
    members.add(socket);
    return undefined;
  }

  /** Takes a socket out of a multicast group. */
  leave(socket: DatagramSocket, group: string): NetworkFailure | undefined {
    return this.#groups.get(group)?.delete(socket) === true ? undefined : 'EADDRNOTAVAIL';
  }

  /** Where a packet to an address ends: an address of this machine, or nowhere. */
  resolveRemote(address: string, port: number): SocketAddress | NetworkFailure {
    const parsed = parseIp(address);
    if (!parsed) return 'EINVAL';
    if (!isLocal(parsed)) {
      this.reportUnreachable(address);
      return 'ENETUNREACH';
    }
    const ip = mappedIpv4(parsed) ?? parsed;
    const text = formatIp(ip);
    const here = ip.family === 4 ? '127.0.0.1' : '::1';
    return { family: ip.family, address: isWildcard(text) ? here : text, port };
  }

  /** As Linux has it: an IPv4 socket bound to all addresses hears every group that somebody here is in. */
  #receiversOf({ family }: IpAddress, group: string, port: number): DatagramSocket[] {
    const members = this.#groups.get(group);
    const isHeard = group === broadcast || (family === 4 && members !== undefined && members.size > 0);
    return this.#udp
      .at(port)
      .filter(({ local: { address }, socket }) =>
        isHeard ? isWildcard(address) || address === group : members?.has(socket) === true,
      )
      .map(({ socket }) => socket);
  }

  #join(
    listener: Listener,
    family: 4 | 6,
    target: SocketAddress,
    from: SocketAddress | undefined,
  ): Connection {
    const [ours, theirs] = StreamEnd.pair();
    const local = this.#clientAddress(target, from);
    listener.deliver({ stream: theirs, local: seenBy(family, target), remote: seenBy(family, local) });
    return { stream: ours, local, remote: target };
  }

  /** Where a client of `target` is, as far as it does not say so itself. */
  #clientAddress({ family }: SocketAddress, from: SocketAddress | undefined): SocketAddress {
    const isFromHere = from && !isWildcard(from.address);
    const address = isFromHere ? from.address : family === 4 ? '127.0.0.1' : '::1';
    return { family, address, port: from?.port ?? this.#freePort() ?? 0 };
  }

  #freePort(): number | undefined {
    return this.#tcp.freePort((port) => this.machine?.hasPort(port) === true);
  }
}

const loopbacks = new WeakMap<Realm, Loopback>();

/** The network of a process. */
export function loopbackOf(realm: Realm): Loopback {
  const loopback = loopbacks.get(realm) ?? new Loopback();
  loopbacks.set(realm, loopback);
  return loopback;
}
