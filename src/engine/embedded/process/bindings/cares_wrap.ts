/** Names of hosts. The program's network knows one, `localhost`, and the DNS servers that a program itself is. */
import { recordTypes, type Reply } from './cares_wrap/message.ts';
import { DnsResolver } from './cares_wrap/resolver.ts';
import { resultOf } from './cares_wrap/results.ts';
import { formatIp, parseIp, parseNumber, type IpAddress } from '../ip-address.ts';
import { loopbackOf } from '../loopback.ts';
import { AsyncWrap, ReqWrap } from '../wraps/async-wrap.ts';
import type { BindingFactory, Realm } from '../realm.ts';

const AI_V4MAPPED = 8;
/** What `setServers` returns while servers are being asked. */
const pendingQueries = -1000;

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
  const ip = parseIp(name) ?? parseNumber(name);
  if (ip) return family === 0 || family === ip.family ? [formatIp(ip)] : [];
  if (name.toLowerCase() !== 'localhost') return [];
  if (family !== 6) return ['127.0.0.1'];
  return [(hints & AI_V4MAPPED) === 0 ? '::1' : '::ffff:127.0.0.1'];
}

const isLoopback = ({ family, bytes }: IpAddress): boolean =>
  family === 4 ? bytes[0] === 127 : formatIp({ family, bytes }) === '::1';

/** What c-ares calls the response codes of a server. */
const failures: Readonly<Record<number, string>> = {
  1: 'EFORMERR',
  2: 'ESERVFAIL',
  3: 'ENOTFOUND',
  4: 'ENOTIMP',
  5: 'EREFUSED',
};

/** What a reply is to a request: an error's name, or none, the result, and the times to live. */
function readReply(type: number, { code, answers }: Reply): unknown[] {
  if (code !== 0) return [failures[code] ?? 'ESERVFAIL'];
  try {
    const found = resultOf(type, answers);
    return found ? [0, found.result, found.ttls] : ['ENODATA'];
  } catch (error) {
    if (error instanceof RangeError) return ['EBADRESP'];
    throw error;
  }
}

/** The name under which DNS knows the host of an address. */
function reverseName({ family, bytes }: IpAddress): string {
  if (family === 4) return `${[...bytes].toReversed().join('.')}.in-addr.arpa`;
  const nibbles = [...bytes].flatMap((byte) => [byte >> 4, byte & 15]);
  return `${nibbles
    .toReversed()
    .map((nibble) => nibble.toString(16))
    .join('.')}.ip6.arpa`;
}

/** Ends a request when the loop next looks for I/O. */
function completeLater(realm: Realm, request: ReqWrap, ...results: unknown[]): number {
  request.dispatched();
  realm.loop.enqueue(() => request.complete(...results));
  return 0;
}

/** `internalBinding('cares_wrap')`. */
export const caresWrap: BindingFactory = (realm, shape) => {
  type Server = readonly [family: number, address: string, port: number];

  class ChannelWrap extends AsyncWrap {
    readonly #resolver: DnsResolver;
    /** Queries whose outcome the program has not heard yet. */
    #pending = 0;
    /** It asks the servers of the machine, of which there are none. */
    #asksOutside = true;

    constructor(timeout: number, tries: number, maxTimeout: number) {
      super(realm, 'DNSCHANNEL');
      this.#resolver = new DnsResolver(realm, { timeout, tries, maxTimeout });
    }

    getServers(): (readonly [address: string, port: number])[] {
      return this.#resolver.servers.map(({ address, port }) => [address, port]);
    }

    setServers(servers: readonly Server[]): number {
      if (this.#pending > 0) return pendingQueries;
      this.#asksOutside = false;
      this.#resolver.servers = servers.map(([, address, port]) => {
        const ip = parseIp(address);
        return { address: ip ? formatIp(ip) : address, port };
      });
      return 0;
    }

    /** Checks addresses to ask from; on a network of one machine they make no difference. */
    setLocalAddress(one: string, other?: string): void {
      const [first, second] = [parseIp(one), other === undefined ? undefined : parseIp(other)];
      if (!first || (other !== undefined && !second)) throw new Error('Invalid IP address.');
      if (first.family === second?.family)
        throw new Error(`Cannot specify two IPv${first.family} addresses.`);
    }

    cancel(): void {
      this.#resolver.cancel();
    }

    /** Names of a host with an address. */
    getHostByAddr(request: ReqWrap, address: string): number {
      const ip = parseIp(address);
      if (!ip) return realm.uv.errno('EINVAL');
      if (isLoopback(ip)) return completeLater(realm, request, 0, ['localhost']);
      return this.query(request, reverseName(ip), recordTypes.Ptr);
    }

    query(request: ReqWrap, name: string, type: number): number {
      // As RFC 7686 has it.
      if (/\.onion\.?$/i.test(name)) return completeLater(realm, request, 'ENOTFOUND');
      request.dispatched();
      this.#pending++;
      this.#resolver.ask(name, type, (outcome) => {
        if (outcome === 'ECONNREFUSED' && this.#asksOutside) loopbackOf(realm).reportUnreachable(name);
        const results = typeof outcome === 'string' ? [outcome] : readReply(type, outcome);
        this.#pending--;
        request.complete(...results);
      });
      return 0;
    }
  }
  for (const [name, type] of Object.entries(recordTypes)) {
    const value = function (this: ChannelWrap, request: ReqWrap, host: string): number {
      return this.query(request, host, type);
    };
    Object.assign(ChannelWrap.prototype, { [`query${name}`]: value });
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
    strerror: (status: number): string =>
      status === pendingQueries ? 'There are pending queries.' : (statusMessages[status] ?? 'unknown'),
  };
};
