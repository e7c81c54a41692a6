/**
 * Makes the book's editions from the built site, and puts them into it:
 *
 *     npm run editions
 *     npm run editions -- epub
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { readConfiguration } from '../layouts/configuration.ts';
import { filesToTake } from '../publish/files-to-take.ts';
import { serviceWorker } from '../publish/service-worker.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { readEdition, type Edition } from './edition.ts';
import { writeEpub } from './epub/write.ts';
import { writePdf } from './pdf/write.ts';

const makers: Readonly<Record<string, (edition: Edition) => Promise<{ bytes: Uint8Array; says: string }>>> = {
  epub: async (edition) => ({
    bytes: await writeEpub(edition),
    says: `${edition.chapters.length} chapters`,
  }),
  pdf: async (edition) => {
    const { bytes, pageCount } = await writePdf(edition);
    return { bytes, says: `${edition.chapters.length} chapters on ${pageCount} pages` };
  },
};

async function make(names: readonly string[]): Promise<void> {
  const site = resolve('dist');
  const unknown = names.find((name) => !(name in makers));
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is no edition. Known: ${Object.keys(makers).join(', ')}.`);
  const configuration = readConfiguration(process.env);
  const content = resolve(contentFolder);
  const edition = await readEdition(site, content, configuration);
  for (const [name, maker] of Object.entries(makers)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const start = performance.now();
    const { bytes, says } = await maker(edition);
    const path = join(site, `${edition.slug}.${name}`);
    await mkdir(site, { recursive: true });
    await writeFile(path, bytes);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const size = Math.round(bytes.length / 1000).toLocaleString('en');
    console.log(`${relative('', path)}: ${says}, ${size} kB, made in ${seconds} s`);
  }
  // The page that lists them is there already, and so is the list of what a reader can keep.
  for (const step of [filesToTake, serviceWorker])
    await step.run({ directory: site, content, configuration });
}

try {
  await make(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
