/** A book of written texts, for the tests of its rules. */
import type { Book, Rule } from './book.ts';
import { readChapter } from './chapter.ts';

/** The curriculum of the tests: one part whose chapters have a topic each. */
const part = { id: 'part', number: 1, title: 'A part' };

const frontmatter = '---\ntopics: [topic]\npublished: 2026-01-31\n---\n';

/** A book of one part, each of whose chapters has the topic `topic`; `undefined` is a chapter that is not written. A text may leave out its frontmatter. */
export function bookOf(...sources: readonly (string | undefined)[]): Book {
  const places = sources.map((_, index) => ({
    id: `part/chapter-${index + 1}`,
    number: index + 1,
    title: `Chapter ${index + 1}`,
    part,
    topics: [{ id: 'topic', title: 'A topic' }],
  }));
  const chapters = places.flatMap((place, index) => {
    const source = sources[index];
    if (source === undefined) return [];
    return [readChapter(source.startsWith('---') ? source : `${frontmatter}${source}`, place, [])];
  });
  return { places, chapters };
}

/** What a rule says of such a book. */
export function saidBy(rule: Rule, ...sources: readonly (string | undefined)[]): string[] {
  return rule(bookOf(...sources)).map(({ message }) => message);
}
