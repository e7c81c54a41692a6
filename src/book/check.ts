/**
 * `npm run book`: what the book has, a line a chapter, and everything in it that is against its rules. Fails on a gap:
 * a part that has been begun is whole.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { contentFolder } from '../snippet/content-folder.ts';
import { SnippetError } from '../snippet/snippet-error.ts';
import { readBook, type Book, type Problem } from './book.ts';
import type { Chapter } from './chapter.ts';
import { anatomy, countProse } from './rules/anatomy.ts';
import { definitions } from './rules/definitions.ts';
import { headings } from './rules/headings.ts';
import { links } from './rules/links.ts';
import { pictures } from './rules/pictures.ts';
import { repetition } from './rules/repetition.ts';
import { spelling } from './rules/spelling.ts';
import { style } from './rules/style.ts';

const content = resolve(contentFolder);
const book = await readBook(content).catch((error: unknown) => {
  // Nothing can be said of a chapter that cannot be read.
  if (!(error instanceof SnippetError)) throw error;
  console.error(`${contentFolder}/${error.message}`);
  return process.exit(1);
});
// A book needs no terms of its own.
const termsFile = join(content, 'words.txt');
const terms = existsSync(termsFile) ? await readFile(termsFile, 'utf8') : '';
const rules = [anatomy, definitions, headings, links, pictures, repetition, spelling(terms), style];
const problems = rules.flatMap((rule) => rule(book));

console.log(table(book));
if (problems.length > 0) {
  console.error(`\n${problems.map(printed).toSorted().join('\n')}\n\n${problems.length} problems.`);
  process.exitCode = 1;
}

function printed({ place, message }: Problem): string {
  return place
    ? `${contentFolder}/${place.chapter}/index.mdx:${place.line}: ${message}`
    : `${contentFolder}: ${message}`;
}

function table({ places, chapters }: Book): string {
  const rows = chapters.map((chapter) => [chapter.place.id, ...figuresOf(chapter)]);
  const sums = [1, 2, 3, 4, 5].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
  const all = places.reduce((sum, { topics }) => sum + topics.length, 0);
  const head = ['chapter', 'topics', 'blocks', 'exercises', 'quizzes', 'words'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => String(row[column]).length)),
  );
  const line = (cells: readonly (string | number)[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? String(cell).padEnd(widths[0] ?? 0) : String(cell).padStart(widths[column] ?? 0),
      )
      .join('  ');
  const [topics = 0, blocks = 0, exercises = 0, quizzes = 0, words = 0] = sums;
  return [
    line(head),
    ...rows.map(line),
    '',
    `${chapters.length} of ${places.length} chapters, ${topics} of ${all} topics, ${blocks} blocks, ` +
      `${exercises} exercises, ${quizzes} quizzes, ${words.toLocaleString('en')} words.`,
  ].join('\n');
}

/** Topics, blocks, exercises, quizzes, words. */
function figuresOf(chapter: Chapter): number[] {
  const { place, sections, programs, exercises, quizzes } = chapter;
  const topics = place.topics.filter(({ id }) => sections.some((section) => section.id === id));
  return [topics.length, programs.length, exercises.length, quizzes.length, countProse(chapter)];
}
