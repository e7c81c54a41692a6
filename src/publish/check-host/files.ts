/** Checks of files: what was left out of the upload, types, compression, caches. */
import { z } from 'zod';
import type { Answer, DeployedSite } from './deployed-site.ts';
import { error, unconfigured, type Finding } from './finding.ts';
import type { SitePage } from './page.ts';

/** Seconds after which readers should see what has changed. */
const LONG = 86_400;

/** Characters from which a file is worth compressing. */
const LARGE = 20_000;

/** Lists of files that the site loads on demand, in the folder of the list. */
const LISTS = [
  'engine/manifest.json',
  'packages/manifest.json',
  'preview/manifest.json',
  'types/manifest.json',
];

const TYPES: readonly (readonly [extension: string, type: RegExp])[] = [
  ['js', /^(?:text|application)\/(?:x-)?javascript/],
  ['mjs', /^(?:text|application)\/(?:x-)?javascript/],
  ['css', /^text\/css/],
  ['json', /^application\/json/],
  ['html', /^text\/html/],
  ['svg', /^image\/svg\+xml/],
  ['wasm', /^application\/wasm/],
  ['webmanifest', /^application\/(?:manifest\+)?json/],
];

/** All that the contents page and the lists name. */
export async function checkFiles(site: DeployedSite, { base, resources }: SitePage): Promise<Finding[]> {
  const paths = resources
    .filter((address) => base !== undefined && address.startsWith(base))
    .map((address) => address.slice(base?.length));
  const lists = await Promise.all(LISTS.map((path) => site.get(path)));
  const listed = lists.flatMap((answer, index) => {
    const folder = LISTS[index]?.replace('manifest.json', '') ?? '';
    return answer.status === 200 ? namesIn(answer.text).map((name) => folder + name) : [];
  });
  const answers = await Promise.all([...paths, ...listed].map((path) => site.get(path)));
  const all = [await site.get(''), ...lists, ...answers];
  return [...missing(all), ...mistyped(all), ...uncompressed(all), ...kept(all)];
}

function missing(answers: readonly Answer[]): Finding[] {
  const gone = answers.filter(({ status }) => status >= 400).map(({ url }) => url);
  if (gone.length === 0) return [];
  const some = gone.slice(0, 3).join(', ') + (gone.length > 3 ? ` and ${gone.length - 3} more` : '');
  return [
    gone.some((url) => url.includes('/_astro/'))
      ? error(
          `The folder _astro is not there: ${some}. Pages have no styles, and no program runs.`,
          'The upload left out names that begin with an underscore. On GitHub Pages, upload the file .nojekyll of dist too, or deploy with .github/workflows/pages.yml.',
        )
      : error(`Files of the site are not there: ${some}.`, 'Upload all of dist.'),
  ];
}

function mistyped(answers: readonly Answer[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const { url, status, headers } of answers) {
    const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1] ?? 'html';
    const [, type] = TYPES.find(([known]) => known === extension) ?? [];
    const sent = headers.get('content-type') ?? 'no type';
    if (status !== 200 || !type || type.test(sent) || found.has(extension)) continue;
    const isNeeded = ['js', 'mjs', 'css', 'html'].includes(extension);
    found.set(
      extension,
      unconfigured(
        isNeeded ? 'error' : 'warning',
        `${url} comes as ${sent}.${isNeeded ? ' Browsers refuse it.' : ''}`,
      ),
    );
  }
  return [...found.values()];
}

function uncompressed(answers: readonly Answer[]): Finding[] {
  const large = answers.filter(
    ({ status, headers, text, url }) =>
      status === 200 &&
      text.length > LARGE &&
      /\.(?:js|css|txt|json|svg)$/.test(url) &&
      !headers.has('content-encoding'),
  );
  if (large.length === 0) return [];
  const size = large.reduce((sum, { text }) => sum + text.length, 0);
  return [
    unconfigured(
      'warning',
      `${large.length} files come without compression, ${(size / 1e6).toFixed(1)} MB; with it they would have about a quarter.`,
    ),
  ];
}

/** Files that change under the same name and are kept for long, and files that never change and are not. */
function kept(answers: readonly Answer[]): Finding[] {
  const found: Finding[] = [];
  const there = answers.filter(({ status }) => status === 200);
  const isHashed = ({ url }: Answer) => /\/_astro\/|\.[0-9a-f]{12}\.\w+$/.test(url);
  const stale = there.find((answer) => !isHashed(answer) && ageOf(answer) > LONG);
  if (stale) {
    found.push(
      unconfigured(
        'error',
        `${stale.url} may be kept for ${Math.round(ageOf(stale) / LONG)} days, though it changes under the same name: readers see the old one.`,
      ),
    );
  }
  const short = there.filter((answer) => isHashed(answer) && ageOf(answer) < LONG);
  if (short.length > 0) {
    found.push(
      unconfigured(
        'warning',
        `${short.length} files whose names change with their contents, such as ${short[0]?.url}, are not kept for long: each visit asks for them again.`,
      ),
    );
  }
  return found;
}

/** Seconds that a browser may keep it without asking. */
function ageOf({ headers }: Answer): number {
  const control = headers.get('cache-control') ?? '';
  return /no-cache|no-store/.test(control) ? 0 : Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0);
}

/** Names of files anywhere in a list. */
function namesIn(text: string): string[] {
  const parsed = z.json().safeParse(tryJson(text));
  const names: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && /^[\w.-]+\.(?:[0-9a-f]{12}\.\w+|html)$/.test(value)) names.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  if (parsed.success) collect(parsed.data);
  return names;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
