/** `/progress.json`: what each written chapter has to do, for pages that show how far the reader came. */
import type { APIRoute } from 'astro';
import type { ListedChapter } from '../playground/progress/progress.ts';
import { writtenChapters } from '../snippet/collect.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { readExercises, readPrograms, readQuizzes } from './_chapter.ts';

export const GET: APIRoute = async () => {
  const chapters: ListedChapter[] = [];
  for (const { id, number, title } of await writtenChapters(contentFolder)) {
    chapters.push({
      id,
      number,
      title,
      blocks: idsOf(await readPrograms(id)),
      exercises: idsOf(await readExercises(id)),
      quizzes: idsOf(await readQuizzes(id)),
    });
  }
  return Response.json(chapters);
};

function idsOf(things: readonly { readonly id: string }[]): string[] {
  return things.map(({ id }) => id);
}
