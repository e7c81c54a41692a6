/** `/snippets.json`: every runnable block with what real Node printed. */
import type { APIRoute } from 'astro';
import { writtenChapters } from '../snippet/collect.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { readPrograms } from './_chapter.ts';

export const GET: APIRoute = async () => {
  const chapters = await Array.fromAsync(await writtenChapters(contentFolder), ({ id }) => readPrograms(id));
  return Response.json(chapters.flat());
};
