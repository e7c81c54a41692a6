/** Progress in the lists of chapters that a page has: the contents beside a chapter, and the contents page. */
import { make } from '../element.ts';
import {
  bookProgress,
  chapterProgress,
  describeBook,
  describeProgress,
  nextChapter,
  stageOf,
} from './progress.ts';
import type { KeptProgress, ListedChapter } from './progress.ts';

/** What shows progress; it takes away what it showed before. */
export class ContentsProgress {
  readonly #place: HTMLElement;
  readonly #base = document.documentElement.dataset['base'] ?? '/';
  readonly #start = document.querySelector<HTMLAnchorElement>('a.start');
  readonly #note = document.querySelector('.start-note');
  readonly #original = {
    href: this.#start?.getAttribute('href') ?? '',
    start: this.#start?.textContent ?? '',
    note: this.#note?.textContent ?? '',
  };

  /** `place` takes the sentence on the book, on a page with the map of the book. */
  constructor(place: HTMLElement) {
    this.#place = place;
  }

  /** Shows how far the reader came in each of these chapters, in its part, and in the book. */
  show(chapters: readonly ListedChapter[], kept: KeptProgress): void {
    for (const old of document.querySelectorAll('.progress-mark, .progress-note, .progress-part'))
      old.remove();
    for (const chapter of chapters) this.#mark(chapter, kept);
    for (const part of document.querySelectorAll('.map-part')) this.#sum(part, chapters, kept);
    if (this.#start) this.#showBook(chapters, kept);
  }

  #links(chapter: ListedChapter, within: ParentNode = document): NodeListOf<HTMLAnchorElement> {
    const href = CSS.escape(`${this.#base}${chapter.id}/`);
    return within.querySelectorAll(`:is(.contents, .map-chapters) a[href="${href}"]`);
  }

  #mark(chapter: ListedChapter, kept: KeptProgress): void {
    const progress = chapterProgress(chapter, kept);
    const words = describeProgress(progress);
    if (words === '') return;
    for (const link of this.#links(chapter)) {
      const mark = make('span', { class: 'progress-mark' });
      mark.dataset['stage'] = stageOf(progress);
      if (link.closest('.map-chapters')) {
        mark.ariaHidden = 'true';
        link.after(make('span', { class: 'progress-note' }, mark, words));
      } else {
        mark.title = words;
        mark.append(make('span', { class: 'visually-hidden', text: ` (${words.toLowerCase()})` }));
        link.append(mark);
      }
    }
  }

  #sum(part: Element, chapters: readonly ListedChapter[], kept: KeptProgress): void {
    const listed = chapters.filter((chapter) => this.#links(chapter, part).length > 0);
    const { done, of } = bookProgress(listed, kept).chapters;
    if (done === 0) return;
    const words = `, ${done} of ${of} ${of === 1 ? 'chapter' : 'chapters'} read`;
    part.querySelector('.map-number')?.append(make('span', { class: 'progress-part', text: words }));
  }

  #showBook(chapters: readonly ListedChapter[], kept: KeptProgress): void {
    const sentence = describeBook(bookProgress(chapters, kept));
    const next = sentence === '' ? undefined : nextChapter(chapters, kept);
    const { href, start, note } = next
      ? {
          href: `${this.#base}${next.id}/`,
          start: `Continue with chapter ${next.number}`,
          note: next.title,
        }
      : this.#original;
    this.#start?.setAttribute('href', href);
    if (this.#start) this.#start.textContent = start;
    if (this.#note) this.#note.textContent = note;
    this.#place.hidden = sentence === '';
    const link = make('a', { text: 'What this browser keeps' });
    link.href = `${this.#base}your-work/`;
    this.#place.replaceChildren(sentence, ' ', link);
  }
}
