/** `npm run engine`: writes `public/engine/`, everything that a page needs to run programs in the embedded engine. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { EngineManifest } from '../manifest.ts';
import { llhttp } from './llhttp.ts';
import { buildFrame } from './frame-document.ts';
import { buildLibrary } from './library.ts';
import { dumpNode } from './node-dump.ts';
import { collectNotices } from './notices.ts';
import { bundleOwnModules } from './own-modules.ts';

const embedded = dirname(dirname(fileURLToPath(import.meta.url)));
const root = join(embedded, '..', '..', '..');
const output = join(root, 'public', 'engine');

async function bundle(entry: string, format: 'iife' | 'cjs' = 'iife'): Promise<string> {
  const result = await build({
    entryPoints: [join(embedded, entry)],
    bundle: true,
    format,
    platform: 'browser',
    // What is loaded later finds the language as the pinned Node has it.
    target: format === 'cjs' ? 'es2024' : 'esnext',
    charset: 'ascii',
    minify: true,
    // Programs can see the names of Node's classes and functions.
    keepNames: true,
    write: false,
    legalComments: 'none',
    // What noble looks for when it is loaded: the pinned Node does not have the first, and is about to make the other.
    define: { 'Uint8Array.fromHex': 'undefined', 'globalThis.crypto': 'undefined' },
    // Files that their packages offer to nobody by a name.
    alias: {
      'brotli-encoder': join(root, 'node_modules', 'brotli', 'build', 'encode.js'),
      'zstd-wasm': join(root, 'node_modules', '@bokuweb', 'zstd-wasm', 'dist', 'common', 'zstd.wasm'),
    },
    loader: { '.wasm': 'binary' },
    plugins: [llhttp],
  });
  return result.outputFiles[0]?.text ?? '';
}

/** Writes a file whose name carries a hash of its content; returns the name. */
function writeHashed(name: string, extension: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const file = `${name}.${hash}.${extension}`;
  writeFileSync(join(output, file), content);
  return file;
}

const dump = dumpNode();
const [runtime, host, sandbox] = await Promise.all([
  bundle('process/main.ts'),
  bundle('frame/host.ts'),
  bundle('frame/sandbox.ts'),
]);
const library = buildLibrary({ ...dump, sources: { ...dump.sources, ...(await bundleOwnModules(bundle)) } });
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const manifest: EngineManifest = {
  node: dump.facts.version,
  runtime: writeHashed('runtime', 'js', runtime),
  library: writeHashed('library', 'txt', library.core),
  parts: Object.fromEntries(
    Object.entries(library.parts).map(([name, text]) => [name, writeHashed(`library-${name}`, 'txt', text)]),
  ),
  frame: 'frame.html',
};
writeFileSync(join(output, manifest.frame), buildFrame(host, sandbox));
writeFileSync(join(output, 'NOTICES.txt'), collectNotices(root, dump.facts.version));
writeFileSync(join(output, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
console.log(`The embedded engine of Node ${manifest.node} is in public/engine.`);
