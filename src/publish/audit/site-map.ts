/** Where addresses lead on a site, as a plain file server answers them. */

/** What is wrong with an address, as a sentence; `external` is outside the site. */
export type Destination =
  | { readonly kind: 'page'; readonly file: string; readonly fragment: string }
  | { readonly kind: 'external'; readonly url: string }
  | { readonly kind: 'wrong'; readonly problem: string };

/** Of what a site consists, and where it will be. */
export interface SiteMapOptions {
  /** Paths in its folder, with slashes. */
  readonly files: ReadonlySet<string>;
  /** Path under which it will be served; begins and ends with a slash. */
  readonly base: string;
  /** Its origin, if pages name it. */
  readonly origin?: string | undefined;
}

/** Stands for the origin of a site that does not know it. */
const anywhere = 'http://this-site.invalid';
const index = 'index.html';

/** A site, looked at without a server. */
export class SiteMap {
  readonly #files: ReadonlySet<string>;
  readonly #folders: ReadonlySet<string>;
  readonly #base: string;
  readonly #origins: readonly (string | undefined)[];

  constructor({ files, base, origin }: SiteMapOptions) {
    this.#files = files;
    this.#base = base;
    this.#origins = [anywhere, origin];
    this.#folders = new Set([...files].flatMap((file) => foldersOf(file)));
  }

  /** Address of a file of the site. The page for what is not there may be shown at any address: it gets a deep one. */
  addressOf(file: string): URL {
    const path =
      file === '404.html' ? 'no/such/' : file.endsWith(index) ? file.slice(0, -index.length) : file;
    return new URL(this.#base + path, anywhere);
  }

  /** Where an address on a page of the site leads. */
  follow(address: string, from: string): Destination {
    const page = this.addressOf(from);
    if (!URL.canParse(address, page)) return wrong('is no address');
    const url = new URL(address, page);
    if (!this.#origins.includes(url.origin)) return externalOf(url);
    const fragment = decode(url.hash.slice(1));
    if (url.pathname === page.pathname) return { kind: 'page', file: from, fragment };
    if (!url.pathname.startsWith(this.#base)) return wrong(`leaves the site, which is at ${this.#base}`);
    const path = decode(url.pathname.slice(this.#base.length));
    const file = path === '' || path.endsWith('/') ? path + index : path;
    if (this.#files.has(file)) return { kind: 'page', file, fragment };
    if (this.#folders.has(path)) return wrong('needs a slash at its end: without it, a host redirects');
    return wrong('leads nowhere');
  }
}

function externalOf(url: URL): Destination {
  const { protocol, hostname, href } = url;
  if (/^(?:data|blob):$/.test(protocol)) return { kind: 'external', url: protocol };
  if (protocol === 'mailto:')
    return /^mailto:[^@\s]+@[^@\s]+\.[^@\s]+$/.test(href)
      ? { kind: 'external', url: href }
      : wrong('is no address of mail');
  if (!/^https?:$/.test(protocol)) return wrong(`begins with ${protocol}`);
  return hostname.includes('.') ? { kind: 'external', url: href } : wrong(`has a host without a dot`);
}

function wrong(problem: string): Destination {
  return { kind: 'wrong', problem };
}

function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, count) => parts.slice(0, count + 1).join('/'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
