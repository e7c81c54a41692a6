/** Progress in the lists of chapters that a page has: the contents beside a chapter, and the contents page. */
import { make } from '../element.ts';
import {
  bookProgress,
  chapterProgress,
  describeBook,
  describeProgress,
  describeShares,
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
    for (const old of document.querySelectorAll('.progress-mark, .progress-part')) old.remove();
    const isFresh = describeBook(bookProgress(chapters, kept)) === '';
    const next = isFresh ? undefined : nextChapter(chapters, kept);
    for (const chapter of chapters) this.#mark(chapter, kept, chapter === next);
    for (const part of document.querySelectorAll('.map-part')) this.#sum(part, chapters, kept);
    if (this.#start) this.#showBook(chapters, kept, next);
  }

  #mark(chapter: ListedChapter, kept: KeptProgress, isNext: boolean): void {
    const progress = chapterProgress(chapter, kept);
    const stage = stageOf(progress);
    const words = describeProgress(progress);
    for (const stop of document.querySelectorAll<HTMLElement | SVGElement>(`.map ${inMap(chapter)}`))
      markStop(stop, stage, words === '' ? '' : describeShares(progress), isNext);
    if (words === '') return;
    const href = CSS.escape(`${this.#base}${chapter.id}/`);
    for (const link of document.querySelectorAll(`.contents a[href="${href}"]:not(.contents-part)`)) {
      const mark = make('span', { class: 'progress-mark' });
      mark.dataset['stage'] = stage;
      mark.title = words;
      mark.append(make('span', { class: 'visually-hidden', text: ` (${words.toLowerCase()})` }));
      link.append(mark);
    }
  }

  #sum(part: Element, chapters: readonly ListedChapter[], kept: KeptProgress): void {
    const listed = chapters.filter((chapter) => part.querySelector(inMap(chapter)) !== null);
    const { done, of } = bookProgress(listed, kept).chapters;
    if (done === 0) return;
    const words = `, ${done} of ${of} ${of === 1 ? 'chapter' : 'chapters'} read`;
    part.querySelector('.map-number')?.append(make('span', { class: 'progress-part', text: words }));
  }

  #showBook(chapters: readonly ListedChapter[], kept: KeptProgress, next: ListedChapter | undefined): void {
    const sentence = describeBook(bookProgress(chapters, kept));
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

/** A chapter on the map, in its list and in its picture. */
function inMap({ id }: ListedChapter): string {
  return `[data-chapter="${CSS.escape(id)}"]`;
}

/** One word stands on the map, in room that is kept for it; the rest is in what a chapter unfolds. */
function markStop(
  stop: HTMLElement | SVGElement,
  stage: ReturnType<typeof stageOf>,
  done: string,
  isNext: boolean,
): void {
  if (stage === 'new') delete stop.dataset['stage'];
  else stop.dataset['stage'] = stage;
  stop.toggleAttribute('data-next', isNext);
  const state = stop.querySelector('.map-state');
  const shares = stop.querySelector('.map-shares');
  if (state)
    state.textContent = [stage === 'new' ? '' : stage, isNext ? 'next' : ''].filter(Boolean).join(', ');
  if (shares) shares.textContent = done === '' ? '' : `So far: ${done}.`;
}
