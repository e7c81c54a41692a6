/** The search index of the site, and what reads it: both are loaded when the reader opens the search. */
import { foundPage, termsOf } from './found.ts';
import type { FoundPage, Fragment } from './found.ts';

/** What is used of Pagefind's own script. Source: https://pagefind.app/docs/api/ */
interface Pagefind {
  createInstance(options: {
    readonly basePath: string;
    readonly noWorker: boolean;
    readonly excerptLength: number;
  }): PagefindInstance;
}

interface PagefindInstance {
  init(): Promise<void>;
  search(
    query: string,
    options: { readonly filters: Readonly<Record<string, string>> },
  ): Promise<{ readonly results: readonly { data(): Promise<Fragment> }[] }>;
  filters(): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>>;
}

/** What a query found. */
export interface Findings {
  /** The best, as many as were asked for. */
  readonly pages: readonly FoundPage[];
  /** Of all pages. */
  readonly count: number;
}

/** The index of one site. */
export class SearchIndex {
  readonly #base: string;
  readonly #pagefind: PagefindInstance;

  private constructor(base: string, pagefind: PagefindInstance) {
    this.#base = base;
    this.#pagefind = pagefind;
  }

  /** Loads what every query needs; `base` is the path of the site. Rejects where a file of it does not come. */
  static async open(base: string): Promise<SearchIndex> {
    await reach(base);
    const pagefind: Pagefind = await import(/* @vite-ignore */ `${base}pagefind/pagefind.js`);
    // A book is small enough to be searched where the page is, and another file need not load.
    const instance = pagefind.createInstance({
      basePath: `${base}pagefind/`,
      noWorker: true,
      excerptLength: 28,
    });
    await instance.init();
    return new SearchIndex(base, instance);
  }

  /** The parts of the book that have something in the index, in their order, and whether there is a glossary. */
  async scopes(): Promise<{ readonly parts: readonly string[]; readonly hasGlossary: boolean }> {
    const { part = {}, kind = {} } = await this.#pagefind.filters();
    const { compare } = new Intl.Collator('en', { numeric: true });
    return { parts: Object.keys(part).toSorted(compare), hasGlossary: 'glossary' in kind };
  }

  /** Finds pages that have all words; of one part, unless it is empty. Rejects where a file does not come. */
  async find(query: string, part: string, limit: number): Promise<Findings> {
    const filters = part === '' ? {} : { part };
    let { results } = await this.#pagefind.search(query, { filters });
    let asked = query;
    // A name with signs in it is one word to the index; it may stand there as several.
    const words = query.replace(/[^\p{L}\p{N}_$]+/gu, ' ').trim();
    if (results.length < 2 && words !== query) {
      const again = await this.#pagefind.search(words, { filters });
      if (again.results.length > results.length) [asked, results] = [words, again.results];
    }
    // Pagefind takes a file that does not come for one in which nothing is.
    if (results.length === 0 && termsOf(query).length > 0) await reach(this.#base);
    const loaded = await Promise.all(results.slice(0, limit).map((result) => result.data()));
    const pages = loaded.map((fragment) => foundPage(fragment, asked)).filter((page) => page !== undefined);
    const isExact = ({ isLiteral }: FoundPage) => Number(isLiteral);
    // The best come first: behind one that is none there are no others.
    return {
      pages: pages.toSorted((a, b) => isExact(b) - isExact(a)),
      count: pages.length < loaded.length ? pages.length : results.length,
    };
  }
}

async function reach(base: string): Promise<void> {
  const { ok, status } = await fetch(`${base}pagefind/pagefind-entry.json`, { cache: 'no-cache' });
  if (!ok) throw new Error(`the search index answered ${status}`);
}
