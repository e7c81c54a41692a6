/** Curriculum and written chapters → the book as pages show it. */
import { getCollection, type CollectionEntry } from 'astro:content';
import type { BookChapter, BookPart } from '../layouts/book.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { chaptersOf, readCurriculum, type ChapterPlace } from '../snippet/curriculum.ts';
import { SnippetError } from '../snippet/snippet-error.ts';
import { once } from './_once.ts';

/** A chapter that is written, and where it stands. */
export interface WrittenChapter {
  readonly place: ChapterPlace;
  readonly entry: CollectionEntry<'chapters'>;
}

/** Every part with all of its chapters; only written ones have an address. */
export async function readBook(): Promise<readonly BookPart[]> {
  return await readParts(contentFolder);
}

const readParts = once(async (folder: string) => {
  const written = new Set((await getCollection('chapters')).map((entry) => entry.id));
  const parts: (BookPart & { chapters: BookChapter[] })[] = [];
  for (const { id, number, title, part } of chaptersOf(await readCurriculum(folder))) {
    if (parts.at(-1)?.id !== part.id) parts.push({ ...part, chapters: [] });
    const href = written.has(id) ? `${import.meta.env.BASE_URL}${id}/` : undefined;
    parts.at(-1)?.chapters.push({ id, number, title, href });
  }
  return parts;
});

/** The written chapters in reading order; throws where a chapter's frontmatter and the curriculum disagree. */
export async function readWrittenChapters(): Promise<WrittenChapter[]> {
  const entries = new Map((await getCollection('chapters')).map((entry) => [entry.id, entry]));
  return chaptersOf(await readCurriculum(contentFolder)).flatMap((place) => {
    const entry = entries.get(place.id);
    if (!entry) return [];
    const { part, topics } = entry.data;
    const expected = place.topics.map((topic) => topic.id);
    if (part !== place.part.id || topics.join() !== expected.join()) {
      throw new SnippetError(
        { chapter: place.id, line: 1 },
        `The frontmatter needs what curriculum.json says, in its order: part: ${place.part.id}, topics: [${expected.join(', ')}].`,
      );
    }
    return [{ place, entry }];
  });
}
