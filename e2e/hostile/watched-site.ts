/** A site with the embedded engine that notes every request, and whose engine can be replaced, in part, by a stranger's. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { bundleEmbeddedPage } from '../embedded-page.ts';
import { ISOLATION } from '../isolation.ts';

/** A request as the server sees it. */
export interface SeenRequest {
  readonly path: string;
  readonly cookie: string | undefined;
}

/** Parts of the engine that are not ours, as source text. */
export interface Strangers {
  /** In place of the Worker of a process. */
  readonly worker?: string;
  /** In place of the script of the sandboxed document, or made of it. */
  readonly sandbox?: string | ((own: string) => string);
}

export interface WatchedSite extends AsyncDisposable {
  /** Ends with a slash. */
  readonly address: string;
  readonly requests: readonly SeenRequest[];
}

/** Requests that the page itself did not make for the engine. */
export const unasked = ({ requests }: WatchedSite, since: number): readonly SeenRequest[] =>
  requests.slice(since).filter(({ path }) => !/^\/(?:engine|packages)\//.test(path));

const engine = new URL('../../public/engine/', import.meta.url);

/** Serves the site on a free port. `npm run engine` has to have been run. */
export async function serveWatchedSite(strangers: Strangers = {}): Promise<WatchedSite> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    requests.push({ path, cookie: request.headers.cookie });
    answer(path, strangers).then(
      ([type, body]) => response.writeHead(200, { ...ISOLATION, 'Content-Type': type }).end(body),
      () => response.writeHead(404, ISOLATION).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
  return {
    address: `http://localhost:${address.port}/`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(path: string, { worker, sandbox }: Strangers): Promise<[type: string, body: string]> {
  const name = basename(path);
  // Else the browser asks for an icon, at any time.
  const start = '<!doctype html><link rel="icon" href="data:,">';
  if (path === '/before') return ['text/html', `${start}<title>Before</title>`];
  if (path === '/')
    return ['text/html', `${start}<title>Site</title><script type="module" src="page.js"></script>`];
  if (path === '/page.js') return ['text/javascript', await bundleEmbeddedPage()];
  if (path === '/secret') return ['text/plain', 'the secret of the site'];
  if (!path.startsWith('/engine/')) throw new Error(`${path} is not there.`);
  const isWorker = name.startsWith('runtime.');
  const text = worker !== undefined && isWorker ? worker : await readFile(new URL(name, engine), 'utf8');
  if (!name.endsWith('.html')) return [isWorker ? 'text/javascript' : 'text/plain', text];
  return ['text/html', sandbox === undefined ? text : replaceSandbox(text, sandbox)];
}

/** The host document with another script in its sandboxed document, and a policy that allows it. */
function replaceSandbox(frame: string, sandbox: NonNullable<Strangers['sandbox']>): string {
  const [, host = ''] = /<script>([^]*)<\/script>/.exec(frame) ?? [];
  const [literal = ''] = /"(?:[^"\\]|\\.)*"/.exec(host) ?? [];
  const inner = String(JSON.parse(literal));
  const [, script = ''] = /<script>([^]*)<\/script>/.exec(inner) ?? [];
  const other = typeof sandbox === 'string' ? sandbox : sandbox(script);
  const changed = JSON.stringify(inner.replace(script, () => other)).replaceAll('<', String.raw`\u003c`);
  const hostile = host.replace(literal, () => changed);
  return frame
    .replace(host, () => hostile)
    .replace(hashOf(host), hashOf(hostile))
    .replace(hashOf(script), hashOf(other));
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** What the site keeps in the browser. */
export interface SiteData {
  readonly cookie: string;
  readonly localStorage: string | null;
  readonly database: unknown;
  readonly cached: string | undefined;
  /** What came over a channel of the site. */
  readonly heard: string | undefined;
}

/** Opens the page, and leaves something in every kind of storage. */
export async function openWatchedPage(context: BrowserContext, { address }: WatchedSite): Promise<Page> {
  await context.addCookies([
    { name: 'lax', value: 'secret', url: address, sameSite: 'Lax' },
    { name: 'strict', value: 'secret', url: address, sameSite: 'Strict' },
  ]);
  const page = await context.newPage();
  await page.goto(`${address}before`);
  await page.goto(address);
  await page.evaluate(async () => {
    localStorage.setItem('key', 'secret');
    await (await caches.open('site')).put('/cached', new Response('secret'));
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open('site');
      opening.addEventListener('upgradeneeded', () =>
        opening.result.createObjectStore('store').put('secret', 'key'),
      );
      opening.addEventListener('error', reject);
      opening.addEventListener('success', () => {
        opening.result.close();
        resolve(undefined);
      });
    });
    new BroadcastChannel('site').addEventListener('message', ({ data }) => (document.title = String(data)));
  });
  return page;
}

/** What is left of it. */
export function readSiteData(page: Page): Promise<SiteData> {
  return page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open('site');
      opening.addEventListener('error', reject);
      opening.addEventListener('success', () => {
        const reading = opening.result.transaction('store').objectStore('store').get('key');
        reading.addEventListener('success', () => resolve(reading.result));
      });
    });
    const cached = await (await caches.match('/cached'))?.text();
    const heard = document.title === 'Site' ? undefined : document.title;
    return { cookie: document.cookie, localStorage: localStorage.getItem('key'), database, cached, heard };
  });
}

/** The data of a site that nobody has touched. */
export const untouched: SiteData = {
  cookie: 'lax=secret; strict=secret',
  localStorage: 'secret',
  database: 'secret',
  cached: 'secret',
  heard: undefined,
};
