/** Where in the book something stands. */
export interface Place {
  /** `<part>/<chapter>` */
  readonly chapter: string;
  /** Line of the chapter's `index.mdx`, from 1. */
  readonly line: number;
}

/** A mistake in a chapter; its message begins with the chapter and the line. */
export class SnippetError extends Error {
  override readonly name = 'SnippetError';
  readonly place: Place;
  /** The line again, where Vite looks for it. */
  readonly line: number;

  constructor(place: Place, message: string, options?: ErrorOptions) {
    super(`${place.chapter}/index.mdx:${place.line}: ${message}`, options);
    this.place = place;
    this.line = place.line;
  }
}
