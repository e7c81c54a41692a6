/** A bare page with what gives a program away, for tests that need no site: nothing listens, all is routed. */
import type { BrowserContext, Page } from '@playwright/test';
import type { ProjectSource } from '../src/playground/sharing/project.ts';
import type { SharedProgram } from '../src/playground/sharing/shared-program.ts';
import { routeBarePage } from './bare-page.ts';
import { bundlePage } from './bundle.ts';

/** What the page's script puts on `window`, for `page.evaluate`. */
export interface SharePage {
  decode(hash: string): Promise<SharedProgram | undefined>;
  source(program: SharedProgram, packages: readonly string[]): Promise<ProjectSource>;
  openInStackBlitz(source: ProjectSource): void;
}

declare global {
  interface Window {
    sharePage: SharePage;
  }
}

/** Where the page is. */
export const SHARE_ADDRESS = 'http://localhost:4417/';

const SCRIPT = `
import { downloadProject, projectSourceOf } from './src/playground/sharing/download.ts';
import { openShareDialog } from './src/playground/sharing/share-dialog.ts';
import { decodeSharedProgram } from './src/playground/sharing/shared-program.ts';
import { openInStackBlitz } from './src/playground/sharing/stackblitz.ts';

const program = JSON.parse(document.querySelector('#program').textContent);
const playUrl = new URL('/play/', location.href);
const download = async () => downloadProject(await projectSourceOf(program, []));
document.querySelector('#share').onclick = () => openShareDialog(program, { playUrl, download });
document.querySelector('#download').onclick = download;
document.querySelector('#stackblitz').onclick = async () => openInStackBlitz(await projectSourceOf(program, []));
window.sharePage = { decode: decodeSharedProgram, source: projectSourceOf, openInStackBlitz };
`;

const manifest = {
  packages: { zod: { version: '4.6.7', archive: 'zod.1.bin', size: 3, needs: [] } },
};

const html = (program: string, policy: string): string => `<!doctype html><html lang="en" data-base="/"><head>
<meta charset="utf-8"><title>Share</title><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 51rem; margin: 0 auto; padding: 1rem"><h1>A page with a program</h1>
<p>It can be given away.</p><p><button type="button" class="plate-button" id="share">Share a link</button>
<button type="button" class="plate-button" id="download">Download as a zip file</button>
<button type="button" class="plate-button" id="stackblitz">Open in StackBlitz</button></p></main>
<script type="application/json" id="program">${program}</script><script type="module" src="/page.js"></script></body></html>`;

let bundled: ReturnType<typeof bundlePage> | undefined;

/** Opens the page with a program, under a policy for its forms. */
export async function openSharePage(
  context: BrowserContext,
  program: SharedProgram,
  policy = '',
): Promise<Page> {
  bundled ??= bundlePage(SCRIPT);
  const scripts = await bundled;
  const data = JSON.stringify(program).replaceAll('<', String.raw`\u003c`);
  await routeBarePage(context, { address: SHARE_ADDRESS, html: html(data, policy), scripts });
  await context.route(`${SHARE_ADDRESS}packages/manifest.json`, (route) => route.fulfill({ json: manifest }));
  const page = await context.newPage();
  await page.goto(SHARE_ADDRESS);
  await page.waitForFunction(() => 'sharePage' in window);
  return page;
}
