/** The map of the book, and other lists that can be narrowed, as a reader finds them. */
import type { Locator, Page } from '@playwright/test';

export class MapPage {
  /** The field that narrows the list. */
  readonly find: Locator;
  /** How much was found. */
  readonly count: Locator;
  /** What the picture says of the chapter that is pointed at. */
  readonly words: Locator;
  readonly list: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.find = page.getByRole('searchbox', { name: /^Find a / });
    this.count = page.locator('list-filter').getByRole('status');
    this.words = page.getByRole('figure').locator('.loop-words');
    this.list = page.getByRole('region', { name: 'Contents' });
  }

  /** A written chapter with all that is said of it. */
  chapter(title: string): Locator {
    return this.chapters().filter({
      has: this.#page.locator('.map-title').getByText(title, { exact: true }),
    });
  }

  /** All chapters that are shown. */
  chapters(): Locator {
    return this.list.locator('.map-chapter').filter({ visible: true });
  }

  chapterLink(title: string): Locator {
    return this.chapter(title).getByRole('link', { name: title, exact: true }).first();
  }

  /** How far the reader came in a chapter, in a word or two. */
  state(title: string): Locator {
    return this.chapter(title).locator('.map-state');
  }

  /** What unfolds the topics of a chapter. */
  topics(title: string): Locator {
    return this.chapter(title).locator('summary');
  }

  /** Shows only some of the chapters. */
  async choose(words: string): Promise<void> {
    await this.#page.getByRole('radio', { name: words, exact: true }).check();
  }
}
