/** Addresses of sockets, and lists of those that are blocked. */
import { formatIp, mappedIpv4, parseIp, type IpAddress } from '../ip-address.ts';
import type { BindingFactory } from '../realm.ts';

const AF_INET = 2;
const AF_INET6 = 10;

/** Less than, equal or greater than zero, as addresses of one family are ordered. */
function compare(one: IpAddress, other: IpAddress): number | undefined {
  const [left, right] =
    one.family === other.family ? [one, other] : [mappedIpv4(one) ?? one, mappedIpv4(other) ?? other];
  if (left.family !== right.family) return undefined;
  const index = left.bytes.findIndex((byte, position) => byte !== right.bytes[position]);
  return index < 0 ? 0 : (left.bytes[index] ?? 0) - (right.bytes[index] ?? 0);
}

/** Whether the first `prefix` bits are the same. */
function isInSubnet(address: IpAddress, network: IpAddress, prefix: number): boolean {
  const isMapped = address.family === 6 && network.family === 4;
  const ip = isMapped ? mappedIpv4(address) : address;
  // An IPv4 address in an IPv6 network is taken for its mapped form.
  const bytes =
    network.family === 6 && ip?.family === 4 ? parseIp(`::ffff:${formatIp(ip)}`)?.bytes : ip?.bytes;
  if (!bytes || bytes.length !== network.bytes.length) return false;
  return network.bytes.every((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8));
    return (byte ^ (bytes[index] ?? 0)) >> (8 - bits) === 0;
  });
}

interface Rule {
  readonly text: string;
  readonly kind: 'Address' | 'Subnet' | 'Range';
  blocks(address: IpAddress): boolean;
}

const describe = (ip: IpAddress): string => `IPv${ip.family} ${formatIp(ip)}`;

/** `internalBinding('block_list')`. */
export const blockList: BindingFactory = (_realm, shape) => {
  class SocketAddress {
    readonly #ip: IpAddress;
    readonly #port: number;
    readonly #flowLabel: number;

    constructor(address: string, port: number, family: number, flowLabel: number) {
      const ip = parseIp(address);
      if (!ip || ip.family !== (family === AF_INET ? 4 : 6)) {
        throw Object.assign(new Error('Invalid socket address'), { code: 'ERR_INVALID_ADDRESS' });
      }
      this.#ip = ip;
      this.#port = port;
      this.#flowLabel = flowLabel;
    }

    static ip(address: SocketAddress): IpAddress {
      return address.#ip;
    }

    detail(into: object): object {
      const family = this.#ip.family === 4 ? AF_INET : AF_INET6;
      const flowlabel = this.flowlabel();
      return Object.assign(into, { address: formatIp(this.#ip), port: this.#port, family, flowlabel });
    }

    legacyDetail(): object {
      return { address: formatIp(this.#ip), family: `IPv${this.#ip.family}`, port: this.#port };
    }

    flowlabel(): number {
      return this.#ip.family === 6 ? this.#flowLabel : 0;
    }
  }

  class BlockList {
    /** The newest first. */
    #rules: Rule[] = [];

    addAddress(address: SocketAddress): boolean {
      const blocked = SocketAddress.ip(address);
      return this.#add('Address', describe(blocked), (ip) => compare(ip, blocked) === 0);
    }

    addAddresses(addresses: readonly SocketAddress[]): void {
      for (const address of addresses) this.addAddress(address);
    }

    addRange(first: SocketAddress, last: SocketAddress): boolean {
      const [start, end] = [SocketAddress.ip(first), SocketAddress.ip(last)];
      const order = compare(start, end);
      if (order === undefined || order > 0) return false;
      return this.#add('Range', `${describe(start)}-${formatIp(end)}`, (ip) => {
        const [fromStart, toEnd] = [compare(ip, start), compare(ip, end)];
        return fromStart !== undefined && toEnd !== undefined && fromStart >= 0 && toEnd <= 0;
      });
    }

    addSubnet(address: SocketAddress, prefix: number): boolean {
      const network = SocketAddress.ip(address);
      return this.#add('Subnet', `${describe(network)}/${prefix}`, (ip) => isInSubnet(ip, network, prefix));
    }

    removeAddress(address: SocketAddress): void {
      this.#remove('Address', describe(SocketAddress.ip(address)));
    }

    removeRange(first: SocketAddress, last: SocketAddress): void {
      this.#remove('Range', `${describe(SocketAddress.ip(first))}-${formatIp(SocketAddress.ip(last))}`);
    }

    removeSubnet(address: SocketAddress, prefix: number): void {
      this.#remove('Subnet', `${describe(SocketAddress.ip(address))}/${prefix}`);
    }

    check(address: SocketAddress): boolean {
      return this.#isBlocked(SocketAddress.ip(address));
    }

    checkString(address: string, family: number): boolean {
      const ip = parseIp(address);
      return ip !== undefined && ip.family === (family === AF_INET ? 4 : 6) && this.#isBlocked(ip);
    }

    getRules(): string[] {
      const texts = (kind: Rule['kind']): string[] =>
        this.#rules.filter((rule) => rule.kind === kind).map(({ text }) => `${kind}: ${text}`);
      return [...texts('Address'), ...texts('Subnet'), ...texts('Range')];
    }

    getSize(): number {
      return this.#rules.length;
    }

    clear(): void {
      this.#rules = [];
    }

    #add(kind: Rule['kind'], text: string, blocks: Rule['blocks']): boolean {
      if (kind === 'Address') this.#remove(kind, text);
      this.#rules.unshift({ kind, text, blocks });
      return true;
    }

    #remove(kind: Rule['kind'], text: string): void {
      this.#rules = this.#rules.filter((rule) => rule.kind !== kind || rule.text !== text);
    }

    #isBlocked(ip: IpAddress): boolean {
      return this.#rules.some((rule) => rule.blocks(ip));
    }
  }

  return { ...shape, SocketAddress, BlockList };
};
