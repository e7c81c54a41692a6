/** A bare page with a program's server pane and the embedded engine, for tests that need no site: all is routed. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import type { SavedRequest } from '../src/snippet/snippet.ts';
import { routeBarePage } from './bare-page.ts';
import { bundlePage } from './bundle.ts';
import { ISOLATION } from './isolation.ts';
import { routePackages } from './package-routes.ts';

/** What the page's script puts on `window`, for `page.evaluate`. */
export interface ServersPage {
  /** Runs a program with its pane; resolves when it listens for the first time. */
  run(program: Program, saved: readonly SavedRequest[], servesItself: boolean): Promise<void>;
  stop(): Promise<void>;
  /** What the program printed so far. */
  readonly printed: string;
}

declare global {
  interface Window {
    servers: ServersPage;
  }
}

/** Address of the page. */
export const ADDRESS = 'http://localhost:4412/';

const SCRIPT = `
import { createEmbeddedEngine } from './src/engine/embedded/index.ts';
import { NpmPackages } from './src/engine/packages/npm-packages.ts';
import { ServerPane } from './src/playground/server/server-pane.ts';

const engine = createEmbeddedEngine({ baseUrl: '/engine/', packages: new NpmPackages('/packages/') });
const kept = [];
let run, pane;
window.servers = {
  printed: '',
  async run(program, saved, servesItself) {
    const listening = Promise.withResolvers();
    pane?.dispose();
    pane = new ServerPane({
      program: 'part/chapter/program',
      servesItself,
      saved,
      request: (...asked) => run.request(...asked),
      connect: (...asked) => run.connect(...asked),
      history: { read: async () => [...kept], add: (request) => void kept.push(request) },
    });
    document.querySelector('.plate-frame').append(pane.element);
    run = await engine.start(program, {
      onServer: (port) => { pane.open(port); listening.resolve(); },
      onServerClosed: (port) => pane.close(port),
    });
    void (async () => {
      for await (const { text } of run.output) window.servers.printed += text;
      pane.ended();
    })();
    await listening.promise;
  },
  stop: () => run.kill('SIGKILL'),
};
`;

const html = (
  policy: string,
): string => `<!doctype html><html lang="en" data-base="/"><head><meta charset="utf-8"><title>Servers</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 51rem; margin: 0 auto; padding: 1rem"><h1>A page with a server</h1>
<div class="plate"><figure class="plate-frame"></figure></div><button type="button">After</button></main>
<script type="module" src="/page.js"></script></body></html>`;

let bundled: ReturnType<typeof bundlePage> | undefined;

/** Opens the page; The site has to have been built. `isIsolated: false` leaves out the headers. */
export async function openServersPage(context: BrowserContext, { isIsolated = true } = {}): Promise<Page> {
  const scripts = await (bundled ??= bundlePage(SCRIPT));
  const headers = isIsolated ? ISOLATION : {};
  const folders = ['engine', 'preview'];
  await routeBarePage(context, {
    address: ADDRESS,
    html: html(await policyOfSite()),
    scripts,
    headers,
    folders,
  });
  await routePackages(context, ADDRESS);
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await page.waitForFunction(() => 'servers' in window);
  return page;
}

/** What the pages of the built site allow themselves. */
async function policyOfSite(): Promise<string> {
  const page = await readFile(fileURLToPath(new URL('../dist/index.html', import.meta.url)), 'utf8');
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1];
  if (policy === undefined) throw new Error('dist/index.html has no Content-Security-Policy.');
  return policy;
}
