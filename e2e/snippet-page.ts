/** A page of the book and the programs on it, as a reader finds them. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** One program, found by what its caption says. */
export class Snippet {
  /** The element, with its `data-state`. */
  readonly element: Locator;
  readonly figure: Locator;
  readonly run: Locator;
  readonly stop: Locator;
  readonly edit: Locator;
  readonly reset: Locator;
  readonly editor: Locator;
  readonly output: Locator;
  /** How the program ended. */
  readonly result: Locator;
  readonly engine: Locator;
  readonly #page: Page;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.figure = page.getByRole('figure', { name: title, exact: true });
    this.element = page.locator('node-snippet').filter({ has: this.figure });
    this.run = this.figure.getByRole('button', { name: 'Run', exact: true });
    this.stop = this.figure.getByRole('button', { name: 'Stop' });
    this.edit = this.figure.getByRole('button', { name: 'Edit' });
    this.reset = this.figure.getByRole('button', { name: 'Reset' });
    this.editor = this.figure.getByRole('textbox');
    this.output = this.figure.getByRole('log');
    this.result = this.figure.getByRole('status').last();
    this.engine = this.figure.getByRole('button', { name: /^Engine/ });
  }

  /** Replaces the whole program. */
  async write(text: string): Promise<void> {
    // The editor stays open once it is there.
    await this.edit.or(this.editor.first()).first().click();
    await this.editor.first().fill(text);
  }

  /** Chooses an engine in the menu, for every program of the site. */
  async choose(engine: 'Automatic' | 'WebContainer' | 'Embedded engine'): Promise<void> {
    await this.engine.click();
    await this.figure.getByRole('radio', { name: engine }).check();
    await this.#page.keyboard.press('Escape');
  }

  async expectState(state: string, options?: { readonly timeout: number }): Promise<void> {
    await expect(this.element).toHaveAttribute('data-state', state, options);
  }
}

/** Opens pages, and notes what they ask the network for. */
export class SnippetPage {
  readonly page: Page;
  readonly requests: string[] = [];

  constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => this.requests.push(request.url()));
  }

  /** Opens a page by its path, without a slash at the beginning; all that is not this site is unreachable. */
  async open(path: string): Promise<void> {
    await this.page.route(/^https:/, (route) => route.abort());
    await this.page.goto(path);
  }

  snippet(title: string): Snippet {
    return new Snippet(this.page, title);
  }
}
