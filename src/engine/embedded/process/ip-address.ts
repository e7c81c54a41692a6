/** IP addresses as text and as bytes, read and written as libuv's `uv_inet_pton` and `uv_inet_ntop` do. */

export interface IpAddress {
  readonly family: 4 | 6;
  /** Four or sixteen bytes, most significant first. */
  readonly bytes: Uint8Array;
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  const bytes = new Uint8Array(4);
  for (const [index, part] of parts.entries()) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    bytes[index] = Number(part);
  }
  return bytes;
}

/**
 * The IPv4 address that a short or not decimal form means to `getaddrinfo`: one to four numbers, in C's notations, of which
 * the last fills what the others leave (`127.1`, `0x7f000001`, `0`).
 */
export function parseNumber(text: string): IpAddress | undefined {
  const parts = text.split('.');
  const isNumber = (part: string): boolean => /^(?:0x[\da-f]+|0[0-7]*|[1-9]\d*)$/i.test(part);
  if (parts.length > 4 || !parts.every(isNumber)) return undefined;
  const numbers = parts.map((part) => (/^0\d/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop() ?? 0;
  const left = 4 - numbers.length;
  if (numbers.some((number) => number > 255) || last >= 256 ** left) return undefined;
  const tail = Array.from({ length: left }, (_, index) => Math.floor(last / 256 ** (left - 1 - index)) % 256);
  return { family: 4, bytes: Uint8Array.from([...numbers, ...tail]) };
}

/** The 16-bit groups of one side of `::`; the last may be a dotted quad where `mayEndInIpv4`. */
function parseGroups(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[\da-f]{1,4}$/i.test(part)) {
      groups.push(Number.parseInt(part, 16));
      continue;
    }
    const quad = mayEndInIpv4 && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (!quad) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = quad;
    groups.push((a << 8) | b, (c << 8) | d);
  }
  return groups;
}

function parseIpv6(text: string): Uint8Array | undefined {
  const [address = ''] = text.split('%');
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head = '', tail] = halves;
  const left = parseGroups(head, tail === undefined);
  const right = tail === undefined ? [] : parseGroups(tail, true);
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => 0), ...right];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** The address that a text means, or undefined. A zone (`%eth0`) after an IPv6 address is passed over. */
export function parseIp(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4) return { family: 4, bytes: ipv4 };
  const ipv6 = parseIpv6(text);
  return ipv6 && { family: 6, bytes: ipv6 };
}

/** The first longest run of zero groups, which `::` stands for; a single one is written out. */
function longestZeroRun(groups: readonly number[]): { start: number; length: number } {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
    if (end > start) start = end;
  }
  return best;
}

/** The canonical text of an address. */
export function formatIp({ family, bytes }: IpAddress): string {
  if (family === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => {
    const [high = 0, low = 0] = bytes.subarray(index * 2);
    return (high << 8) | low;
  });
  const hex = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  const { start, length } = longestZeroRun(groups);
  const holdsIpv4 = start === 0 && (length === 6 || (length === 5 && groups[5] === 0xffff));
  if (holdsIpv4) return `::${length === 5 ? 'ffff:' : ''}${bytes.subarray(12).join('.')}`;
  if (start < 0) return hex(0, 8);
  return `${hex(0, start)}::${hex(start + length, 8)}`;
}

/** The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:127.0.0.1`), or undefined. */
export function mappedIpv4({ family, bytes }: IpAddress): IpAddress | undefined {
  const isMapped = family === 6 && bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  return isMapped && bytes[11] === 255 ? { family: 4, bytes: bytes.subarray(12) } : undefined;
}
