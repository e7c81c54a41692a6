/** What surrounds the text of a chapter, as a reader finds it. */
import type { Locator, Page } from '@playwright/test';

/** A chapter with many sections and programs. */
export const CHAPTER = 'understanding-node/what-is-node/';

/** The furniture of a page. */
export class ReadingPage {
  readonly page: Page;
  readonly title: Locator;
  readonly theme: Locator;
  readonly breadcrumbs: Locator;
  readonly pager: Locator;
  /** The folded list of sections on a narrow screen. */
  readonly folded: Locator;
  /** The list of sections, wherever it is in sight. */
  readonly sections: Locator;

  constructor(page: Page) {
    this.page = page;
    this.title = page.getByRole('heading', { level: 1 });
    this.theme = page.getByRole('combobox', { name: 'Colours' });
    this.breadcrumbs = page.getByRole('navigation', { name: 'Breadcrumbs' });
    this.pager = page.getByRole('navigation', { name: 'Previous and next chapter' });
    this.folded = page.locator('.bar > details').filter({ hasText: 'On this page' });
    this.sections = page.getByRole('navigation', { name: 'On this page' });
  }

  /** The section that is marked as the one that is read. */
  get current(): Locator {
    return this.sections.locator('[aria-current=location]');
  }

  /** The computed background of the page. */
  background(): Promise<string> {
    return this.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  }

  /** Marks this load of the page: a navigation that keeps the page keeps the mark. */
  async mark(): Promise<void> {
    await this.page.evaluate(() => Object.assign(window, { isSameLoad: true }));
  }

  isSameLoad(): Promise<boolean> {
    return this.page.evaluate(() => 'isSameLoad' in window);
  }
}
