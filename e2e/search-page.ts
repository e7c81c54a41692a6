/** The search, as a reader finds it: over a page, or as a page of its own. */
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** One search on the screen. */
export class SearchPage {
  readonly dialog: Locator;
  readonly field: Locator;
  readonly part: Locator;
  /** How much was found, or what went wrong. */
  readonly status: Locator;
  /** Links to pages, the best first. */
  readonly pages: Locator;
  /** Every link of the answer. */
  readonly links: Locator;
  /** Pieces of code in the answer. */
  readonly codes: Locator;
  /** The answer, once it is that to what stands in the field. */
  readonly settled: Locator;
  /** The way to the search that each page has. */
  readonly opener: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    const search = page.getByRole('search');
    this.dialog = page.getByRole('dialog', { name: 'Search' });
    this.field = search.getByRole('searchbox', { name: 'Search the book' });
    this.part = search.getByRole('combobox', { name: 'Search in' });
    this.status = search.getByRole('status');
    this.pages = search.getByRole('heading', { level: 2 }).getByRole('link');
    this.links = search.getByRole('list').first().getByRole('link');
    this.codes = search.getByRole('listitem').getByRole('code');
    this.settled = search.locator('.search-answer:not([aria-busy=true])');
    this.opener = page.getByRole('banner').getByRole('link', { name: 'Search' });
  }

  /** Opens it by its key and waits until the index is there. */
  async open(): Promise<void> {
    await this.#page.keyboard.press('/');
    await expect(this.field).toBeFocused();
    await expect(this.status).not.toHaveText('Loading the search index.');
  }

  /** Writes at once, so that no answer to the first letters comes between, and waits for the answer. */
  async write(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
    await expect(this.settled).toBeVisible();
  }

  /** The link to a section or a program with this title. */
  result(title: string): Locator {
    return this.links.filter({ hasText: title }).first();
  }
}
