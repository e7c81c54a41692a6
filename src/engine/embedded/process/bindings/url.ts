/** The URL parser under Node's URL class: the browser's, which follows the same standard. */
import { nativeError } from './native-error.ts';
import { writeComponents } from './url/components.ts';
import { parseURL, updateURL, type ParsedURL } from './url/standard.ts';
import { toUnicode } from './url/idna.ts';
import type { BindingFactory } from '../realm.ts';

/** What `update` changes, in the order of the numbers that Node's library passes. */
const parts = [
  'protocol',
  'host',
  'hostname',
  'port',
  'username',
  'password',
  'pathname',
  'search',
  'hash',
  'href',
] as const;

// What a path may hold that a URL shows as it is.
const pathCharacters = /[^A-Za-z0-9!$&'()*+,\-./:;=@_]/gu;
const windowsPathCharacters = /[^A-Za-z0-9!$&'()*+,\-./:;=@_\\]/gu;

const percentEncode = (character: string): string =>
  encodeURIComponent(character.toWellFormed()).replace(/^[~]$/, '%7E');

/** `internalBinding('url')`. */
export const url: BindingFactory = ({ host }, shape) => {
  const HostURL = host.URL;
  const urlComponents = new Uint32Array(9);

  function answer(parsed: ParsedURL): string {
    writeComponents(parsed, urlComponents);
    return parsed.href;
  }

  function parse(input: string, base: string | undefined, raise: boolean): string | undefined {
    try {
      return answer(parseURL(HostURL, input, base));
    } catch {
      if (!raise) return undefined;
      const error = nativeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL', parse);
      throw Object.assign(error, { input }, base === undefined ? {} : { base });
    }
  }

  const domainToASCII = (domain: string): string => {
    const [name = ''] = domain.split(/[/\\?#]/, 1);
    // A name is no host with port or user; only an address in brackets has colons.
    if (name.includes('@') || (name.includes(':') && !name.startsWith('['))) return '';
    const href = `ws://${name}`;
    return HostURL.canParse(href) ? new HostURL(href).hostname : '';
  };

  return {
    ...shape,
    urlComponents,
    parse,
    canParse(input: string, base?: string): boolean {
      try {
        parseURL(HostURL, input, base);
        return true;
      } catch {
        return false;
      }
    },
    update(href: string, action: number, value: string): string | false {
      const part = parts[action];
      if (part === undefined) return false;
      try {
        return answer(updateURL(HostURL, href, part, value) ?? parseURL(HostURL, href));
      } catch {
        return false;
      }
    },
    pathToFileURL(path: string, isWindows: boolean, server?: string): string {
      const encoded = path.replaceAll(isWindows ? windowsPathCharacters : pathCharacters, percentEncode);
      const parsed = new HostURL('file://');
      parsed.pathname = encoded;
      if (isWindows && server !== undefined) parsed.hostname = server;
      return answer(parseURL(HostURL, parsed.href));
    },
    domainToASCII,
    domainToUnicode: (domain: string) => toUnicode(domainToASCII(domain)),
    getOrigin: (href: string) => new HostURL(href).origin,
    format(href: string, hash: boolean, unicode: boolean, search: boolean, auth: boolean): string {
      const parsed = new HostURL(href);
      if (!hash) parsed.hash = '';
      if (!search) parsed.search = '';
      if (!auth) {
        parsed.username = '';
        parsed.password = '';
      }
      if (!unicode || parsed.hostname === '') return parsed.href;
      const components = new Uint32Array(9);
      writeComponents(parsed, components);
      const [, , hostStart = 0, hostEnd = 0] = components;
      const start = parsed.href[hostStart] === '@' ? hostStart + 1 : hostStart;
      return parsed.href.slice(0, start) + toUnicode(parsed.hostname) + parsed.href.slice(hostEnd);
    },
  };
};
