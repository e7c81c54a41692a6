/**
 * URLs as the WHATWG standard has them, from the browser's parser, which departs from it in places: Chromium takes
 * spaces in hosts, writes `|` and `'` differently, keeps `localhost` in file URLs and changes schemes too freely.
 */
import { writeComponents } from './components.ts';

/** The parts of a URL that `writeComponents` and Node's library work with. */
export interface ParsedURL {
  readonly href: string;
  readonly protocol: string;
  readonly port: string;
}

/** A part that can be set. */
export type SettablePart =
  | 'protocol'
  | 'host'
  | 'hostname'
  | 'port'
  | 'username'
  | 'password'
  | 'pathname'
  | 'search'
  | 'hash'
  | 'href';

// What stands for a character that the browser would write differently: nothing that a URL holds by chance.
const pipe = 'qzq7cqzq';
const apostrophe = 'qzq27qzq';
const special = /^(?:https?|wss?|ftp|file):$/;

/** Parses a URL; throws the browser's TypeError for one that is invalid. */
export function parseURL(HostURL: typeof URL, input: string, base?: string): ParsedURL {
  // A file URL may go on with a query where the browser wants a path.
  const complete = input.replace(/^(\s*file:[\\/]{2}[^\\/?#]+)(?=[?#])/i, '$1/');
  const url = new HostURL(mark(complete), base === undefined ? undefined : mark(base));
  return checked(url);
}

/** Sets one part of a URL; undefined where the standard leaves the URL as it is. Throws for an invalid `href`. */
export function updateURL(
  HostURL: typeof URL,
  href: string,
  part: SettablePart,
  value: string,
): ParsedURL | undefined {
  if (part === 'href') return parseURL(HostURL, value);
  const url = new HostURL(mark(href));
  const { protocol } = url;
  if (part === 'protocol') {
    const next = `${value.replace(/:.*$/s, '').toLowerCase()}:`;
    if (special.test(protocol) !== special.test(next)) return undefined;
  }
  // An empty query is a query, too.
  const isEmptyQuery = part === 'search' && value === '?';
  url[part] = isEmptyQuery ? `?${pipe}${pipe}` : mark(value);
  try {
    const parsed = checked(url);
    return isEmptyQuery ? { ...parsed, href: parsed.href.replace('?||', '?') } : parsed;
  } catch {
    return undefined;
  }
}

function mark(text: string): string {
  const plain = text.replace(/[\t\n\r]/g, '');
  return /[|']/.test(plain) ? plain.replaceAll('|', pipe).replaceAll("'", apostrophe) : plain;
}

function checked(url: URL): ParsedURL {
  const { hostname, protocol, port } = url;
  if (hostname.includes(pipe) || (special.test(protocol) && /%(?!2A)/.test(hostname)))
    throw new TypeError('Invalid URL');
  if (protocol === 'file:' && hostname === 'localhost') url.hostname = '';
  const { href } = url;
  if (!href.includes('qzq') && !hostname.includes('%')) return { href, protocol, port };
  return { href: unmark(url), protocol, port };
}

/** Writes every marked character as the standard writes it in its part. */
function unmark(url: URL): string {
  const { href, protocol } = url;
  const components = new Uint32Array(9);
  writeComponents(url, components);
  const [protocolEnd = 0, , hostStart = 0, hostEnd = 0, , pathname = 0, search = 0, hash = 0] = components;
  const end = Math.min(search, hash, href.length);
  const query = special.test(protocol) ? '%27' : "'";
  return [
    href.slice(0, protocolEnd),
    replace(href.slice(protocolEnd, hostStart), '%7C', "'"),
    replace(href.slice(hostStart, hostEnd), '|', "'").replaceAll('%2A', '*'),
    replace(href.slice(hostEnd, Math.max(pathname, hostEnd)), '|', "'"),
    replace(href.slice(Math.max(pathname, hostEnd), end), '|', "'"),
    replace(href.slice(end, Math.min(hash, href.length)), '|', query),
    replace(href.slice(Math.min(hash, href.length)), '|', "'"),
  ].join('');
}

function replace(text: string, forPipe: string, forApostrophe: string): string {
  return text.replaceAll(pipe, forPipe).replaceAll(apostrophe, forApostrophe);
}
