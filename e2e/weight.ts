/**
 * `npm run weight`: what the chapter with the most programs makes a browser load before the reader touches anything, read
 * from the built site, and what a first run in the embedded engine adds. Fails past the budget.
 */
import { glob, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { EngineManifest } from '../src/engine/embedded/manifest.ts';

const dist = 'dist';
/** Bytes: of gzip before any interaction, of brotli for the engine. */
const budgets = { script: 12_000, style: 14_000, engine: 650_000 };
const leastPrograms = 5;

interface Weighed {
  readonly kind: 'script' | 'style';
  readonly name: string;
  readonly bytes: number;
}

const chapter = await heaviestChapter();
const page = join(dist, chapter.id, 'index.html');
const weights = await weigh(await readFile(page, 'utf8'));

console.log(`${page}: ${chapter.programs} programs, before any interaction, gzip`);
for (const { kind, name, bytes } of weights) console.log(`  ${kind.padEnd(6)} ${format(bytes)}  ${name}`);
for (const kind of ['script', 'style'] as const) {
  const total = weights.filter((weight) => weight.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0);
  const isOver = total > budgets[kind];
  console.log(
    `  ${kind.padEnd(6)} ${format(total)}  in all, of ${format(budgets[kind]).trim()}${isOver ? ': too much' : ''}`,
  );
  if (isOver) process.exitCode = 1;
}
await weighEngine();

/** The chapter with the most programs; the budget is meant for one with at least five. */
async function heaviestChapter(): Promise<{ id: string; programs: number }> {
  const manifest: unknown = JSON.parse(await readFile(join(dist, 'snippets.json'), 'utf8'));
  if (!Array.isArray(manifest)) throw new Error(`${dist}/snippets.json is not a list. Run: npm run build`);
  const counts = new Map<string, number>();
  for (const snippet of manifest) {
    const id = String(snippet.chapter);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const [id, programs] = [...counts].toSorted((one, other) => other[1] - one[1])[0] ?? ['', 0];
  if (programs < leastPrograms)
    throw new Error(`No chapter has ${leastPrograms} programs, so there is nothing to weigh.`);
  return { id, programs };
}

async function weigh(html: string): Promise<Weighed[]> {
  const base = /<html[^>]* data-base="([^"]*)"/.exec(html)?.[1] ?? '/';
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const inline: Weighed[] = [];
  for (const [, tag = '', attributes = ''] of html.matchAll(/<(script|link|style)\b([^>]*)>/g)) {
    const url = /\b(?:src|href)="([^"]*)"/.exec(attributes)?.[1];
    if (url === undefined) continue;
    const file = join(dist, url.slice(base.length));
    if (tag === 'script' || /rel="modulepreload"/.test(attributes)) scripts.add(file);
    else if (/rel="stylesheet"/.test(attributes)) styles.add(file);
  }
  for (const [, tag, text = ''] of html.matchAll(/<(script|style)(?![^>]*\bsrc=)[^>]*>([^]*?)<\/\1>/g)) {
    inline.push({
      kind: tag === 'script' ? 'script' : 'style',
      name: '(in the page)',
      bytes: gzipSync(text).length,
    });
  }
  return [
    ...inline,
    ...(await weighFiles('script', await withStaticImports(scripts))),
    ...(await weighFiles('style', [...styles])),
  ];
}

/** The scripts and every module that they import statically, at any depth. */
async function withStaticImports(scripts: ReadonlySet<string>): Promise<string[]> {
  if (scripts.size === 0) return [];
  const { metafile } = await build({
    entryPoints: [...scripts],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    outdir: dist,
    logLevel: 'error',
  });
  const loaded = new Set(scripts);
  for (const file of loaded) {
    for (const { path, kind } of metafile.inputs[file]?.imports ?? []) {
      // Not read: modules that load later, by import().
      if (kind === 'import-statement') loaded.add(path);
    }
  }
  return [...loaded];
}

async function weighFiles(kind: Weighed['kind'], files: readonly string[]): Promise<Weighed[]> {
  return await Promise.all(
    files.map(async (file) => ({
      kind,
      name: relative(dist, file),
      bytes: gzipSync(await readFile(file)).length,
    })),
  );
}

/** What a first run of an ordinary program loads, and beside it the parts that only some programs need. */
async function weighEngine(): Promise<void> {
  const engine = join(dist, 'engine');
  // True: the build writes it from the same type.
  const { runtime, library, frame, parts } = JSON.parse(
    await readFile(join(engine, 'manifest.json'), 'utf8'),
  ) as EngineManifest;
  let total = 0;
  console.log(`${engine}: a first run in the embedded engine, brotli`);
  const files = ['manifest.json', frame, runtime, library].map((name) => join(engine, name));
  for (const file of [...(await engineScripts()), ...files]) {
    const bytes = await brotli(file);
    total += bytes;
    console.log(`  ${format(bytes)}  ${relative(dist, file)}`);
  }
  const isOver = total > budgets.engine;
  console.log(`  ${format(total)}  in all, of ${format(budgets.engine).trim()}${isOver ? ': too much' : ''}`);
  if (isOver) process.exitCode = 1;
  console.log('  and, for programs that reach them:');
  for (const file of Object.values(parts))
    console.log(`  ${format(await brotli(join(engine, file)))}  ${file}`);
}

/** The scripts of the page that drive the engine. */
async function engineScripts(): Promise<string[]> {
  const entries = await Array.fromAsync(glob(`${dist}/_astro/embedded.*.js`));
  if (entries.length !== 1) throw new Error(`${dist}/_astro has ${entries.length} scripts named "embedded".`);
  return await withStaticImports(new Set(entries));
}

async function brotli(file: string): Promise<number> {
  return brotliCompressSync(await readFile(file)).length;
}

function format(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(7)} kB`;
}
