/** Cookies that servers of one program set in its previews: in memory, gone with the pane. As in browsers, ports share them. */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly isHttpOnly: boolean;
  /** Milliseconds since 1970; undefined: it lasts as long as the jar. */
  readonly expires: number | undefined;
}

const mostCookies = 100;
const longestCookie = 4096;

/** What a browser would keep for `localhost`, but for `Secure` and `SameSite`, which mean nothing on one host. */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  /** `now` in milliseconds since 1970. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Takes a `Set-Cookie` of an answer at `path`, or, `byScript`, what a page assigned to `document.cookie`. */
  set(text: string, path: string, byScript = false): void {
    const cookie = this.#parse(text, path);
    if (!cookie || (byScript && cookie.isHttpOnly)) return;
    const key = `${cookie.path};${cookie.name}`;
    // A script neither sees nor replaces what is for HTTP alone.
    if (byScript && this.#cookies.get(key)?.isHttpOnly) return;
    if (cookie.expires !== undefined && cookie.expires <= this.#now()) this.#cookies.delete(key);
    else if (this.#cookies.has(key) || this.#cookies.size < mostCookies) this.#cookies.set(key, cookie);
  }

  /** What a request to `path` carries; empty where there is nothing. */
  header(path: string): string {
    return this.#list(path);
  }

  /** What `document.cookie` says at `path`. */
  forScript(path: string): string {
    return this.#list(path, (cookie) => !cookie.isHttpOnly);
  }

  #list(path: string, isWanted: (cookie: Cookie) => boolean = () => true): string {
    const now = this.#now();
    return [...this.#cookies.values()]
      .filter(
        (cookie) => (cookie.expires ?? Infinity) > now && matches(path, cookie.path) && isWanted(cookie),
      )
      .toSorted((one, other) => other.path.length - one.path.length)
      .map(({ name, value }) => (name === '' ? value : `${name}=${value}`))
      .join('; ');
  }

  #parse(text: string, requestPath: string): Cookie | undefined {
    // oxlint-disable-next-line no-control-regex -- that is what the standard forbids
    if (text.length > longestCookie || /[\0-\x08\x0a-\x1f\x7f]/.test(text)) return undefined;
    const [pair = '', ...attributes] = text.split(';');
    const equals = pair.indexOf('=');
    const name = equals < 0 ? '' : pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1).trim();
    if (name === '' && value === '') return undefined;
    const given = new Map(
      attributes.map((attribute) => {
        const [key = '', ...rest] = attribute.split('=');
        return [key.trim().toLowerCase(), rest.join('=').trim()] as const;
      }),
    );
    const domain = given.get('domain')?.replace(/^\./, '');
    if (domain !== undefined && domain !== '' && domain !== 'localhost') return undefined;
    const path = given.get('path');
    return {
      name,
      value,
      path: path?.startsWith('/') ? path : directoryOf(requestPath),
      isHttpOnly: given.has('httponly'),
      expires: this.#expiry(given.get('max-age'), given.get('expires')),
    };
  }

  #expiry(maxAge: string | undefined, date: string | undefined): number | undefined {
    if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return this.#now() + Number(maxAge) * 1000;
    const expires = date === undefined ? NaN : Date.parse(date);
    return Number.isNaN(expires) ? undefined : expires;
  }
}

function pathOf(path: string): string {
  return path.replace(/[?#][^]*$/, '');
}

function directoryOf(path: string): string {
  return pathOf(path).replace(/\/[^/]*$/, '') || '/';
}

function matches(requested: string, path: string): boolean {
  const asked = pathOf(requested);
  return asked === path || (asked.startsWith(path) && (path.endsWith('/') || asked[path.length] === '/'));
}
