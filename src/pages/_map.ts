/** The book, its topics and what depends on what → the map of the contents page. */
import type { BookChapter } from '../layouts/book.ts';
import type { MapPart } from '../layouts/map.ts';
import { readBook, readWrittenChapters } from './_book.ts';
import { contentFolder } from '../snippet/content-folder.ts';
import { chaptersOf, readCurriculum } from '../snippet/curriculum.ts';

/** Every part with its chapters, their topics, and the chapters that each builds on and leads to, in reading order. */
export async function readMap(): Promise<MapPart[]> {
  const parts = await readBook();
  const chapters = parts.flatMap((part) => part.chapters);
  const byId = new Map(chapters.map((chapter) => [chapter.id, chapter]));
  const topics = new Map(
    chaptersOf(await readCurriculum(contentFolder)).map((place) => [place.id, place.topics]),
  );
  const bases = new Map<string, BookChapter[]>();
  const followers = new Map<string, BookChapter[]>();
  for (const { place, entry } of await readWrittenChapters()) {
    const named = new Set(entry.data.prerequisites);
    const chapter = byId.get(place.id);
    bases.set(
      place.id,
      chapters.filter(({ id }) => named.has(id)),
    );
    for (const id of named) if (chapter) followers.set(id, [...(followers.get(id) ?? []), chapter]);
  }
  return parts.map((part) => ({
    ...part,
    chapters: part.chapters.map((chapter) => ({
      ...chapter,
      topics: (topics.get(chapter.id) ?? []).map(({ id, title }) => ({
        title,
        href: chapter.href === undefined ? undefined : `${chapter.href}#${id}`,
      })),
      buildsOn: bases.get(chapter.id) ?? [],
      leadsTo: followers.get(chapter.id) ?? [],
      previous: chapters[chapter.number - 2],
    })),
  }));
}
