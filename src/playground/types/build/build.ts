/**
 * `npm run types`: writes `public/types/`, what the editor needs to know types: a worker with TypeScript in it, and the
 * declarations of JavaScript and of Node. Does nothing when what is there was made from the same versions by the same code.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { TypesManifest } from '../protocol.ts';
import { readLibrary } from './library.ts';

const output = resolve('public/types');
const manifest = join(output, 'manifest.json');
const modules = resolve('node_modules');

const source = await hashOfSource();
if (await isMadeFrom(source)) console.log('public/types is up to date.');
else await pack();

async function pack(): Promise<void> {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const script = await bundleWorker();
  const library = Buffer.from(JSON.stringify(Object.fromEntries(await readLibrary(modules))));
  const compressed = gzipSync(library, { level: 9 });
  const names = { worker: `worker.${hash(script)}.js`, library: `library.${hash(library)}.bin` };
  await writeFile(join(output, names.worker), script);
  await writeFile(join(output, names.library), compressed);
  await writeFile(join(output, 'NOTICES.txt'), await notices());
  const made: TypesManifest = { source, ...names };
  // Last, because it says that all the rest is there.
  await writeFile(manifest, `${JSON.stringify(made, undefined, 2)}\n`);
  console.log(`${kilobytes(gzipSync(script).length)}  ${names.worker}, gzip`);
  console.log(`${kilobytes(compressed.length)}  ${names.library}`);
}

async function bundleWorker(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, '../worker.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
    // TypeScript asks whether it runs in Node; these let the branches that do go.
    define: { process: 'undefined', __filename: '"/typescript.js"', __dirname: '"/"' },
  });
  const [file] = outputFiles;
  if (!file) throw new Error('esbuild wrote no worker.');
  return Buffer.from(file.contents);
}

/** What is made depends on: versions of packages, and this code. */
async function hashOfSource(): Promise<string> {
  const own = [join(import.meta.dirname, '..'), import.meta.dirname];
  const files = (await Promise.all(own.map(sources))).flat();
  const versions = ['typescript', '@types/node', 'undici-types', 'esbuild'];
  files.push(...versions.map((name) => join(modules, name, 'package.json')));
  const sum = createHash('sha256');
  for (const file of files) sum.update(await readFile(file));
  return sum.digest('hex').slice(0, 12);
}

async function sources(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /(?<!\.test)\.ts$/.test(name));
  return names.toSorted().map((name) => join(folder, name));
}

async function isMadeFrom(wanted: string): Promise<boolean> {
  if (!existsSync(manifest)) return false;
  const made: unknown = JSON.parse(await readFile(manifest, 'utf8'));
  return typeof made === 'object' && made !== null && Reflect.get(made, 'source') === wanted;
}

async function notices(): Promise<string> {
  const licences = ['typescript/LICENSE.txt', '@types/node/LICENSE', 'undici-types/LICENSE'];
  const texts = licences.map(
    async (path) => `${path}\n\n${(await readFile(join(modules, path), 'utf8')).trim()}`,
  );
  return `What the editor's types are made of.\n\n${(await Promise.all(texts)).join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
