/**
 * `npm run weight`: what the built site makes a fresh reader's browser load, as Chromium loads it: with a page, and with the
 * reader's first acts on it. And whether anything on a page moves by itself. Exit code 1 past a budget, where something moves, or
 * when a page asks anybody else for anything before Run.
 *
 *     node e2e/weight/run.ts [folder of the site]
 */
import { glob, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import type { EngineManifest } from '../../src/engine/embedded/manifest.ts';
import { launchOptions } from '../browser.ts';
import { hello } from '../bench/programs.ts';
import { refuse, requireSite } from '../preconditions.ts';
import { firstModule } from '../snippet-page.ts';
import { kilobytes, spent, total } from './budget.ts';
import type { Weighed } from './budget.ts';
import { edit, run, runUntil, server, terminal } from './first-acts.ts';
import type { Occasion } from './first-acts.ts';
import { findShifts } from './layout-shift.ts';
import { pageKinds } from './page-kinds.ts';
import type { PageKind } from './page-kinds.ts';
import { Visit } from './visit.ts';

/** Bytes, of gzip but for the engine. */
const budgets = {
  /** Each page: a reader who only reads pays for no more than this. */
  script: 12_000,
  /** Each page: it is there before the first line is painted. */
  style: 14_000,
  /** Each page: what only paper needs. */
  print: 2_500,
  /** Each page: faces that the site brings along, compressed as they are. */
  font: 60_000,
  /** CodeMirror and its languages, and what joins them to the program: there a moment after the click. */
  edit: 220_000,
  /** TypeScript and the declarations of Node; they come while the reader types, and nothing waits for them. */
  types: 1_700_000,
  /** The page's own part, which both engines wait for, and the client of WebContainer. */
  run: 60_000,
  /** xterm, nearly all of it. */
  terminal: 100_000,
  /** The console for requests, and the preview with its frame. */
  server: 40_000,
  /** Brotli: what the embedded engine needs for an ordinary program. */
  engine: 650_000,
};

const directory = process.argv[2] ?? 'dist';
requireSite(directory);
const base = /<html[^>]* data-base="([^"]*)"/.exec(await text('index.html'))?.[1] ?? '/';
const kinds = pageKinds(await pages());
const [chapter] = kinds;
if (!chapter || chapter.programs === 0) refuse(`No page of ${directory} has a program to weigh.`);

const browser = await chromium.launch(launchOptions());
try {
  console.log('Before the reader acts, gzip');
  for (const kind of kinds) await weighPage(kind);
  console.log('\nWhat moves by itself');
  await reportShifts(
    kinds.map(({ path }) => path),
    chapter.path,
  );
  console.log(`\nWhat the first acts add to /${chapter.path}, gzip`);
  await weighEdit(chapter);
  const engine = await weighRun(chapter);
  console.log('\nA first run in the embedded engine, brotli');
  await weighEngine(engine);
} finally {
  await browser.close();
}

/** Script and style of a page, those that stand in its HTML too. */
async function weighPage({ path, programs, others }: PageKind): Promise<void> {
  const visit = await Visit.begin({ browser, directory, base });
  await visit.open(path);
  const files = await visit.loaded();
  const inPage = (selector: string) =>
    visit.page
      .locator(selector)
      .evaluateAll((elements) => elements.map((element) => element.textContent).join('\n'));
  const scripts = files.filter((file) => file.endsWith('.js'));
  // Loaded after all else, and painted with nothing on the screen.
  const forPrint = await visit.page
    .locator('link[media=print]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  const isForPrint = (file: string) => forPrint.includes(base + file);
  const styles = files.filter((file) => file.endsWith('.css') && !isForPrint(file));
  const fonts = files.filter((file) => /\.(?:woff2?|ttf|otf)$/.test(file));
  const script = await weigh(scripts, await inPage('script:not([src], [type$=json])'));
  const style = await weigh(styles, await inPage('style'));
  const like = others > 0 ? `, and ${others} like it` : '';
  console.log(`  /${path} (${programs} programs${like})`);
  await endBeforeRun(visit);
  show('script', script, budgets.script);
  show('style', style, budgets.style);
  show('style for print, which nothing waits for', await weigh(files.filter(isForPrint)), budgets.print);
  if (fonts.length > 0) show('fonts', await weigh(fonts), budgets.font);
}

/** Nothing may. */
async function reportShifts(paths: readonly string[], written: string): Promise<void> {
  const unsteady = await findShifts({ browser, directory, base }, paths, written);
  if (unsteady.length === 0)
    console.log(
      '  nothing, on each of these pages, narrow and wide, over a slow line, with something kept and without',
    );
  for (const { name, shifts } of unsteady) {
    console.log(`  ${name}: TOO MUCH`);
    for (const { value, elements } of shifts) console.log(`    ${value.toFixed(4)}  ${elements.join(', ')}`);
    process.exitCode = 1;
  }
}

/** A click into the code, and the first words in it. */
async function weighEdit({ path }: PageKind): Promise<void> {
  const visit = await openUnread(path);
  await edit(visit.page, await firstModule(visit.page));
  const files = await visit.loaded();
  await endBeforeRun(visit);
  show('first edit', await weigh(files.filter((file) => !isTypes(file))), budgets.edit);
  show('types, while the reader types', await weigh(files.filter(isTypes)), budgets.types);
}

/**
 * Run, with nobody but the site in reach: the client of WebContainer is loaded and finds nobody, and the embedded engine
 * takes over. Resolves with the files of that engine.
 */
async function weighRun({ path }: PageKind): Promise<string[]> {
  const visit = await openUnread(path);
  const snippet = await firstModule(visit.page);
  await snippet.plant(hello);
  await run(snippet);
  const files = await visit.loaded();
  await visit.end();
  show('first run, without the engine', await weigh(files.filter((file) => !isEngine(file))), budgets.run);
  for (const [name, occasion, budget] of [
    ['first run on a terminal, beyond that', terminal, budgets.terminal],
    ['first run of a server, beyond that', server, budgets.server],
  ] as const) {
    const more = (await weighOccasion(path, occasion)).filter(
      (file) => !isEngine(file) && !files.includes(file),
    );
    show(name, await weigh(more), budget);
  }
  return files.filter(isEngine);
}

async function weighOccasion(path: string, occasion: Occasion): Promise<string[]> {
  const visit = await openUnread(path);
  const snippet = await firstModule(visit.page);
  await snippet.plant(occasion.code);
  await runUntil(snippet, occasion);
  const files = await visit.loaded();
  await visit.end();
  return files;
}

/** Opens a page; what that loads does not count any more. */
async function openUnread(path: string): Promise<Visit> {
  const visit = await Visit.begin({ browser, directory, base });
  await visit.open(path);
  await visit.loaded();
  return visit;
}

/** What a first run of an ordinary program loads, and beside it the parts that only some programs need. */
async function weighEngine(files: readonly string[]): Promise<void> {
  const weights = await Promise.all(files.map(async (name) => ({ name, bytes: await brotli(name) })));
  show('in all', weights, budgets.engine);
  // True: the build writes it from the same type.
  const { parts } = JSON.parse(await text('engine/manifest.json')) as EngineManifest;
  console.log('  and, for programs that reach them:');
  for (const part of Object.values(parts)) {
    const name = join('engine', part);
    if (!files.includes(name)) console.log(line(await brotli(name), name));
  }
}

/** Ends a visit on which nobody pressed Run. */
async function endBeforeRun(visit: Visit): Promise<void> {
  await visit.end();
  if (visit.strangers.length === 0) return;
  console.log(`  ASKED OUTSIDE THE SITE, before Run: ${[...new Set(visit.strangers)].join(', ')}`);
  process.exitCode = 1;
}

function show(name: string, weights: readonly Weighed[], budget: number): void {
  const sum = total(weights);
  console.log(`    ${name}: ${spent(sum, budget)}`);
  for (const weight of weights) console.log(line(weight.bytes, weight.name));
  if (sum > budget) process.exitCode = 1;
}

function line(bytes: number, name: string): string {
  return `    ${kilobytes(bytes).padStart(10)}  ${basename(name)}`;
}

async function weigh(files: readonly string[], inPage = ''): Promise<Weighed[]> {
  const weights = await Promise.all(
    files.map(async (name) => ({ name, bytes: gzipSync(await readFile(join(directory, name))).length })),
  );
  return inPage === '' ? weights : [{ name: '(in the page)', bytes: gzipSync(inPage).length }, ...weights];
}

async function brotli(file: string): Promise<number> {
  return brotliCompressSync(await readFile(join(directory, file))).length;
}

/** Whether a file is the embedded engine's: what runs, and the script of the page that drives it. */
function isEngine(file: string): boolean {
  return file.startsWith('engine/') || file.startsWith('_astro/embedded.');
}

/** Whether a file is of what knows TypeScript's and Node's types. */
function isTypes(file: string): boolean {
  return file.startsWith('types/');
}

async function pages(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const file of glob('**/index.html', { cwd: directory }))
    found.set(file.slice(0, -'index.html'.length), await text(file));
  return found;
}

async function text(file: string): Promise<string> {
  return await readFile(join(directory, file), 'utf8');
}
