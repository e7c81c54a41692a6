/**
 * `npm run bench`: the engines in Chromium beside the pinned Node, in turns, so that a busy machine slows both.
 *
 * Every figure is a median of the rounds, in milliseconds; what counts is the ratio. `npm run build` has to have been run.
 *
 *     node e2e/bench/run.ts [folder of the site]
 */
import { execFileSync } from 'node:child_process';
import { chromium, type Page } from '@playwright/test';
import { launchOptions } from '../browser.ts';
import { openEmbeddedPage, runEmbedded } from '../embedded-page.ts';
import { requireEngine, requireSite } from '../preconditions.ts';
import { singleFile } from '../single-file.ts';
import { serve } from '../static-server.ts';
import { Chapter } from './chapter.ts';
import type { EngineOfChapter } from './chapter.ts';
import { benchmarks, hello } from './programs.ts';

const rounds = 5;
/** Milliseconds that one program may take. */
const limit = 120_000;

const directory = process.argv[2] ?? 'dist';
requireEngine();
requireSite(directory);
const browser = await chromium.launch(launchOptions());

const { server, url } = await serve({ directory, port: 0, base: '/', hasHeaders: true });

console.log(`| | Node ${process.version} | engine | ratio |\n|---|---:|---:|---:|`);
const warm = await open();
await inEngine(warm, hello);
await compare(
  'start of a program, warm',
  () => spawned(hello),
  async () => (await inEngine(warm, hello)).duration,
);
await compare('start of a program on a fresh page, cold', () => spawned(hello), cold);
await compareClicks('embedded', 'embedded engine');
await compareClicks('webcontainer', 'WebContainer (a double that runs native Node: the page’s share)');
for (const { name, code } of benchmarks) {
  await compare(
    name,
    () => Number(inNode(code)),
    async () => Number((await inEngine(warm, code)).stdout),
  );
}
await browser.close();
server.closeAllConnections();
server.close();

/** From a click on Run in a chapter of the site to the first output on the page. */
async function compareClicks(engine: EngineOfChapter, name: string): Promise<void> {
  const chapter = () => Chapter.open(browser, url, engine);
  await compare(
    `click to output in a chapter, first Run, ${name}`,
    () => spawned(hello),
    async () => {
      const fresh = await chapter();
      const duration = await fresh.clickToOutput();
      await fresh.close();
      return duration;
    },
  );
  const kept = await chapter();
  await kept.clickToOutput();
  await compare(
    `click to output in a chapter, second Run, ${name}`,
    () => spawned(hello),
    () => kept.clickToOutput(),
  );
  await kept.close();
}

async function compare(
  name: string,
  natively: () => number,
  inBrowser: () => Promise<number>,
): Promise<void> {
  const native: number[] = [];
  const engine: number[] = [];
  for (let round = 0; round < rounds; round++) {
    native.push(natively());
    engine.push(await inBrowser());
  }
  const [one, other] = [median(native), median(engine)];
  console.log(`| ${name} | ${one.toFixed(0)} ms | ${other.toFixed(0)} ms | ${(other / one).toFixed(1)} |`);
}

function median(values: readonly number[]): number {
  if (values.some((value) => !Number.isFinite(value))) throw new Error('A program printed no duration.');
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

function inNode(code: string): string {
  return execFileSync(process.execPath, ['--input-type=module'], {
    input: code,
    encoding: 'utf8',
    timeout: limit,
  });
}

function spawned(code: string): number {
  const started = performance.now();
  inNode(code);
  return performance.now() - started;
}

async function inEngine(page: Page, code: string) {
  const outcome = await runEmbedded(page, singleFile(code), { limit });
  if (outcome.exitCode !== 0) throw new Error(`A program failed in the engine:\n${outcome.stderr}`);
  // The frame has the next Worker ready a moment after a program ended; a reader takes longer than this to press Run.
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return outcome;
}

async function open(): Promise<Page> {
  return openEmbeddedPage(await browser.newContext());
}

async function cold(): Promise<number> {
  const page = await open();
  const { duration } = await inEngine(page, hello);
  await page.context().close();
  return duration;
}
