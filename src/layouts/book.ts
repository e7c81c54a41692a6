/** The book as pages show it. */

/** A chapter in a list of contents. */
export interface BookChapter {
  /** `<part>/<chapter>` */
  readonly id: string;
  /** From 1 through the whole book. */
  readonly number: number;
  readonly title: string;
  /** Path of its page with the site's base, or undefined while it is not written. */
  readonly href: string | undefined;
}

/** A part with its chapters, in reading order. */
export interface BookPart {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly chapters: readonly BookChapter[];
}

/** A section of a page. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
}
