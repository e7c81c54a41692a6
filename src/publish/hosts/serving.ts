/** What a host sends with the files of the site: the one place that the configuration of every host is written from. */
import { isolationHeaders, type Configuration } from '../../layouts/configuration.ts';

/** For files whose names change with their contents. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** For all others: kept, and asked about each time. What Netlify, Cloudflare Pages and Vercel send by themselves. */
export const REVALIDATED = 'public, max-age=0, must-revalidate';

/** The page that answers with status 404. */
export const NOT_FOUND = '404.html';

/** Folder of what nobody asks a host for: configuration to copy. Hosts do not serve what begins with a dot. */
export const CONFIGURATION_FOLDER = '.hosting';

/** Paths below the base whose names hold a hash of the contents; the same in PCRE, RE2 and JavaScript. */
const HASHED = String.raw`_astro/.+|pagefind/(?:fragment|index)/.+|(?:.+/)?[^/]+\.[0-9a-f]{12}\.[a-z]+`;

/** Folders in which all names hold a hash, for hosts without patterns. */
const HASHED_FOLDERS = ['_astro', 'pagefind/fragment', 'pagefind/index'];

/** Types that a browser insists on, or that servers of today may lack; without dots. */
const TYPES: Readonly<Record<string, string>> = {
  mjs: 'text/javascript',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
  md: 'text/markdown',
  epub: 'application/epub+zip',
  pagefind: 'application/octet-stream',
  pf_fragment: 'application/octet-stream',
  pf_index: 'application/octet-stream',
  pf_meta: 'application/octet-stream',
};

/** Text types, which a host compresses and names UTF-8 for. */
export const TEXT_TYPES: readonly string[] = [
  'text/css',
  'text/plain',
  'text/markdown',
  'text/javascript',
  'application/javascript',
  'application/json',
  'application/manifest+json',
  'application/rss+xml',
  'application/xml',
  'text/xml',
  'image/svg+xml',
];

/** Files in the site's folder that speak to one host alone; the others answer as if they were not there. */
const FILES_FOR_HOSTS = ['_headers', 'firebase.json', 'staticwebapp.config.json', 'vercel.json'];

/** Cloudflare Pages reads no more rules than these, and as many fit into the file of Azure; beyond, names are revalidated. */
export const MOST_RULES = 100;

/** What all hosts do alike. */
export interface Serving {
  /** Path under which the site is served; begins and ends with a slash. */
  readonly base: string;
  /** Headers of every answer, in the order in which they are written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Matches a whole path below the base, without a slash at its beginning, that never changes. Not anchored. */
  readonly hashed: string;
  /** Folders and files below the base that never change, for hosts without patterns. */
  readonly hashedFolders: readonly string[];
  readonly hashedFiles: readonly string[];
  /** Type by extension without a dot. */
  readonly types: Readonly<Record<string, string>>;
  readonly filesForHosts: readonly string[];
}

/** A file that one host reads, below the folder of the site. */
export interface HostFile {
  readonly path: string;
  readonly text: string;
}

/** What to send with a site whose files are at these paths below its folder, with `/` between names. */
export function describeServing(
  { base, coep }: Pick<Configuration, 'base' | 'coep'>,
  files: readonly string[],
): Serving {
  const hashed = new RegExp(`^(?:${HASHED})$`);
  const isInHashedFolder = (file: string) => HASHED_FOLDERS.some((folder) => file.startsWith(`${folder}/`));
  return {
    base,
    headers: [
      ...Object.entries(isolationHeaders(coep)),
      // The rest of the policy stands in each page; a page cannot say by itself who may frame it.
      ['Content-Security-Policy', "frame-ancestors 'self'"],
      ['X-Content-Type-Options', 'nosniff'],
      ['Referrer-Policy', 'strict-origin-when-cross-origin'],
      ['Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
    ],
    hashed: HASHED,
    hashedFolders: HASHED_FOLDERS.filter((folder) => files.some((file) => file.startsWith(`${folder}/`))),
    hashedFiles: files.filter((file) => hashed.test(file) && !isInHashedFolder(file)).toSorted(),
    types: TYPES,
    filesForHosts: FILES_FOR_HOSTS,
  };
}

/** A text as a part of a pattern that matches just it. */
export function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
