/** TCP sockets on the network of the page's programs. */
import type { Connection } from '../listener.ts';
import { loopbackOf } from '../loopback.ts';
import type { SocketAddress } from '../port-table.ts';
import { ReqWrap } from '../wraps/async-wrap.ts';
import { ConnectionWrap } from '../wraps/connection-wrap.ts';
import type { BindingFactory } from '../realm.ts';

/** `constants.SERVER` and the flags of `bind6`. */
const SERVER = 1;
const IPV6ONLY = 1;
const REUSEPORT = 2;

/** Describes an address in an object of the caller, as Node's `AddressToJS` does. */
export function describeAddress({ family, address, port }: SocketAddress, into: object): void {
  Object.assign(into, { address, family: `IPv${family}`, port });
}

/** `internalBinding('tcp_wrap')`. */
export const tcpWrap: BindingFactory = (realm, shape) => {
  const loopback = loopbackOf(realm);
  // The symbol that Node's library knows as `owner_symbol`.
  const ownerSymbol = realm.internalBinding('symbols')['owner_symbol'] as symbol;

  class TCP extends ConnectionWrap {
    #local: SocketAddress | undefined;
    #remote: SocketAddress | undefined;
    #flags = 0;
    #typeOfService = 0;

    constructor(type: number) {
      super(realm, type === SERVER ? 'TCPSERVERWRAP' : 'TCPWRAP');
      // Every handle shows these, even where Node's library does not set them.
      Object.assign(this, { reading: false, onconnection: null, [ownerSymbol]: null });
    }

    open(): number {
      return this.errno('EBADF');
    }

    bind(address: string, port: number, flags = 0): number {
      if (this.#local) return this.errno('EINVAL');
      const local = loopback.resolveLocal('tcp', address, port);
      if (typeof local === 'string') return this.errno(local);
      this.#local = local;
      this.#flags = flags;
      return 0;
    }

    bind6(address: string, port: number, flags = 0): number {
      return this.bind(address, port, flags);
    }

    listen(): number {
      if (!this.#local) return this.bind('0.0.0.0', 0) || this.listen();
      const listener = loopback.listen(this.#local, {
        isIpv6Only: (this.#flags & IPV6ONLY) !== 0,
        isShared: (this.#flags & REUSEPORT) !== 0,
      });
      if (typeof listener === 'string') return this.errno(listener);
      this.listenOn(listener);
      return 0;
    }

    connect(request: ReqWrap, address: string, port: number): number {
      return this.#connect(request, address, port, { family: 4, address: '0.0.0.0', port: 0 });
    }

    connect6(request: ReqWrap, address: string, port: number): number {
      return this.#connect(request, address, port, { family: 6, address: '::', port: 0 });
    }

    getsockname(into: object): number {
      if (!this.#local) return this.errno('EINVAL');
      describeAddress(this.#local, into);
      return 0;
    }

    getpeername(into: object): number {
      if (!this.#remote) return this.errno(this.#local ? 'ENOTCONN' : 'EINVAL');
      describeAddress(this.#remote, into);
      return 0;
    }

    setNoDelay(): number {
      return 0;
    }

    setKeepAlive(): number {
      return 0;
    }

    setTypeOfService(value: number): number {
      this.#typeOfService = value;
      return 0;
    }

    getTypeOfService(): number {
      return this.#typeOfService;
    }

    /** Closes with a reset: the other side sees `ECONNRESET`. */
    reset(callback?: unknown): number {
      this.stream?.reset();
      this.close(callback);
      return 0;
    }

    #connect(request: ReqWrap, address: string, port: number, unbound: SocketAddress): number {
      const connection = loopback.connect(address, port, this.#local);
      this.#local ??= unbound;
      if (connection === 'ECONNREFUSED' || connection === 'EADDRINUSE') this.connectWith(request, connection);
      else if (typeof connection === 'string') return this.errno(connection);
      else {
        this.#local = connection.local;
        this.#remote = connection.remote;
        this.connectWith(request, connection.stream, connection.whenSettled);
      }
      return 0;
    }

    protected override accepted(connection: Connection): TCP {
      const socket = new bindings.TCP(0);
      socket.#local = connection.local;
      socket.#remote = connection.remote;
      socket.attach(connection.stream);
      return socket;
    }
  }

  // Stack traces show the name of the property here, where the engine's code is minified.
  const bindings = {
    ...shape,
    TCP: class extends TCP {},
    TCPConnectWrap: class TCPConnectWrap extends ReqWrap {
      constructor() {
        super(realm, 'TCPCONNECTWRAP', null);
      }
    },
  };
  return bindings;
};
