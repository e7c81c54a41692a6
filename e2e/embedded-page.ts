/** A bare page with the embedded engine as the site ships it, for tests that need no site: nothing listens, all is routed. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Engine, OutputChunk, Program } from '../src/engine/engine.ts';
import { routePackages } from './package-routes.ts';

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
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const SCRIPT = `
import { createEmbeddedEngine } from './src/engine/embedded/index.ts';
import { NpmPackages } from './src/engine/packages/npm-packages.ts';
globalThis.embedded = createEmbeddedEngine({ baseUrl: 'engine/', packages: new NpmPackages('packages/') });
`;

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
  });
  return outputFiles.map(({ text }) => text).join('');
}

let script: Promise<string> | undefined;

/** The script of the page, which offers the engine as `window.embedded`; it finds the engine's files in `engine/`. */
export function bundleEmbeddedPage(): Promise<string> {
  return (script ??= bundle());
}

/** Opens the page; `isIsolated: false` leaves out the headers. `npm run engine` has to have been run. */
export async function openEmbeddedPage(context: BrowserContext, { isIsolated = true } = {}): Promise<Page> {
  const headers = isIsolated ? ISOLATION : {};
  const code = await bundleEmbeddedPage();
  await context.route(ADDRESS, (route) =>
    route.fulfill({
      headers,
      contentType: 'text/html',
      body: '<!doctype html><title>Engine</title><script type="module" src="page.js"></script>',
    }),
  );
  await context.route(`${ADDRESS}page.js`, (route) =>
    route.fulfill({ headers, contentType: 'text/javascript', body: code }),
  );
  await context.route(`${ADDRESS}engine/*`, (route) =>
    route.fulfill({ headers, path: fileURLToPath(new URL(basename(route.request().url()), ENGINE)) }),
  );
  await routePackages(context, ADDRESS);
  const page = await context.newPage();
  await page.goto(ADDRESS);
  return page;
}

/** Runs a program to its end, or kills it after `limit` milliseconds: then the exit code is 137. */
export function runEmbedded(
  page: Page,
  program: Program,
  limit: number,
  stopsAfterOutput = false,
): Promise<EmbeddedOutcome> {
  return page.evaluate(
    async ([given, most, stops]) => {
      const started = performance.now();
      const run = await window.embedded.start(given);
      const late = setTimeout(() => void run.kill('SIGKILL'), most);
      const texts: Record<OutputChunk['stream'], string> = { stdout: '', stderr: '', both: '' };
      let stopped: Promise<void> | undefined;
      const reader = run.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        texts[next.value.stream] += next.value.text;
        if (stops) stopped ??= run.kill('SIGTERM');
      }
      await stopped;
      clearTimeout(late);
      const exitCode = await run.exit;
      return { exitCode, stdout: texts.stdout, stderr: texts.stderr, duration: performance.now() - started };
    },
    [program, limit, stopsAfterOutput] as const,
  );
}
