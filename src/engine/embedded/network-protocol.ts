/**
 * The network between the processes of one frame: what each tells the frame of its servers and connections, what the frame
 * tells the others, and what runs over a connection, whose two ends are ports of one channel. A process is a stranger to
 * the frame and to the others: each reads what comes from one through the functions here.
 */
import { isBytes, isText, isWhole, member } from './message-fields.ts';
import { formatIp, parseIp } from './process/ip-address.ts';
import type { SocketAddress } from './process/port-table.ts';

/** Where a process listens. */
export interface ServerAddress {
  readonly local: SocketAddress;
  /** An IPv6 socket that takes no IPv4 traffic. */
  readonly isIpv6Only: boolean;
  /** Several may have the same address, if all of them say so. */
  readonly isShared: boolean;
}

/** Worker → sandboxed document. A dial comes with the far end of its connection. */
export type NetworkRequest =
  | { readonly type: 'server-up'; readonly server: ServerAddress }
  | { readonly type: 'server-down'; readonly local: SocketAddress }
  | {
      readonly type: 'dial';
      readonly id: number;
      readonly from: SocketAddress;
      readonly target: SocketAddress;
    }
  /** The program has ended: nothing of it listens any more. */
  | { readonly type: 'ended' };

/** Sandboxed document → Worker. An incoming connection comes with its end. */
export type NetworkNews =
  | { readonly type: 'server-up'; readonly process: number; readonly server: ServerAddress }
  | { readonly type: 'server-down'; readonly process: number; readonly local: SocketAddress }
  /** Answer to a dial: the process that has the other end, or nobody. */
  | { readonly type: 'dialed'; readonly id: number; readonly process?: number }
  | {
      readonly type: 'incoming';
      readonly process: number;
      readonly from: SocketAddress;
      readonly target: SocketAddress;
    }
  | { readonly type: 'process-ended'; readonly process: number };

/** Process → process, over a connection. */
export type ConnectionMessage =
  | { readonly type: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  /** So many bytes have found room: as many more may be sent. */
  | { readonly type: 'taken'; readonly count: number }
  /** Nothing will be sent any more. */
  | { readonly type: 'end' }
  | { readonly type: 'reset' };

/** Bytes of one message. */
export const longestPiece = 256 * 1024;

/** Reads what a Worker tells the frame of its network; undefined when it is nothing of the kind. */
export function readNetworkRequest(data: unknown): NetworkRequest | undefined {
  const local = readAddress(member(data, 'local'));
  switch (member(data, 'type')) {
    case 'server-up': {
      const server = readServer(member(data, 'server'));
      return server && { type: 'server-up', server };
    }
    case 'server-down':
      return local && { type: 'server-down', local };
    case 'dial': {
      const id = member(data, 'id');
      const [from, target] = [readAddress(member(data, 'from')), readAddress(member(data, 'target'))];
      return isWhole(id) && from && target ? { type: 'dial', id, from, target } : undefined;
    }
    case 'ended':
      return { type: 'ended' };
    default:
      return undefined;
  }
}

/** Reads a message of another process; undefined when it is none. */
export function readConnectionMessage(data: unknown): ConnectionMessage | undefined {
  const [bytes, count] = [member(data, 'bytes'), member(data, 'count')];
  switch (member(data, 'type')) {
    case 'bytes':
      return isBytes(bytes, longestPiece) ? { type: 'bytes', bytes } : undefined;
    case 'taken':
      return isWhole(count) ? { type: 'taken', count } : undefined;
    case 'end':
      return { type: 'end' };
    case 'reset':
      return { type: 'reset' };
    default:
      return undefined;
  }
}

function readServer(data: unknown): ServerAddress | undefined {
  const local = readAddress(member(data, 'local'));
  const [isIpv6Only, isShared] = [member(data, 'isIpv6Only'), member(data, 'isShared')];
  return local && { local, isIpv6Only: isIpv6Only === true, isShared: isShared === true };
}

/** An address that is written as the engine writes it. */
function readAddress(data: unknown): SocketAddress | undefined {
  const [address, port] = [member(data, 'address'), member(data, 'port')];
  const ip = isText(address, 50) ? parseIp(address) : undefined;
  if (!ip || address !== formatIp(ip) || !isWhole(port, 65_535)) return undefined;
  return { family: ip.family, address, port };
}
