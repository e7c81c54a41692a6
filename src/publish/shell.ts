/** The shell: what every page of the site needs before the reader acts, and the page for those that are not kept. */
import { join, posix } from 'node:path';
import { build } from 'esbuild';
import { isPage } from './site-files.ts';
import type { SiteFile } from './site-files.ts';

/** The page that answers for a page which is neither kept nor to be had. */
export const offlinePage = 'offline/';

/** Picks the shell from the files of a site that is served under `base`. */
export async function shellOf(
  files: readonly SiteFile[],
  { directory, base }: { readonly directory: string; readonly base: string },
): Promise<SiteFile[]> {
  const named = new Set([offlinePage]);
  for (const { path, content } of files)
    if (isPage(path)) for (const name of linked(content.toString(), base)) named.add(name);
  const scripts = [...named].filter((name) => name.startsWith('_astro/') && name.endsWith('.js'));
  for (const name of await imported(scripts, directory)) named.add(name);
  return files.filter(({ path }) => named.has(path));
}

/** What a page names in its head: styles, scripts, icons, the manifest. */
function* linked(html: string, base: string): Generator<string> {
  for (const [tag, name] of html.matchAll(/<(script|link)\b[^>]*>/g)) {
    const address = /\b(?:src|href)="([^"]*)"/.exec(tag)?.[1];
    const isWanted = name === 'script' || /\brel="(?:stylesheet|manifest|icon|apple-touch-icon)"/.test(tag);
    if (isWanted && address?.startsWith(base)) yield address.slice(base.length);
  }
}

/** What scripts import by a statement, and so on. */
async function imported(scripts: readonly string[], directory: string): Promise<Set<string>> {
  const { metafile } = await build({
    entryPoints: [...scripts],
    absWorkingDir: directory,
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'never-written',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const found = new Set<string>();
  const queue = [...scripts];
  for (const script of queue) {
    for (const { path, kind } of metafile.inputs[script]?.imports ?? []) {
      const name = posix.normalize(path);
      if (kind !== 'import-statement' || found.has(name)) continue;
      found.add(name);
      queue.push(name);
    }
  }
  return found;
}

/** Where the source of the worker is. */
export const workerSource = join(import.meta.dirname, '../service-worker/service-worker.ts');
