/** Addresses of a program's servers, as pages and readers write them. */

/** A place in a server of the program. */
export interface Address {
  readonly port: number;
  /** Path and query, beginning with `/`. */
  readonly path: string;
  /** With its `#`; empty where there is none. */
  readonly hash: string;
}

// In the sandbox `location.origin` is "null" and `location.host` is empty: what scripts build of them starts like this.
const originless = /^null(?=[/?#]|$)|^(?:https?|wss?|about):\/\/(?=[/?#]|$)/;
const ownHosts = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\])$/;

/** The URL of an address, as a browser beside the program would have it. */
export function formatAddress({ port, path, hash }: Address): string {
  return `http://localhost:${port}${path}${hash}`;
}

/** Makes what a page wrote an absolute URL; undefined where it is none. */
export function resolveUrl(text: string, base: string): string | undefined {
  const trimmed = text.trim();
  const within = trimmed.replace(originless, '');
  const isOriginless = within !== trimmed;
  try {
    // `//x` would name a host.
    return new URL(isOriginless ? `/${within.replace(/^\/+/, '')}` : within, base).href;
  } catch {
    return undefined;
  }
}

/** The place that a URL names; undefined: it is not on this machine. */
export function readAddress(text: string): Address | undefined {
  const url = URL.parse(text);
  if (!url || !/^(?:https?|wss?):$/.test(url.protocol) || !ownHosts.test(url.hostname)) return undefined;
  const isSecure = url.protocol === 'https:' || url.protocol === 'wss:';
  return { port: Number(url.port || (isSecure ? 443 : 80)), path: url.pathname + url.search, hash: url.hash };
}

/** What a reader typed into the address line of a port: a path, or a whole address; undefined: it is neither. */
export function readTyped(text: string, port: number): Address | undefined {
  const typed = text.trim();
  const isWhole = /^[a-z]+:\/\//i.test(typed);
  const hasHost = /^(?:localhost|127\.0\.0\.1)(?::\d+)?(?:[/?#]|$)/i.test(typed);
  const url = isWhole ? typed : hasHost ? `http://${typed}` : `/${typed.replace(/^\/+/, '')}`;
  const resolved = resolveUrl(url, `http://localhost:${port}/`);
  return resolved === undefined ? undefined : readAddress(resolved);
}
