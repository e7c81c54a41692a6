/** The files of a built site, as a reader can keep them. */
import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { EditionFile, Part } from '../service-worker/edition.ts';

/** A file with its content. */
export interface SiteFile extends EditionFile {
  readonly content: Buffer;
}

/** For hosts, machines, tests, or to take home: no page shows them. */
const notForPages =
  /^_|^\.|(?:^|\/)\.|\.(?:xml|epub|pdf|zip|md|map)$|^llms[^/]*\.txt$|^(?:404\.html|robots\.txt|snippets\.json|(?:vercel|firebase|staticwebapp\.config)\.json|edition\.json|service-worker\.js)$/;
const picture = /\.(?:png|jpe?g|gif|svg|webp|avif|ico)$/;
/** Folders of what runs and edits programs. */
const engineFolders = /^(?:engine|packages|preview|types)\//;
/** Bytes of a script; larger ones are editor, terminal and languages. */
const largestForReading = 50_000;

/** All that a page shows or loads, in the order of their paths. */
export async function filesOf(directory: string): Promise<SiteFile[]> {
  const names: string[] = [];
  for await (const entry of glob('**/*', { cwd: directory, withFileTypes: true })) {
    if (entry.isFile()) names.push(join(entry.parentPath, entry.name).slice(directory.length + 1));
  }
  const wanted = names.filter((name) => name.startsWith('_astro/') || !notForPages.test(name)).toSorted();
  const files = await Promise.all(
    wanted.map(async (name) => toFile(name, await readFile(join(directory, name)))),
  );
  const html = files.flatMap(({ path, content }) => (isPage(path) ? [content.toString()] : [])).join('\n');
  // Such as the pictures that stand for a page elsewhere.
  return files.filter(({ path }) => !picture.test(path) || html.includes(`${path}"`));
}

/** Bytes of files as a host that compresses sends them. */
export function compressedBytes(files: readonly SiteFile[], part: Part): number {
  return files
    .filter((file) => file.part === part)
    .reduce((sum, { content }) => sum + Math.min(content.length, gzipSync(content).length), 0);
}

/** Whether a path is that of a page. */
export function isPage(path: string): boolean {
  return path === '' || path.endsWith('/');
}

function toFile(name: string, content: Buffer): SiteFile {
  const path = name.replace(/(?<=^|\/)index\.html$/, '');
  const isScript = path.startsWith('_astro/') && path.endsWith('.js');
  const isEngine = engineFolders.test(path) || (isScript && content.length > largestForReading);
  return {
    // Pages of the engine are pages.
    part: isEngine && !isPage(path) ? 'engine' : 'text',
    path,
    revision: createHash('sha256').update(content).digest('hex').slice(0, 16),
    bytes: content.length,
    content,
  };
}
