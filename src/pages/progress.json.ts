/** `/progress.json`: what each written chapter has to do, for pages that show how far the reader came. */
import type { APIRoute } from 'astro';
import type { ListedChapter } from '../playground/progress/progress.ts';
import { collect, collectChapterQuizzes, collectExercises, writtenChapters } from '../snippet/collect.ts';

export const GET: APIRoute = async () => {
  const [places, blocks, exercises] = await Promise.all([
    writtenChapters('content'),
    collect('content'),
    collectExercises('content'),
  ]);
  const chapters = await Promise.all(
    places.map(async ({ id, number, title }): Promise<ListedChapter> => {
      const snippets = blocks.map(({ snippet }) => snippet);
      const idsIn = (things: readonly { readonly id: string; readonly chapter: string }[]) =>
        things.filter(({ chapter }) => chapter === id).map((thing) => thing.id);
      const quizzes = await collectChapterQuizzes('content', id);
      return {
        id,
        number,
        title,
        blocks: idsIn(snippets),
        exercises: idsIn(exercises),
        quizzes: quizzes.map((quiz) => quiz.id),
      };
    }),
  );
  return Response.json(chapters);
};
