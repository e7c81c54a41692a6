/** UDP sockets on the program's own network. */
import { describeAddress } from './tcp_wrap.ts';
import { loopbackOf, type DatagramSocket, type SocketAddress } from '../loopback.ts';
import { ReqWrap } from '../wraps/async-wrap.ts';
import { HandleWrap } from '../wraps/handle-wrap.ts';
import type { BindingFactory } from '../realm.ts';

/** The flags of `bind`, and the most bytes that a datagram holds. */
const IPV6ONLY = 1;
const REUSEADDR = 4;
const REUSEPORT = 64;
const maxSize = 65_507;

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

    constructor() {
      super(realm, 'UDPWRAP');
    }

    get fd(): number {
      return -1;
    }

    open(): number {
      return errno('EBADF');
    }

    bind(address: string, port: number, flags = 0): number {
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

    bind6(address: string, port: number, flags = 0): number {
      return this.bind(address, port, flags);
    }

    connect(address: string, port: number): number {
      if (this.#remote) return errno('EISCONN');
      const target = loopback.resolveRemote(address, port);
      if (typeof target === 'string') return errno(target);
      this.#remote = target;
      return 0;
    }

    connect6(address: string, port: number): number {
      return this.connect(address, port);
    }

    disconnect(): number {
      if (!this.#remote) return errno('ENOTCONN');
      this.#remote = undefined;
      return 0;
    }

    /** Takes port and address, or neither on a connected socket. Returns one more than the bytes sent, or an error. */
    send(_request: ReqWrap, chunks: readonly Uint8Array[], _count: number, ...to: unknown[]): number {
      const [port, address] = to;
      const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      if (size > maxSize) return errno('EMSGSIZE');
      const isAddressed = typeof port === 'number' && typeof address === 'string';
      const target = isAddressed ? { port, address } : this.#remote;
      if (!target) return errno('EDESTADDRREQ');
      if (!this.#socket) return errno('EBADF');
      const bytes = new Uint8Array(size);
      let offset = 0;
      for (const chunk of chunks) {
        bytes.set(chunk, offset);
        offset += chunk.length;
      }
      const failure = loopback.send(bytes, this.#socket.local, target.address, target.port);
      return failure ? errno(failure) : size + 1;
    }

    send6(request: ReqWrap, chunks: readonly Uint8Array[], count: number, ...to: unknown[]): number {
      return this.send(request, chunks, count, ...to);
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

    /** The size of a kernel's buffer; setting it has no effect. */
    bufferSize(size: number): number {
      return size || 212_992;
    }

    protected override release(): void {
      this.#isReceiving = false;
      this.#socket?.close();
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

  // Options of the socket that make no difference on a network of one machine.
  const options = [
    'setBroadcast',
    'setTTL',
    'setMulticastTTL',
    'setMulticastLoopback',
    'setMulticastInterface',
  ];
  const memberships = ['addMembership', 'dropMembership'];
  const sources = ['addSourceSpecificMembership', 'dropSourceSpecificMembership'];
  for (const name of [...options, ...memberships, ...sources]) {
    Object.defineProperty(UDP.prototype, name, { value: () => 0, writable: true, configurable: true });
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
