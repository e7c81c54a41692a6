/** A program of a chapter of the built site, run as a reader runs it. */
import { expect } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { firstModule } from '../snippet-page.ts';
import type { Snippet } from '../snippet-page.ts';
import { installWebContainerDouble } from '../webcontainer-double/index.ts';
import { hello } from './programs.ts';

/** Which engine the site prefers. */
export type EngineOfChapter = 'embedded' | 'webcontainer';

/** Milliseconds on a busy machine. */
const patience = { timeout: 60_000 };
const names = { embedded: 'Embedded engine', webcontainer: 'WebContainer' } as const;

/** A chapter in a browser that keeps nothing of other visits. */
export class Chapter {
  readonly #snippet: Snippet;
  readonly #engine: EngineOfChapter;
  readonly #close: () => Promise<void>;

  private constructor(snippet: Snippet, engine: EngineOfChapter, close: () => Promise<void>) {
    this.#snippet = snippet;
    this.#engine = engine;
    this.#close = close;
  }

  /** Opens the first chapter of the site at `url`; its first program only says hello. */
  static async open(browser: Browser, url: string, engine: EngineOfChapter): Promise<Chapter> {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    // The same Node as beside the browser.
    if (engine === 'webcontainer') await installWebContainerDouble(context, { node: process.execPath });
    const page = await context.newPage();
    await page.goto(url);
    const chapters = page.getByRole('main').getByRole('link');
    await page.goto(new URL((await chapters.first().getAttribute('href')) ?? '', url).href);
    await page.evaluate((preferred) => (document.documentElement.dataset['engine'] = preferred), engine);
    const snippet = await firstModule(page);
    await snippet.plant(hello);
    return new Chapter(snippet, engine, () => context.close());
  }

  /** Presses Run; resolves after the program's end with the milliseconds until its first output was on the page. */
  async clickToOutput(): Promise<number> {
    const duration = await this.#snippet.element.evaluate(async (element) => {
      const log = element.querySelector('[data-part=log]');
      const run = element.querySelector<HTMLElement>('[data-part=run]');
      if (!log || !run) throw new Error('The program has no Run, or no output.');
      // Output takes the place of what was there, which may have been the same.
      const before = log.appendChild(document.createElement('span'));
      const isShown = new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          if (before.isConnected || log.textContent === '') return;
          observer.disconnect();
          resolve();
        });
        observer.observe(log, { childList: true, subtree: true, characterData: true });
      });
      const started = performance.now();
      run.click();
      await isShown;
      return performance.now() - started;
    });
    await this.#snippet.expectState('exited', patience);
    await expect(this.#snippet.output).toHaveText('hello\n', { useInnerText: false });
    await expect(this.#snippet.engine).toHaveAccessibleName(`Engine: ${names[this.#engine]}`);
    // The next Worker is ready a moment after a program ended; a reader takes longer than this to press Run.
    await this.#snippet.element.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    return duration;
  }

  /** Closes the browser's window. */
  async close(): Promise<void> {
    await this.#close();
  }
}
