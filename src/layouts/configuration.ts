/**
 * What a site is built with, from environment variables:
 *
 * | Variable | Values | Meaning |
 * |---|---|---|
 * | `SITE` | `https://example.org` | Origin of the published site; canonical links, feed, sitemap and link previews need it. |
 * | `BASE` | `/` (default), `/repo/` | Path under which the site is served. |
 * | `LOOPBOOK_ENGINE` | `auto` (default), `webcontainer`, `embedded` | Engine that a reader starts with; `auto` is a WebContainer where it can boot. |
 * | `LOOPBOOK_ENGINES` | `both` (default), `webcontainer`, `embedded`, `none` | Engines that a reader can choose from; with `none` the site only shows what was recorded. |
 * | `LOOPBOOK_WEBCONTAINER_API_KEY` | text | StackBlitz licence key, for commercial sites. It is public: it is written into every page. |
 * | `LOOPBOOK_COEP` | `require-corp` (default), `credentialless` | Embedder policy that the host sends; the files for hosts in the built site say it. |
 * | `REPOSITORY` | `https://github.com/someone/book` | Where the source is kept; pages link to it and to the text of each chapter. |
 * | `BRANCH` | `main` (default) | Branch of the repository that those links edit. |
 * | `LOOPBOOK_CONTENT` | folder (default `content`) | Folder of the book that is built (read in `src/snippet/content-folder.ts`). |
 * | `LOOPBOOK_BOOT_DEADLINE` | milliseconds (default 15000) | After which a WebContainer that does not answer is given up. |
 *
 * Engines read them from attributes of `<html>`. An unknown value fails the build.
 */

export interface Configuration {
  readonly site: string | undefined;
  /** Begins and ends with a slash. */
  readonly base: string;
  /** Address of the source's repository, without a slash at its end. */
  readonly repository: string | undefined;
  readonly branch: string;
  readonly engine: 'auto' | 'webcontainer' | 'embedded';
  readonly engines: 'both' | 'webcontainer' | 'embedded' | 'none';
  readonly apiKey: string;
  readonly coep: 'require-corp' | 'credentialless';
  /** Milliseconds. */
  readonly bootDeadline: number;
}

/** Reads the configuration; throws a sentence that names the variable and its known values. */
export function readConfiguration(environment: Readonly<Record<string, string | undefined>>): Configuration {
  const choose = <const Value extends string>(name: string, values: readonly [Value, ...Value[]]): Value => {
    const given = environment[name] || values[0];
    const value = values.find((candidate) => candidate === given);
    if (value === undefined) throw new Error(`${name}=${given} is unknown. Known: ${values.join(', ')}.`);
    return value;
  };
  const engine = choose('LOOPBOOK_ENGINE', ['auto', 'webcontainer', 'embedded']);
  const engines = choose('LOOPBOOK_ENGINES', ['both', 'webcontainer', 'embedded', 'none']);
  if (engines !== 'both' && engine !== 'auto' && engine !== engines) {
    throw new Error(`LOOPBOOK_ENGINE=${engine} is not among LOOPBOOK_ENGINES=${engines}.`);
  }
  const site = environment['SITE'] || undefined;
  if (site !== undefined && !/^https?:\/\//.test(site)) {
    throw new Error(`SITE=${site} is not an origin such as https://example.org.`);
  }
  if (site !== undefined && new URL(site).pathname !== '/') {
    throw new Error(`SITE=${site} has a path: leave the origin there, and give the path in BASE.`);
  }
  const repository = environment['REPOSITORY']?.replace(/\/+$/, '') || undefined;
  if (repository !== undefined && !/^https?:\/\//.test(repository)) {
    throw new Error(`REPOSITORY=${repository} is not an address such as https://github.com/someone/book.`);
  }
  const bootDeadline = Number(environment['LOOPBOOK_BOOT_DEADLINE'] || 15_000);
  if (!Number.isInteger(bootDeadline) || bootDeadline <= 0) {
    throw new Error(
      `LOOPBOOK_BOOT_DEADLINE=${environment['LOOPBOOK_BOOT_DEADLINE']} is not a number of milliseconds.`,
    );
  }
  return {
    site,
    base: `/${environment['BASE'] ?? ''}/`.replace(/\/{2,}/g, '/'),
    repository,
    branch: environment['BRANCH'] || 'main',
    engine,
    engines,
    apiKey: environment['LOOPBOOK_WEBCONTAINER_API_KEY'] ?? '',
    coep: choose('LOOPBOOK_COEP', ['require-corp', 'credentialless']),
    bootDeadline,
  };
}

/** Headers with which a host makes pages cross-origin isolated, as both engines want. */
export function isolationHeaders(coep: Configuration['coep']): Record<string, string> {
  return {
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': coep,
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
