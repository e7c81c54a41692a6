/** A bare page with the editor in a program's frame, for tests that need no site: nothing listens, all is routed. */
import type { BrowserContext, Page } from '@playwright/test';
import type { Editor, EditorOptions } from '../src/playground/editor.ts';
import { routeBarePage } from './bare-page.ts';
import { bundlePage } from './bundle.ts';
import { ISOLATION } from './isolation.ts';

/** What the page's script puts on `window`, for `page.evaluate`. */
export interface EditorPage {
  readonly editor: Editor;
  /** What the editor told the page, in order. */
  readonly notices: readonly string[];
}

declare global {
  interface Window {
    editorPage: EditorPage;
  }
}

/** What a test's editor shows. */
export type EditorSetting = Pick<EditorOptions, 'name' | 'text' | 'isReadOnly' | 'isWrapped'> & {
  readonly files?: Readonly<Record<string, string>>;
};

const ADDRESS = 'http://localhost:4410/';

const SCRIPT = `
import { Editor } from './src/playground/editor.ts';
const { name, text, files, ...more } = JSON.parse(document.querySelector('#setting').textContent);
const pre = document.querySelector('pre');
pre.querySelector('code').textContent = text;
const notices = [];
const texts = { ...files, [name]: text };
const editor = new Editor({
  pre, name, text, ...more,
  files: () => texts,
  onChange: (changed) => { texts[name] = changed; },
  onNotice: (sentence) => notices.push(sentence),
});
window.editorPage = { editor, notices };
`;

// As the site's own, where scripts come from.
const policy =
  "default-src 'none'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'; style-src 'self' 'unsafe-inline'";

function html(setting: EditorSetting): string {
  const data = JSON.stringify(setting).replaceAll('<', String.raw`\u003c`);
  return `<!doctype html><html lang="en" data-base="/"><head><meta charset="utf-8"><title>Editor</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 52rem; margin: 0 auto; padding: 1rem"><h1>A page with a program</h1><button type="button">Before</button>
<div class="plate"><figure class="plate-frame"><div class="plate-file" role="group" aria-label="${setting.name}">
<pre class="code" tabindex="0"><code></code></pre></div></figure></div><button type="button">After</button></main>
<script type="application/json" id="setting">${data}</script><script type="module" src="/page.js"></script></body></html>`;
}

let bundled: ReturnType<typeof bundlePage> | undefined;

/** Opens the page with an editor on a file. */
export async function openEditorPage(context: BrowserContext, setting: EditorSetting): Promise<Page> {
  bundled ??= bundlePage(SCRIPT);
  const page = { address: ADDRESS, html: html(setting), scripts: await bundled };
  await routeBarePage(context, { ...page, headers: ISOLATION, folders: ['types'] });
  const tab = await context.newPage();
  await tab.goto(ADDRESS);
  await tab.waitForFunction(() => 'editorPage' in window);
  return tab;
}
