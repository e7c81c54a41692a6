/** Host names between Unicode and the ASCII form (`xn--…`) that the network uses. */

const base = 36;
const tMin = 1;
const tMax = 26;

/** RFC 3492, section 6.1: the bias for the next delta. */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = isFirst ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let bias = 0;
  for (; rest > ((base - tMin) * tMax) >> 1; bias += base) rest = Math.floor(rest / (base - tMin));
  return bias + Math.floor(((base - tMin + 1) * rest) / (rest + 38));
}

/** Decodes Punycode (RFC 3492) without its `xn--`; undefined if it is not valid. */
export function decodePunycode(input: string): string | undefined {
  const delimiter = input.lastIndexOf('-');
  const output = Array.from(delimiter > 0 ? input.slice(0, delimiter) : '', (letter) => letter.charCodeAt(0));
  let point = 128;
  let bias = 72;
  let position = 0;
  for (let index = delimiter > 0 ? delimiter + 1 : 0; index < input.length;) {
    const before = position;
    for (let weight = 1, step = base; ; step += base) {
      const digit = parseInt(input[index++] ?? '', base);
      if (Number.isNaN(digit)) return undefined;
      // Punycode counts a–z before 0–9; `parseInt` the other way round.
      const value = digit >= 10 ? digit - 10 : digit + 26;
      position += value * weight;
      const threshold = Math.min(Math.max(step - bias, tMin), tMax);
      if (value < threshold) break;
      weight *= base - threshold;
    }
    bias = adapt(position - before, output.length + 1, before === 0);
    point += Math.floor(position / (output.length + 1));
    if (point > 0x10ffff) return undefined;
    position %= output.length + 1;
    output.splice(position++, 0, point);
  }
  return String.fromCodePoint(...output);
}

/** Each `xn--` label as Unicode; what is not valid stays as it is. */
export const toUnicode = (host: string): string =>
  host
    .split('.')
    .map((label) => {
      const decoded = label.startsWith('xn--') ? decodePunycode(label.slice(4)) : undefined;
      return decoded === undefined || /^[\0-\x7f]*$/.test(decoded) ? label : decoded;
    })
    .join('.');

// What would end or structure the host of a URL instead of being a part of it.
const delimiters = /[\t\n\r #%/:<>?@[\\\]^|]/;

/** The ASCII form of a host name; empty if it has none. Unlike in a URL, an ASCII name may hold anything. */
export function toASCII(host: string, HostURL: typeof URL): string {
  if (/^[\0-\x7f]*$/.test(host)) return host.toLowerCase();
  if (delimiters.test(host)) return '';
  const href = `ws://${host}`;
  return HostURL.canParse(href) ? new HostURL(href).hostname : '';
}
