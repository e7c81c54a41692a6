/** UDP sockets on the program's own network. */
import { describeAddress } from './tcp_wrap.ts';
import { formatIp, parseIp } from '../ip-address.ts';
import type { DatagramSocket } from '../datagram-socket.ts';
import { isMulticast, loopbackOf } from '../loopback.ts';
import type { SocketAddress } from '../port-table.ts';
import { isWildcard } from '../port-table.ts';
import { ReqWrap } from '../wraps/async-wrap.ts';
import { HandleWrap } from '../wraps/handle-wrap.ts';
import type { BindingFactory } from '../realm.ts';

/** The flags of `bind`, and the most bytes that a datagram holds. */
const IPV6ONLY = 1;
const REUSEADDR = 4;
const REUSEPORT = 64;
const maxSize = 65_507;
const defaultBufferSize = 212_992;
const maxBufferSize = 2 ** 31 - 1;

const isByte = (value: number, least: number): boolean => value >= least && value < 256;

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
    /** What the peer of a connected socket answered where nobody listens. */
    #failure: 'ECONNREFUSED' | undefined;
    #unsent: readonly number[] = [];
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
    send(request: ReqWrap, chunks: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
      return this.#send(request, chunks, to);
    }

    send6(request: ReqWrap, chunks: readonly ArrayBufferView[], _count: number, ...to: unknown[]): number {
      return this.#send(request, chunks, to);
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
      const { local } = this.#socket;
      const remote = this.#remote;
      // A socket that is connected has the one address by which it reaches its peer.
      const address = remote && isWildcard(local.address) ? remote.address : local.address;
      describeAddress({ ...local, address }, into);
      return 0;
    }

    getpeername(into: object): number {
      if (!this.#remote) return errno('ENOTCONN');
      describeAddress(this.#remote, into);
      return 0;
    }

    getSendQueueSize(): number {
      return this.#unsent.reduce((sum, size) => sum + size, 0);
    }

    getSendQueueCount(): number {
      return this.#unsent.length;
    }

    /** The size of a kernel's buffer for receiving or sending; 0 asks. Linux doubles what it is told. */
    bufferSize(size: number, isReceiving: boolean, context: object): number | undefined {
      const direction = isReceiving ? 'receive' : 'send';
      const code = size > maxBufferSize ? 'EINVAL' : this.#socket ? undefined : 'EBADF';
      if (code) {
        const syscall = `uv_${isReceiving ? 'recv' : 'send'}_buffer_size`;
        const message = realm.uv.byNumber.get(errno(code))?.message;
        Object.assign(context, { errno: errno(code), code, message, syscall });
        return undefined;
      }
      if (size > 0) this.#bufferSizes[direction] = size * 2;
      return size > 0 ? size : this.#bufferSizes[direction];
    }

    setBroadcast(isOn: number): number {
      if (!this.#socket) return errno('EBADF');
      this.#socket.mayBroadcast = isOn !== 0;
      return 0;
    }

    setMulticastLoopback(isOn: number): number {
      if (!this.#socket) return errno('EBADF');
      this.#socket.loopsBack = isOn !== 0;
      return 0;
    }

    // How far a datagram goes makes no difference on a network of one machine; that the value is valid does.

    setTTL(ttl: number): number {
      return this.#option(isByte(ttl, 1));
    }

    setMulticastTTL(ttl: number): number {
      return this.#option(isByte(ttl, 0));
    }

    setMulticastInterface(address: string): number {
      const ip = parseIp(address);
      return this.#option(ip !== undefined && !isMulticast(ip) && ip.family === this.#socket?.local.family);
    }

    addMembership(group: string): number {
      return this.#membership(group, 'join');
    }

    dropMembership(group: string): number {
      return this.#membership(group, 'leave');
    }

    addSourceSpecificMembership(source: string, group: string): number {
      return parseIp(source) ? this.#membership(group, 'join') : errno('EINVAL');
    }

    dropSourceSpecificMembership(source: string, group: string): number {
      return parseIp(source) ? this.#membership(group, 'leave') : errno('EINVAL');
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

    #send(request: ReqWrap, chunks: readonly ArrayBufferView[], [port, address]: readonly unknown[]): number {
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
      const outcome = loopback.send(this.#socket, bytes, target.address, target.port);
      if (typeof outcome === 'string') return errno(outcome);
      if (!outcome && this.#remote) {
        this.#failure = 'ECONNREFUSED';
        this.#schedule('ready');
      }
      return realm.info.options['--test-udp-no-try-send'] === true
        ? this.#sendLater(request, size)
        : size + 1;
    }

    /** The datagram counts as queued until the loop comes round. */
    #sendLater(request: ReqWrap, size: number): number {
      this.#unsent = [...this.#unsent, size];
      request.dispatched();
      this.enqueue('ready', () => {
        this.#unsent = this.#unsent.slice(1);
        request.complete(0, size);
      });
      return 0;
    }

    #option(isValid: boolean): number {
      if (!isValid) return errno('EINVAL');
      return this.#socket ? 0 : errno('EBADF');
    }

    #membership(group: string, action: 'join' | 'leave'): number {
      const ip = parseIp(group);
      if (!ip || !isMulticast(ip)) return errno('EINVAL');
      const wildcard = ip.family === 4 ? '0.0.0.0' : '::';
      const failure = this.#socket ? 0 : this.#bind(wildcard, 0, 0);
      if (failure || !this.#socket) return failure;
      const outcome = loopback[action](this.#socket, formatIp(ip));
      return outcome ? errno(outcome) : 0;
    }

    #schedule(phase: 'ready' | 'pending'): void {
      const hasNews = this.#socket?.isReadable === true || this.#failure !== undefined;
      if (this.#isScheduled || !this.#isReceiving || !hasNews) return;
      this.#isScheduled = true;
      this.enqueue(phase, () => {
        this.#isScheduled = false;
        if (this.isOpen && this.#isReceiving) this.#receive();
      });
    }

    #receive(): void {
      const failure = this.#failure;
      if (failure) {
        this.#failure = undefined;
        this.#schedule('pending');
        this.makeCallback(this.onmessage, errno(failure), this);
        return;
      }
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
    // Stack traces show the name of the property here, where the engine's code is minified.
    UDP: class extends UDP {},
    SendWrap: class SendWrap extends ReqWrap {
      constructor() {
        super(realm, 'UDPSENDWRAP');
      }
    },
  };
};
