/** The last search of this visit: who goes through results finds it again. */

/** A query, and the part of the book that it is asked of; empty is all of it. */
export interface Search {
  readonly query: string;
  readonly part: string;
}

const key = 'loopbook:search';

/** Where nothing was searched, or storage is blocked, it is empty. */
export function lastSearch(): Search {
  try {
    const { query, part } = Object.fromEntries(new URLSearchParams(sessionStorage.getItem(key) ?? ''));
    return { query: query ?? '', part: part ?? '' };
  } catch {
    return { query: '', part: '' };
  }
}

/** Keeps it until the tab is closed. */
export function rememberSearch({ query, part }: Search): void {
  try {
    sessionStorage.setItem(key, String(new URLSearchParams({ query, part })));
  } catch {
    // Then the next search begins empty.
  }
}
