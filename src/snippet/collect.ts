/** The book's chapters → their programs, with or without what real Node printed. */
import { readFile, glob } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { mdxToMdast } from 'satteri';
import { chaptersOf, readCurriculum, type ChapterPlace } from './curriculum.ts';
import { loadExercise, readExercises, type Exercise } from './exercise.ts';
import { readPackageNames } from './packages.ts';
import { readPrograms, type ProgramBlock } from './programs.ts';
import { readQuizzes, summarizeQuiz, type Quiz } from './quiz.ts';
import { recordingOf } from './recording.ts';
import { SnippetError } from './snippet-error.ts';
import type { RecordedSnippet } from './snippet.ts';

/** Every program of the book in reading order. Throws at the first mistake of a chapter or of a chapter's folder. */
export async function collect(contentDirectory: string): Promise<ProgramBlock[]> {
  const places = await writtenChapters(contentDirectory);
  const chapters = await Array.fromAsync(places, (place) => collectChapter(contentDirectory, place));
  return chapters.flat();
}

/** Every program with its recording; throws at the first one in reading order that has none. */
export async function collectRecorded(contentDirectory: string): Promise<RecordedSnippet[]> {
  const blocks = await collect(contentDirectory);
  return await Array.fromAsync(blocks, (block) => withRecording(contentDirectory, block));
}

/** The programs of one chapter, with their recordings; `chapter` is `<part>/<chapter>`. */
export async function collectRecordedChapter(
  contentDirectory: string,
  chapter: string,
): Promise<RecordedSnippet[]> {
  const place = findChapter(chaptersOf(await readCurriculum(contentDirectory)), chapter);
  const blocks = await collectChapter(contentDirectory, place);
  return await Array.fromAsync(blocks, (block) => withRecording(contentDirectory, block));
}

/** Every exercise of the book in reading order, with its files. Throws at the first mistake. */
export async function collectExercises(contentDirectory: string): Promise<Exercise[]> {
  const places = await writtenChapters(contentDirectory);
  const chapters = await Promise.all(places.map(({ id }) => collectChapterExercises(contentDirectory, id)));
  return chapters.flat();
}

/** The exercises of one chapter, with their files; `chapter` is `<part>/<chapter>`. */
export async function collectChapterExercises(
  contentDirectory: string,
  chapter: string,
): Promise<Exercise[]> {
  const { tree, place } = await readChapter(contentDirectory, chapter);
  const packageNames = await readPackageNames(contentDirectory);
  const texts = readExercises(tree, place);
  return await Promise.all(texts.map((text) => loadExercise(contentDirectory, text, packageNames)));
}

/** The quizzes of one chapter; `chapter` is `<part>/<chapter>`. */
export async function collectChapterQuizzes(contentDirectory: string, chapter: string): Promise<Quiz[]> {
  const { tree, place } = await readChapter(contentDirectory, chapter);
  return readQuizzes(tree, place).map(summarizeQuiz);
}

/** The chapters that have an `index.mdx`, in reading order; throws where one is not in the curriculum. */
export async function writtenChapters(contentDirectory: string): Promise<ChapterPlace[]> {
  const places = chaptersOf(await readCurriculum(contentDirectory));
  const written = new Set<string>();
  for await (const path of glob('*/*/index.mdx', { cwd: contentDirectory })) {
    const id = path.split(sep).slice(0, 2).join('/');
    written.add(findChapter(places, id).id);
  }
  return places.filter((place) => written.has(place.id));
}

/** The place of a chapter; throws when the curriculum does not know it. */
export function findChapter(places: readonly ChapterPlace[], id: string): ChapterPlace {
  const place = places.find((candidate) => candidate.id === id);
  if (!place) {
    const part = id.split('/')[0];
    const near = places.filter((candidate) => candidate.part.id === part).map((candidate) => candidate.id);
    throw new SnippetError(
      { chapter: id, line: 1 },
      `curriculum.json knows no chapter "${id}". ${near.length ? `Its part has: ${near.join(', ')}.` : 'It knows no such part.'}`,
    );
  }
  return place;
}

async function readChapter(contentDirectory: string, chapter: string) {
  const place = findChapter(chaptersOf(await readCurriculum(contentDirectory)), chapter);
  const source = await readFile(join(contentDirectory, place.id, 'index.mdx'), 'utf8');
  return { tree: mdxToMdast(source), place };
}

async function collectChapter(contentDirectory: string, place: ChapterPlace): Promise<ProgramBlock[]> {
  const source = await readFile(join(contentDirectory, place.id, 'index.mdx'), 'utf8');
  return readPrograms(mdxToMdast(source), source, place, await readPackageNames(contentDirectory));
}

async function withRecording(
  contentDirectory: string,
  { snippet, place }: ProgramBlock,
): Promise<RecordedSnippet> {
  const expected = await recordingOf(contentDirectory, snippet);
  if (!expected) throw new SnippetError(place, `${snippet.id} has no recorded output. Run: npm run outputs`);
  return { ...snippet, expected };
}
