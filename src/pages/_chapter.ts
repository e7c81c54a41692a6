/** What stands in a chapter beside its text, by `<part>/<chapter>`. */
import {
  collectChapterExercises,
  collectChapterQuizzes,
  collectRecordedChapter,
} from '../snippet/collect.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { once } from './_once.ts';

/** The chapter's programs, with what real Node printed. */
export const readPrograms = once((chapter: string) => collectRecordedChapter(contentFolder, chapter));

/** The chapter's exercises, with their files. */
export const readExercises = once((chapter: string) => collectChapterExercises(contentFolder, chapter));

/** What is to know of the chapter's quizzes. */
export const readQuizzes = once((chapter: string) => collectChapterQuizzes(contentFolder, chapter));
