/**
 * What a reader does on any host, in any browser: opens a chapter, runs a program, goes on, comes back, reloads, follows a
 * link with a mistake in it. `smoke` takes a page of a fresh context, so that its visit is a first one.
 */
import { stripVTControlCharacters } from 'node:util';
import { expect as expectNow } from '@playwright/test';
import type { Page } from '@playwright/test';
import { Snippet, firstModule } from '../snippet-page.ts';
import { FIRST, SECOND, SERVER } from '../visited-chapters.ts';

/** What the reader found. */
export interface SmokeReport {
  /** Whether the page was cross-origin isolated when the first program had run. */
  readonly isIsolated: boolean;
  /** Reloads of the page between its opening and the end of the first run. */
  readonly reloads: number;
  /** Engines that ran programs, as their button names them. */
  readonly engines: readonly string[];
  /** A line for each step that failed, and for each error that the browser told of. */
  readonly problems: readonly string[];
}

/** Previews block WebRTC in the browsers that can; the others say that they cannot. */
const UNKNOWN_DIRECTIVE = /^Unrecognized Content-Security-Policy directive 'webrtc'/;

/** Milliseconds: engines start in the time of a busy machine. */
const PATIENCE = { timeout: 60_000 };
const expect = expectNow.configure(PATIENCE);

/** What differs from host to host. */
export interface SmokeOptions {
  /** The host shows a page of its own for what is not there. */
  readonly hasOwnNotFound?: boolean;
}

/** Visits the site at an address that ends with a slash; never throws for what is wrong with the site. */
export async function smoke(
  page: Page,
  site: string,
  { hasOwnNotFound = false }: SmokeOptions = {},
): Promise<SmokeReport> {
  const visit = new Visit(page, site);
  await visit.step('the first visit', () => visit.runFirst());
  const isIsolated = await visit.isIsolated();
  const reloads = visit.loads - 1;
  await visit.step('the next chapter by its link', () => visit.goOn());
  await visit.step('Back', () => visit.comeBack(isIsolated));
  await visit.step('a reload', () => visit.reload(isIsolated));
  await visit.step('a server and a request to it', () => visit.runServer());
  await visit.step('an address without its slash', () => visit.openWithoutSlash());
  await visit.step('a link to a section', () => visit.openSection());
  await visit.step('a page that is not there', () => visit.openNothing(hasOwnNotFound));
  return { isIsolated, reloads, engines: [...visit.engines], problems: visit.problems };
}

/** One reader and what they have seen so far. */
class Visit {
  readonly engines = new Set<string>();
  readonly problems: string[] = [];
  loads = 0;
  readonly #page: Page;
  readonly #site: string;
  #isMistaken = false;

  constructor(page: Page, site: string) {
    this.#page = page;
    this.#site = site;
    page.setDefaultTimeout(PATIENCE.timeout);
    page.on('load', () => (this.loads += 1));
    page.on('pageerror', (error) => this.problems.push(`an error in the page: ${error.message}`));
    page.on('console', (message) => {
      // What asks another host, such as the WebContainer service, may fail here; the page for mistakes answers 404.
      const isOfSite = message.location().url.startsWith(site) || message.location().url === '';
      const isTrouble = message.type() === 'error' && !UNKNOWN_DIRECTIVE.test(message.text());
      if (isTrouble && isOfSite && !this.#isMistaken) {
        this.problems.push(`the console says: ${message.text()}`);
      }
    });
  }

  async step(name: string, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const [line = ''] = stripVTControlCharacters(String(error)).split('\n');
      this.problems.push(`${name}: ${line}`);
    }
  }

  async isIsolated(): Promise<boolean> {
    return await this.#page.evaluate(() => crossOriginIsolated);
  }

  async runFirst(): Promise<void> {
    await this.#page.goto(this.#site + FIRST.path);
    await this.#run();
    // A page that was reloaded for the run may still be loading: then the browser follows its links.
    await this.#page.waitForLoadState();
  }

  async goOn(): Promise<void> {
    const { loads } = this;
    await this.#page.locator(`a[href$="/${SECOND.path}"]:visible`).first().click();
    await expect(this.#page.getByRole('heading', { level: 1 })).toHaveText(SECOND.title);
    await expect(this.#page).toHaveURL(this.#site + SECOND.path);
    await this.#run();
    expect(this.loads, 'loads of the page after a link within the site').toBe(loads);
  }

  async comeBack(wasIsolated: boolean): Promise<void> {
    const { loads } = this;
    await this.#page.goBack();
    await expect(this.#page.getByRole('heading', { level: 1 })).toHaveText(FIRST.title);
    await this.#run();
    expect(this.loads, 'loads of the page after Back').toBe(loads);
    expect(await this.isIsolated(), 'isolated').toBe(wasIsolated);
  }

  async reload(wasIsolated: boolean): Promise<void> {
    const { loads } = this;
    await this.#page.reload();
    await this.#run();
    expect(this.loads, 'loads of the page after a reload').toBe(loads + 1);
    expect(await this.isIsolated(), 'isolated').toBe(wasIsolated);
  }

  /** Its preview is a frame within a page of the host's policy. */
  async runServer(): Promise<void> {
    await this.#page.goto(this.#site + SERVER.path);
    const snippet = new Snippet(this.#page, SERVER.program);
    await snippet.run.click();
    await snippet.figure.getByRole('button', { name: SERVER.request }).click();
    await expect(snippet.figure.getByText('Same as recorded on real Node.').first()).toBeVisible();
    await snippet.figure.getByRole('tab', { name: 'Preview' }).click();
    const preview = snippet.figure.frameLocator('.preview:not([hidden]) > iframe').frameLocator('iframe');
    await expect(preview.locator('body')).not.toBeEmpty();
    await snippet.stop.click();
    await snippet.expectState('stopped', PATIENCE);
  }

  async openWithoutSlash(): Promise<void> {
    await this.#page.goto(this.#site + SECOND.path.slice(0, -1));
    await expect(this.#page.getByRole('heading', { level: 1 })).toHaveText(SECOND.title);
    await expect(this.#page).toHaveURL(this.#site + SECOND.path);
  }

  async openSection(): Promise<void> {
    await this.#page.goto(this.#site + SECOND.path);
    const heading = this.#page.locator('main h2[id]').last();
    await this.#page.goto(`${this.#site}${SECOND.path}#${await heading.getAttribute('id')}`);
    await expect(heading).toBeInViewport();
  }

  async openNothing(hasOwnNotFound: boolean): Promise<void> {
    this.#isMistaken = true;
    for (const path of ['nothing-here', 'nothing/as/deep/as/this/', `${FIRST.path}nothing.html`]) {
      const response = await this.#page.goto(this.#site + path);
      expect(response?.status(), `status of ${path}`).toBe(404);
      if (hasOwnNotFound) continue;
      await expect(this.#page.getByRole('heading', { level: 1 })).toHaveText(
        'There is no page at this address',
      );
    }
    if (!hasOwnNotFound) await this.#goToContents();
    this.#isMistaken = false;
  }

  /** By the link of the page for what is not there, from wherever that is shown. */
  async #goToContents(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Go to the contents' }).click();
    await expect(this.#page).toHaveURL(this.#site);
  }

  /** Runs the page's first program that is one module, and expects its recorded output. */
  async #run(): Promise<void> {
    const snippet = await firstModule(this.#page);
    await snippet.run.click();
    await snippet.expectState('exited', PATIENCE);
    await expect(snippet.result).toContainText('Same as the recorded output.');
    const name = (await snippet.engine.getAttribute('aria-label')) ?? (await snippet.engine.innerText());
    this.engines.add(name.replace(/^Engine: /, ''));
  }
}
