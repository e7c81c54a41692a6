/** A bare page with the embedded engine as the site ships it, for tests that need no site: nothing listens, all is routed. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { Engine, OutputChunk, Program } from '../src/engine/engine.ts';
import { bundle } from './bundle.ts';
import { ISOLATION } from './isolation.ts';
import { routePackages } from './package-routes.ts';

/** Milliseconds that a program may take, also one that uses up what it can, on a busy machine. */
const LIMIT = 60_000;

/** What a program printed and how it ended. */
export interface EmbeddedOutcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds from the start to the exit. */
  readonly duration: number;
}

declare global {
  interface Window {
    embedded: Engine;
  }
}

const ADDRESS = 'http://localhost:4400/embedded/';
const ENGINE = new URL('../public/engine/', import.meta.url);
const SCRIPT = `
import { createEmbeddedEngine } from './src/engine/embedded/index.ts';
import { NpmPackages } from './src/engine/packages/npm-packages.ts';
globalThis.embedded = createEmbeddedEngine({ baseUrl: 'engine/', packages: new NpmPackages('packages/') });
`;

let script: Promise<string> | undefined;

/** The script of the page, which offers the engine as `window.embedded`; it finds the engine's files in `engine/`. */
export function bundleEmbeddedPage(): Promise<string> {
  return (script ??= bundle(SCRIPT));
}

/** Answers at an address with a page that runs a script, and below it with the engine's files in `engine/`. */
export async function routeScript(
  context: BrowserContext,
  address: string,
  code: string,
  headers: Readonly<Record<string, string>> = ISOLATION,
): Promise<void> {
  await context.route(address, (route) =>
    route.fulfill({
      headers,
      contentType: 'text/html',
      body: '<!doctype html><title>Engine</title><script type="module" src="page.js"></script>',
    }),
  );
  await context.route(`${address}page.js`, (route) =>
    route.fulfill({ headers, contentType: 'text/javascript', body: code }),
  );
  await context.route(`${address}engine/*`, (route) =>
    route.fulfill({ headers, path: fileURLToPath(new URL(basename(route.request().url()), ENGINE)) }),
  );
}

/** Opens the page; `isIsolated: false` leaves out the headers. `npm run engine` has to have been run. */
export async function openEmbeddedPage(context: BrowserContext, { isIsolated = true } = {}): Promise<Page> {
  await routeScript(context, ADDRESS, await bundleEmbeddedPage(), isIsolated ? ISOLATION : {});
  await routePackages(context, ADDRESS);
  const page = await context.newPage();
  await page.goto(ADDRESS);
  return page;
}

/** When a program that does not end is ended by force. */
export interface Patience {
  /** Milliseconds. */
  readonly limit?: number;
  /** What it has printed to stdout by then. */
  readonly until?: string | undefined;
}

/** Runs a program to its end, or kills it when the patience is over: then the exit code is 137. */
export function runEmbedded(
  page: Page,
  program: Program,
  { limit = LIMIT, until }: Patience = {},
): Promise<EmbeddedOutcome> {
  return page.evaluate(
    async ([given, last, most]) => {
      const started = performance.now();
      const run = await window.embedded.start(given);
      const late = setTimeout(() => void run.kill('SIGKILL'), most);
      const texts: Record<OutputChunk['stream'], string> = { stdout: '', stderr: '', both: '' };
      const reader = run.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        texts[next.value.stream] += next.value.text;
        if (last !== undefined && texts.stdout.includes(last)) void run.kill('SIGKILL');
      }
      clearTimeout(late);
      const exitCode = await run.exit;
      return { exitCode, stdout: texts.stdout, stderr: texts.stderr, duration: performance.now() - started };
    },
    [program, until, limit] as const,
  );
}
