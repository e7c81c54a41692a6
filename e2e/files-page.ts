/** A bare page with the files and the command of a program, for tests that need no site: nothing listens, all is routed. */
import type { BrowserContext, Page } from '@playwright/test';
import type { CommandPanel } from '../src/playground/program/command-panel.ts';
import type { Draft } from '../src/playground/program/draft.ts';
import type { FileTabs } from '../src/playground/program/file-tabs.ts';
import type { EditableProgram } from '../src/playground/store/program-edit.ts';
import { routeBarePage } from './bare-page.ts';
import { bundlePage } from './bundle.ts';

/** What the page's script puts on `window`, for `page.evaluate`. */
export interface FilesPage {
  readonly draft: Draft;
  readonly tabs: FileTabs;
  readonly panel: CommandPanel;
  /** How often Enter asked for a run. */
  runs: number;
  /** Resolves when all that was changed is in the database. */
  flush(): Promise<void>;
}

declare global {
  interface Window {
    filesPage: FilesPage;
  }
}

/** The program of a test; what is absent is empty. */
export type FilesSetting = Pick<EditableProgram, 'files'> &
  Partial<EditableProgram> & { readonly readOnly?: readonly string[] };

const ADDRESS = 'http://localhost:4412/';

const SCRIPT = `
import { CommandPanel } from './src/playground/program/command-panel.ts';
import { Draft } from './src/playground/program/draft.ts';
import { FileTabs } from './src/playground/program/file-tabs.ts';
import { openStore } from './src/playground/store/index.ts';

const { readOnly, ...original } = JSON.parse(document.querySelector('#setting').textContent);
const notice = document.querySelector('#notice');
const say = (sentence, undo) => {
  notice.replaceChildren(sentence);
  if (!undo) return;
  const button = document.createElement('button');
  button.className = 'plate-link';
  button.append('Undo');
  button.onclick = () => { notice.replaceChildren(); undo(); };
  notice.append(' ', button);
};
const draft = new Draft({ id: 'part/chapter/program', original, readOnly: new Set(readOnly) });
await draft.ready;
const root = document.querySelector('.plate-files');
const tabs = new FileTabs({ root, draft, onNotice: say });
const page = { draft, tabs, runs: 0, flush: () => openStore().flush() };
page.panel = new CommandPanel({ draft, onRun: () => page.runs++ });
document.querySelector('.plate-toolbar').before(page.panel.element);
root.addEventListener('click', (event) => {
  const { file } = event.target.closest('pre[data-file]')?.dataset ?? {};
  if (file !== undefined) void tabs.open(file, { x: event.clientX, y: event.clientY });
});
document.querySelector('#edit').onclick = () => tabs.open(draft.current.entry);
document.querySelector('#reset').onclick = async () => say('Reset.', await draft.reset());
window.filesPage = page;
`;

function html({ files }: FilesSetting, setting: string): string {
  const names = Object.keys(files);
  const blocks = names.map(
    (name) => `<div class="plate-file" role="group" aria-label="${name}">
${names.length > 1 ? `<p class="plate-file-name">${name}</p>` : ''}<pre class="code" tabindex="0" data-file="${name}"><code>${escape(files[name] ?? '')}</code></pre></div>`,
  );
  return `<!doctype html><html lang="en" data-base="/"><head><meta charset="utf-8"><title>Files</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 51rem; margin: 0 auto; padding: 1rem"><h1>A page with a program</h1><p>It adds numbers.</p>
<div class="plate"><figure class="plate-frame" aria-label="Adding numbers"><figcaption class="plate-caption">
<span class="plate-title">Adding numbers</span>${names.length === 1 ? `<code class="plate-name">${names[0]}</code>` : ''}
<div class="plate-engine"><button type="button" class="engine-button">Embedded engine</button></div></figcaption>
<div class="plate-files">${blocks.join('')}</div>
<div class="plate-toolbar"><button type="button" class="plate-button plate-run">Run</button>
<button type="button" class="plate-button" id="edit">Edit</button><button type="button" class="plate-button" id="reset">Reset</button></div>
<div class="plate-output"><p class="plate-label">Output</p><pre class="plate-log"><span class="stream" data-stream="stdout">6</span></pre>
<p class="plate-result" id="notice" role="status"></p></div></figure></div></main>
<script type="application/json" id="setting">${setting}</script><script type="module" src="/page.js"></script></body></html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

let bundled: ReturnType<typeof bundlePage> | undefined;

/** Opens the page with a program; a second one in the same context is another tab of the same reader. */
export async function openFilesPage(context: BrowserContext, given: FilesSetting): Promise<Page> {
  bundled ??= bundlePage(SCRIPT);
  const scripts = await bundled;
  const setting = { entry: Object.keys(given.files)[0] ?? '', args: [], env: {}, readOnly: [], ...given };
  const data = JSON.stringify(setting).replaceAll('<', String.raw`\u003c`);
  await routeBarePage(context, { address: ADDRESS, html: html(setting, data), scripts });
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await page.waitForFunction(() => 'filesPage' in window);
  return page;
}
