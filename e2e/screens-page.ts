/** A bare page with a program's output region and the embedded engine, for tests that need no site: all is routed. */
import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { Program, TerminalSize } from '../src/engine/engine.ts';
import type { Transcript } from '../src/playground/output/screen.ts';
import { routeBarePage } from './bare-page.ts';
import { bundlePage } from './bundle.ts';
import { ISOLATION } from './isolation.ts';
import { routePackages } from './package-routes.ts';

/** What the page's script puts on `window`, for `page.evaluate`. */
export interface ScreensPage {
  /** Runs a program on the screen that it needs; resolves once it runs. */
  run(program: Program): Promise<void>;
  /** The exit code and the transcript of the last run. */
  readonly end: Promise<{ readonly code: number; readonly transcript: Transcript }>;
  /** What the reader typed, in order. */
  readonly typed: readonly string[];
  readonly sizes: readonly TerminalSize[];
  readonly size: TerminalSize | undefined;
  /** Writes to a screen without a program: a log, a terminal that takes input, or one that takes none. */
  open(kind: 'log' | 'terminal' | 'display'): void;
  write(text: string, stream?: 'stdout' | 'stderr' | 'both'): void;
  finish(toItsEnd: boolean): Transcript;
  /** Shows the line to type, which tells what was typed as the terminal does; `end` and `interrupt` for the rest. */
  openInputLine(): void;
}

declare global {
  interface Window {
    screens: ScreensPage;
  }
}

const ADDRESS = 'http://localhost:4411/';

const SCRIPT = `
import { createEmbeddedEngine } from './src/engine/embedded/index.ts';
import { NpmPackages } from './src/engine/packages/npm-packages.ts';
import { InputLine } from './src/playground/output/input-line.ts';
import { LogScreen } from './src/playground/output/log-screen.ts';
import { ReplTyping } from './src/playground/output/repl-typing.ts';
import { isRepl, needsTerminal } from './src/playground/output/screen.ts';
import { TerminalScreen } from './src/playground/output/terminal-screen.ts';

const engine = createEmbeddedEngine({ baseUrl: 'engine/', packages: new NpmPackages('packages/') });
const parts = Object.fromEntries(
  ['region', 'label', 'log', 'notice'].map((name) => [name, document.querySelector('#' + name)]),
);
const typed = [];
const sizes = [];
let screen, type, resize, typing;
const options = {
  onInput(text) { typed.push(text); type?.(text); },
  onResize(size) { sizes.push(size); resize?.(size); },
};
let chunks = [];
const openLog = () => {
  const log = new LogScreen(parts, {
    onCursor() {
      log.dispose();
      screen = new TerminalScreen(parts);
      for (const chunk of chunks) screen.write(chunk);
    },
  });
  return log;
};
const take = (chunk) => {
  chunks.push(chunk);
  screen.write(chunk);
  typing?.read(chunk.text);
};
window.screens = {
  typed,
  sizes,
  get size() { return screen.size; },
  open(kind) {
    screen?.dispose();
    chunks = [];
    screen = kind === 'log' ? openLog() : new TerminalScreen(parts, kind === 'display' ? {} : options);
    screen.focus();
  },
  write(text, stream = 'stdout') { take({ stream, text }); },
  finish: (toItsEnd) => screen.finish(toItsEnd),
  openInputLine() {
    const line = new InputLine(parts.log, {
      onInput: options.onInput,
      onEnd() { typed.push('end'); line.dispose(); },
      onInterrupt() { typed.push('interrupt'); },
    });
    line.focus();
  },
  async run(program) {
    this.open(needsTerminal(program) ? 'terminal' : 'log');
    const { size } = screen;
    const run = await engine.start(size ? { ...program, terminal: size } : program);
    const writer = run.stdin.getWriter();
    type = (text) => void writer.write(text).catch(() => {});
    resize = (to) => run.resize(to);
    typing = isRepl(program.command) ? new ReplTyping(program.files['repl.js'] ?? '', type) : undefined;
    this.end = (async () => {
      const reader = run.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) take(next.value);
      const code = await run.exit;
      return { code, transcript: screen.finish(true) };
    })();
  },
};
`;

// As the site's own.
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; object-src 'none'";

const html = `<!doctype html><html lang="en" data-base="/"><head><meta charset="utf-8"><title>Screens</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="${policy}"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 51rem; margin: 0 auto; padding: 1rem"><h1>A page with a program</h1>
<div class="plate"><figure class="plate-frame" aria-label="A program">
<div class="plate-toolbar"><button type="button" class="plate-button plate-run">Run</button></div>
<div class="plate-output" id="region"><p class="plate-label" id="label">Output, recorded</p>
<pre class="plate-log" id="log" role="log" aria-label="Output" tabindex="0"><span class="stream" data-stream="stdout">recorded</span></pre>
<p class="plate-notice" id="notice" hidden></p></div></figure></div><button type="button">After</button></main>
<script type="module" src="/page.js"></script></body></html>`;

let bundled: ReturnType<typeof bundlePage> | undefined;

/** Opens the page; `npm run engine` has to have been run. */
export async function openScreensPage(context: BrowserContext): Promise<Page> {
  bundled ??= bundlePage(SCRIPT);
  const scripts = await bundled;
  const headers = ISOLATION;
  await routeBarePage(context, { address: ADDRESS, html, scripts, headers, folders: ['engine'] });
  await routePackages(context, ADDRESS);
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await page.waitForFunction(() => 'screens' in window);
  return page;
}

/** What a terminal shows, as a screen reader finds it. */
export function rowsOf(page: Page): Locator {
  return page.getByRole('group', { name: 'Terminal' }).getByRole('list');
}

/** Where the reader types. */
export function inputOf(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Terminal, input of the program' });
}
