/** The book as its map shows it: what is in a chapter, and which chapters it is tied to. */
import type { BookChapter, BookPart } from './book.ts';

/** A topic, with the address of its section; none while the chapter is not written. */
export interface MapTopic {
  readonly title: string;
  readonly href: string | undefined;
}

/** A chapter on the map. */
export interface MapChapter extends BookChapter {
  readonly topics: readonly MapTopic[];
  /** Chapters whose matter this one needs; before it is written, none is known. */
  readonly buildsOn: readonly BookChapter[];
  /** Chapters that need this one. */
  readonly leadsTo: readonly BookChapter[];
  /** The chapter before it in the order of reading. */
  readonly previous: BookChapter | undefined;
}

/** A part on the map. */
export interface MapPart extends BookPart {
  readonly chapters: readonly MapChapter[];
}
