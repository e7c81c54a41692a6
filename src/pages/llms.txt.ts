/** `/llms.txt`: what the book has, for readers that are programs. */
import type { APIRoute } from 'astro';
import { readMarkdownChapters } from '../editions/markdown/book.ts';
import { printIndex } from '../editions/markdown/llms.ts';
import { readConfiguration } from '../layouts/configuration.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { readIdentity } from '../snippet/identity.ts';

export const GET: APIRoute = async () => {
  const chapters = await readMarkdownChapters(contentFolder);
  return new Response(
    printIndex(await readIdentity(contentFolder), chapters, readConfiguration(process.env)),
  );
};
