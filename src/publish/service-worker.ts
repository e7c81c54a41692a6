/** The service worker with what it keeps, and the list of all that a reader can take along. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { editionFile, isHashed } from '../service-worker/edition.ts';
import type { Edition } from '../service-worker/edition.ts';
import type { PublishStep } from './built-site.ts';
import { shellOf, workerSource } from './shell.ts';
import { compressedBytes, filesOf } from './site-files.ts';
import type { SiteFile } from './site-files.ts';

/** Has to be the last step: what is written after it can be kept by nobody. */
export const serviceWorker: PublishStep = {
  name: 'service worker',
  async run({ directory, configuration }) {
    const files = await filesOf(directory);
    const shell = await shellOf(files, { directory, base: configuration.base });
    const edition = editionOf(files);
    await writeFile(join(directory, editionFile), JSON.stringify(edition));
    await build({
      entryPoints: [workerSource],
      outfile: join(directory, 'service-worker.js'),
      bundle: true,
      minify: true,
      legalComments: 'none',
      target: 'es2022',
      logLevel: 'error',
      define: {
        'process.env.NODE_ENV': '"production"',
        LOOPBOOK_EDITION: JSON.stringify(edition.edition),
        LOOPBOOK_COEP: JSON.stringify(configuration.coep),
        LOOPBOOK_SHELL: JSON.stringify(
          shell.map(({ path, revision }) => ({ url: path, revision: isHashed(path) ? null : revision })),
        ),
      },
    });
    const bytes = (some: readonly SiteFile[]) => some.reduce((sum, file) => sum + file.bytes, 0);
    return `${shell.length} files of ${kilobytes(bytes(shell))} kept from the first visit on, ${files.length} files of ${kilobytes(bytes(files))} on request`;
  },
};

/** The list; it names nothing but content, so that the same site is the same edition whenever it is built. */
export function editionOf(files: readonly SiteFile[]): Edition {
  const hash = createHash('sha256');
  for (const { path, revision } of files) hash.update(`${path} ${revision}\n`);
  return {
    edition: hash.digest('hex').slice(0, 16),
    compressed: { text: compressedBytes(files, 'text'), engine: compressedBytes(files, 'engine') },
    files: files.map(({ path, revision, bytes, part }) => ({ path, revision, bytes, part })),
  };
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
}
