/** What the book is called, and whose it is, for pages. */
import { getEntry, type CollectionEntry } from 'astro:content';

/** The fields of `book.json`. */
export type BookIdentity = CollectionEntry<'identity'>['data'];

/** The fields of `book.json`; throws a sentence where there is none. */
export async function bookIdentity(): Promise<BookIdentity> {
  const entry = await getEntry('identity', 'book');
  if (!entry) throw new Error('The folder of the book has no book.json, which says what it is called.');
  return entry.data;
}
