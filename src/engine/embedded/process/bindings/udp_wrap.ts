/** UDP sockets on the program's own network. */
import { describeAddress } from './tcp_wrap.ts';
import { parseIp, type IpAddress } from '../ip-address.ts';
import { loopbackOf, type DatagramSocket, type SocketAddress } from '../loopback.ts';
import { ReqWrap } from '../wraps/async-wrap.ts';
import { HandleWrap } from '../wraps/handle-wrap.ts';
import type { BindingFactory } from '../realm.ts';

/** The flags of `bind`, and the most bytes that a datagram holds. */
const IPV6ONLY = 1;
const REUSEADDR = 4;
const REUSEPORT = 64;
const maxSize = 65_507;
const defaultBufferSize = 212_992;

const isMulticast = ({ family, bytes: [first = 0] }: IpAddress): boolean =>
  family === 4 ? first >= 224 && first < 240 : first === 255;

/** `internalBinding('udp_wrap')`. */
export const udpWrap: BindingFactory = (realm, shape) => {
  const loopback = loopbackOf(realm);
  const errno = (name: string): number => realm.uv.errno(name);

  class UDP extends HandleWrap {
    declare onmessage?: unknown;
    #socket: DatagramSocket | undefined;
    #remote: SocketAddress | undefined;
    #isReceiving = false;
    #isScheduled = false;
    readonly #bufferSizes = { receive: defaultBufferSize, send: defaultBufferSize };

    constructor() {
      super(realm, 'UDPWRAP');
    }

    get fd(): number {
      return -1;
    }

    open(): number {
      return errno('EBADF');
    }

    bind(address: string, port: number, flags: number): number {
      return this.#bind(address, port, flags);
    }

    bind6(address: string, port: number, flags: number): number {
      return this.#bind(address, port, flags);
    }

    connect(address: string, port: number): number {
      return this.#connect(address, port);
    }

    connect6(address: string, port: number): number {
      return this.#connect(address, port);
    }

    disconnect(): number {
      if (!this.#remote) return errno('ENOTCONN');
      this.#remote = undefined;
      return 0;
    }

    /** Takes port and address, or neither on a connected socket. Returns one more than the bytes sent, or an error. */
    send(_request: ReqWrap, chunks: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
      return this.#send(chunks, to);
    }

    send6(_request: ReqWrap, chunks: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
      return this.#send(chunks, to);
    }

    recvStart(): number {
      this.#isReceiving = true;
      this.setActive(true);
      this.#schedule('ready');
      return 0;
    }

    recvStop(): number {
      this.#isReceiving = false;
      this.setActive(false);
      return 0;
    }

    getsockname(into: object): number {
      if (!this.#socket) return errno('EBADF');
      describeAddress(this.#socket.local, into);
      return 0;
    }

    getpeername(into: object): number {
      if (!this.#remote) return errno('ENOTCONN');
      describeAddress(this.#remote, into);
      return 0;
    }

    getSendQueueSize(): number {
      return 0;
    }

    getSendQueueCount(): number {
      return 0;
    }

    /** The size of a kernel's buffer for receiving or sending; 0 asks. Linux doubles what it is told. */
    bufferSize(size: number, isReceiving: boolean, context: object): number | undefined {
      const direction = isReceiving ? 'receive' : 'send';
      if (!this.#socket) {
        const syscall = `uv_${isReceiving ? 'recv' : 'send'}_buffer_size`;
        const message = realm.uv.byNumber.get(errno('EBADF'))?.message;
        Object.assign(context, { errno: errno('EBADF'), code: 'EBADF', message, syscall });
        return undefined;
      }
      if (size > 0) this.#bufferSizes[direction] = size * 2;
      return size > 0 ? size : this.#bufferSizes[direction];
    }

    // Options of the socket make no difference on a network of one machine; that they are valid does.

    setBroadcast(): number {
      return this.#option(true);
    }

    setTTL(ttl: number): number {
      return this.#option(ttl > 0 && ttl < 256);
    }

    setMulticastTTL(ttl: number): number {
      return this.#option(ttl >= 0 && ttl < 256);
    }

    setMulticastLoopback(): number {
      return this.#option(true);
    }

    setMulticastInterface(address: string): number {
      const ip = parseIp(address);
      return this.#option(ip !== undefined && !isMulticast(ip) && ip.family === this.#socket?.local.family);
    }

    addMembership(group: string): number {
      return this.#membership(group);
    }

    dropMembership(group: string): number {
      return this.#membership(group);
    }

    addSourceSpecificMembership(source: string, group: string): number {
      return parseIp(source) ? this.#membership(group) : errno('EINVAL');
    }

    dropSourceSpecificMembership(source: string, group: string): number {
      return parseIp(source) ? this.#membership(group) : errno('EINVAL');
    }

    protected override release(): void {
      this.#isReceiving = false;
      this.#socket?.close();
    }

    #bind(address: string, port: number, flags: number): number {
      if (this.#socket) return errno('EINVAL');
      const local = loopback.resolveLocal('udp', address, port);
      if (typeof local === 'string') return errno(local);
      const socket = loopback.bindDatagram(local, {
        isIpv6Only: (flags & IPV6ONLY) !== 0,
        isShared: (flags & (REUSEADDR | REUSEPORT)) !== 0,
      });
      if (typeof socket === 'string') return errno(socket);
      this.#socket = socket;
      socket.changed = () => this.#schedule('ready');
      return 0;
    }

    #connect(address: string, port: number): number {
      if (this.#remote) return errno('EISCONN');
      const target = loopback.resolveRemote(address, port);
      if (typeof target === 'string') return errno(target);
      this.#remote = target;
      return 0;
    }

    #send(chunks: readonly ArrayBufferView[], [port, address]: readonly unknown[]): number {
      const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
      if (size > maxSize) return errno('EMSGSIZE');
      const isAddressed = typeof port === 'number' && typeof address === 'string';
      const target = isAddressed ? { port, address } : this.#remote;
      if (!target) return errno('EDESTADDRREQ');
      if (!this.#socket) return errno('EBADF');
      const bytes = new Uint8Array(size);
      let offset = 0;
      for (const { buffer, byteOffset, byteLength } of chunks) {
        bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
        offset += byteLength;
      }
      const failure = loopback.send(bytes, this.#socket.local, target.address, target.port);
      return failure ? errno(failure) : size + 1;
    }

    #option(isValid: boolean): number {
      if (!this.#socket) return errno('EBADF');
      return isValid ? 0 : errno('EINVAL');
    }

    #membership(group: string): number {
      const ip = parseIp(group);
      return ip && isMulticast(ip) ? 0 : errno('EINVAL');
    }

    #schedule(phase: 'ready' | 'pending'): void {
      if (this.#isScheduled || !this.#isReceiving || !this.#socket?.isReadable) return;
      this.#isScheduled = true;
      this.enqueue(phase, () => {
        this.#isScheduled = false;
        if (this.isOpen && this.#isReceiving) this.#receive();
      });
    }

    #receive(): void {
      const datagram = this.#socket?.receive();
      if (!datagram) return;
      this.#schedule('pending');
      const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: BufferConstructor };
      const remote = {};
      describeAddress(datagram.from, remote);
      const bytes = Buffer.from(datagram.bytes);
      this.makeCallback(this.onmessage, bytes.length, this, bytes, remote);
    }
  }

  return {
    ...shape,
    UDP,
    SendWrap: class SendWrap extends ReqWrap {
      constructor() {
        super(realm, 'UDPSENDWRAP');
      }
    },
  };
};
