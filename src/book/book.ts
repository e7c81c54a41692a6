/** The chapters that are written, with the table of contents that they belong to. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writtenChapters } from '../snippet/collect.ts';
import { chaptersOf, readCurriculum, type ChapterPlace } from '../snippet/curriculum.ts';
import { readPackageNames } from '../snippet/packages.ts';
import type { Place } from '../snippet/snippet-error.ts';
import { readChapter, type Chapter } from './chapter.ts';

/** The book as its rules see it. */
export interface Book {
  /** All chapters of the curriculum, in reading order. */
  readonly places: readonly ChapterPlace[];
  /** Those that are written, in reading order. */
  readonly chapters: readonly Chapter[];
}

/** What a rule has found; where a chapter is missing there is no line. */
export interface Problem {
  readonly place: Place | undefined;
  readonly message: string;
}

/** A rule of the book: everything in it that is against the rule. */
export type Rule = (book: Book) => Problem[];

/** Reads all chapters; throws a `SnippetError` at the first mistake that stops a build as well. */
export async function readBook(contentDirectory: string): Promise<Book> {
  const places = chaptersOf(await readCurriculum(contentDirectory));
  const packageNames = await readPackageNames(contentDirectory);
  const written = await writtenChapters(contentDirectory);
  const chapters = await Array.fromAsync(written, async (place) =>
    readChapter(await readFile(join(contentDirectory, place.id, 'index.mdx'), 'utf8'), place, packageNames),
  );
  return { places, chapters };
}
