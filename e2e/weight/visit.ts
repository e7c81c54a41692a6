/** A reader's first visit to the built site, with nothing kept and nothing cached, and what it loads. */
import type { Server } from 'node:http';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { serve } from '../static-server.ts';

/** What a visit is to. */
export interface VisitOptions {
  readonly browser: Browser;
  /** Folder of the built site. */
  readonly directory: string;
  /** Path under which it was built. */
  readonly base: string;
  /** Whether pages arrive little by little. */
  readonly isSlow?: boolean;
  /** Size of the window, in pixels; without it Playwright's own. */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** The site has a server of its own for the visit, which notes every file, whoever asks: page, frame or worker. */
export class Visit {
  readonly page: Page;
  /** Addresses outside the site that were asked for. None of them answers. */
  readonly strangers: string[] = [];
  readonly #context: BrowserContext;
  readonly #server: Server;
  readonly #url: string;
  readonly #files = new Set<string>();
  readonly #told = new Set<string>();
  #inFlight = 0;

  private constructor(context: BrowserContext, page: Page, server: Server, url: string, base: string) {
    this.#context = context;
    this.page = page;
    this.#server = server;
    this.#url = url;
    server.on('request', (request, response) => {
      this.#files.add(decodeURIComponent(new URL(request.url ?? '/', url).pathname.slice(base.length)));
      this.#inFlight += 1;
      response.once('close', () => (this.#inFlight -= 1));
    });
  }

  /** Opens a browser that has never been here. */
  static async begin(options: VisitOptions): Promise<Visit> {
    const { browser, directory, base, viewport, isSlow = false } = options;
    const { server, url } = await serve({ directory, base, port: 0, hasHeaders: true, isSlow });
    // What the service worker keeps comes after the page, and waits for nobody.
    const context = await browser.newContext({
      serviceWorkers: 'block',
      ...(viewport ? { viewport } : {}),
    });
    const visit = new Visit(context, await context.newPage(), server, url, base);
    const { origin } = new URL(url);
    await context.route(
      (address) => /^(?:http|ws)/.test(address.protocol) && address.origin !== origin,
      (route) => {
        visit.strangers.push(route.request().url());
        return route.abort();
      },
    );
    return visit;
  }

  /** Opens a page of the site by its path, without a slash at the beginning, and waits until it loads nothing more. */
  async open(path: string): Promise<void> {
    await this.page.goto(this.#url + path, { waitUntil: 'networkidle' });
  }

  /** Files of the site that were asked for since the last call and not before, once nothing more is on its way. */
  async loaded(): Promise<string[]> {
    let count;
    do {
      count = this.#files.size;
      await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    } while (this.#inFlight > 0 || this.#files.size > count);
    const files = [...this.#files.difference(this.#told)];
    for (const file of files) this.#told.add(file);
    return files;
  }

  /** Closes the browser's window and the server. */
  async end(): Promise<void> {
    await this.#context.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
