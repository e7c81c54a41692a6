/** `book.json`: what a book is called, and whose it is. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Fields of `book.json`. */
export const identitySchema = z.strictObject({
  /** Name of the book, in titles and in the masthead. */
  title: z.string().min(1),
  /** What the book is, in some words: the heading of the contents page. */
  tagline: z.string().min(1),
  /** One sentence for search engines, feeds and link previews. */
  description: z.string().min(1).max(160),
  /** What the reader gets and needs, above the contents; without it the description stands there. */
  introduction: z.string().min(1).optional(),
  /** Who wrote it. */
  author: z.string().min(1),
  /** Language of the text, as in HTML (BCP 47). */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, 'a language is written as in HTML: en, pt-BR'),
  /** Licence of the text. */
  license: z.strictObject({ name: z.string().min(1), url: z.url() }),
});

export type Identity = z.infer<typeof identitySchema>;

/** Reads and checks `book.json` of a content folder; throws a sentence that lists what is wrong in it. */
export async function readIdentity(contentDirectory: string): Promise<Identity> {
  const path = join(contentDirectory, 'book.json');
  const result = identitySchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!result.success) throw new Error(`${path} is not right:\n${z.prettifyError(result.error)}`);
  return result.data;
}
