/** Names of hosts. The program's network knows one: `localhost`. */
import { formatIp, parseIp, type IpAddress } from '../ip-address.ts';
import { loopbackOf } from '../loopback.ts';
import { AsyncWrap, ReqWrap } from '../wraps/async-wrap.ts';
import type { BindingFactory, Realm } from '../realm.ts';

const AI_V4MAPPED = 8;

/** What c-ares says of its status codes, by number. */
const statusMessages = [
  'Successful completion',
  'DNS server returned answer with no data',
  'DNS server claims query was misformatted',
  'DNS server returned general failure',
  'Domain name not found',
  'DNS server does not implement requested operation',
  'DNS server refused query',
  'Misformatted DNS query',
  'Misformatted domain name',
  'Unsupported address family',
  'Misformatted DNS reply',
  'Could not contact DNS servers',
  'Timeout while contacting DNS servers',
  'End of file',
  'Error reading file',
  'Out of memory',
  'Channel is being destroyed',
  'Misformatted string',
  'Illegal flags specified',
  'Given hostname is not numeric',
  'Illegal hints flags specified',
  'c-ares library initialization not yet performed',
  'Error loading iphlpapi.dll',
  'Could not find GetNetworkParams function',
  'DNS query cancelled',
  'Invalid service name or number',
  'No DNS servers were configured',
];

/** Names of services that programs are likely to ask for. */
const services: Readonly<Record<number, string>> = {
  21: 'ftp',
  22: 'ssh',
  25: 'smtp',
  53: 'domain',
  80: 'http',
  110: 'pop3',
  143: 'imap2',
  443: 'https',
  3306: 'mysql',
  5432: 'postgresql',
  6379: 'redis',
  8080: 'http-alt',
};

/** The addresses of a name in the order of a machine whose `localhost` is 127.0.0.1. */
function resolveHost(name: string, family: number, hints: number): string[] {
  const ip = parseIp(name);
  if (ip) return family === 0 || family === ip.family ? [formatIp(ip)] : [];
  if (name.toLowerCase() !== 'localhost') return [];
  if (family !== 6) return ['127.0.0.1'];
  return [(hints & AI_V4MAPPED) === 0 ? '::1' : '::ffff:127.0.0.1'];
}

const isLoopback = ({ family, bytes }: IpAddress): boolean =>
  family === 4 ? bytes[0] === 127 : formatIp({ family, bytes }) === '::1';

/** Ends a request when the loop next looks for I/O. */
function completeLater(realm: Realm, request: ReqWrap, ...results: unknown[]): number {
  request.dispatched();
  realm.loop.enqueue(() => request.complete(...results));
  return 0;
}

/** `internalBinding('cares_wrap')`. */
export const caresWrap: BindingFactory = (realm, shape) => {
  type Server = readonly [family: number, address: string, port: number];

  /** Asks DNS servers, of which none can be reached from a page. */
  class ChannelWrap extends AsyncWrap {
    #servers: readonly (readonly [address: string, port: number])[] = [['127.0.0.1', 53]];

    #waiting: ReqWrap[] = [];

    constructor() {
      super(realm, 'DNSCHANNEL');
    }

    getServers(): (readonly [address: string, port: number])[] {
      return [...this.#servers];
    }

    setServers(servers: readonly Server[]): number {
      this.#servers = servers.map(([, address, port]) => [address, port]);
      return 0;
    }

    setLocalAddress(ipv4: string): void {
      if (!parseIp(ipv4)) throw new Error('Invalid IP address.');
    }

    /** Ends what is under way with an error. */
    cancel(): void {
      for (const request of this.#waiting.splice(0)) completeLater(realm, request, 'ECANCELLED');
    }

    query(request: ReqWrap): number {
      this.#waiting.push(request);
      realm.loop.enqueue(() => {
        const isWaiting = this.#waiting.includes(request);
        this.#waiting = this.#waiting.filter((each) => each !== request);
        if (isWaiting) completeLater(realm, request, 'ECONNREFUSED');
      });
      return 0;
    }
  }
  const queries = Object.keys(Object(Reflect.get(Object(shape['ChannelWrap']), 'prototype')));
  for (const name of queries.filter((each) => /^(query|getHostByAddr)/.test(each))) {
    Object.defineProperty(ChannelWrap.prototype, name, {
      value(this: ChannelWrap, request: ReqWrap) {
        return this.query(request);
      },
      writable: true,
      configurable: true,
    });
  }

  return {
    ...shape,
    ChannelWrap,
    GetAddrInfoReqWrap: class GetAddrInfoReqWrap extends ReqWrap {
      constructor() {
        super(realm, 'GETADDRINFOREQWRAP');
      }
    },
    GetNameInfoReqWrap: class GetNameInfoReqWrap extends ReqWrap {
      constructor() {
        super(realm, 'GETNAMEINFOREQWRAP');
      }
    },
    QueryReqWrap: class QueryReqWrap extends ReqWrap {
      constructor() {
        super(realm, 'QUERYWRAP');
      }
    },
    getaddrinfo(request: ReqWrap, name: string, family: number, hints: number): number {
      const addresses = resolveHost(name, family, hints);
      if (addresses.length > 0) return completeLater(realm, request, null, addresses);
      loopbackOf(realm).reportUnreachable(name);
      return completeLater(realm, request, realm.uv.errno('EAI_NONAME'), null);
    },
    getnameinfo(request: ReqWrap, address: string, port: number): number {
      const ip = parseIp(address);
      if (!ip) return realm.uv.errno('EINVAL');
      if (!isLoopback(ip)) return completeLater(realm, request, realm.uv.errno('EAI_NONAME'), null, null);
      return completeLater(realm, request, null, 'localhost', services[port] ?? String(port));
    },
    canonicalizeIP(text: string): string | undefined {
      const ip = parseIp(text);
      return ip && formatIp(ip);
    },
    convertIpv6StringToBuffer(text: string): Uint8Array {
      const ip = parseIp(text);
      if (ip?.family !== 6) throw new Error('Invalid IPv6 address');
      const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: BufferConstructor };
      return Buffer.from(ip.bytes);
    },
    strerror: (status: number): string => statusMessages[status] ?? 'unknown',
  };
};
