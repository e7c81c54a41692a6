/** How far the reader came, on the page: marks in the lists of chapters, a sentence for the book, the end of a chapter. */
import progressStyles from '../../styles/progress.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { describeShares, chapterProgress } from './progress.ts';
import type { KeptProgress, ListedChapter } from './progress.ts';
import { ContentsProgress } from './contents-progress.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { progressCollections } from '../store/kept.ts';

/** Keeps a page true to what is kept, in this tab and in others, until the signal. */
export class ProgressView {
  readonly #root: HTMLElement;
  readonly #signal: AbortSignal;
  readonly #store: Store = openStore();
  readonly #contents: ContentsProgress;
  #chapters: readonly ListedChapter[] | undefined;
  /** How often something changed. */
  #turn = 0;
  /** The reader said whether the chapter is read: until the next visit it stays so. */
  #isDecided = false;

  /** `root` is a `<book-progress>`. */
  constructor(root: HTMLElement, signal: AbortSignal) {
    adoptStyles(progressStyles);
    this.#root = root;
    this.#signal = signal;
    this.#contents = new ContentsProgress(root);
    const collections: readonly string[] = progressCollections;
    this.#store.onChange(({ collection }) => {
      if (collections.includes(collection)) void this.#show();
    }, signal);
    void this.#show();
  }

  /** The reader came to the end of the chapter. */
  reachEnd(): void {
    if (this.#isDecided) return;
    void this.#isRead().then((isRead) => !isRead && !this.#isDecided && this.#markRead());
  }

  /** Marks the chapter as read, or as not read. */
  toggleRead(): void {
    this.#isDecided = true;
    void this.#isRead().then((isRead) => {
      if (isRead) this.#store.forget('chapters', this.#chapter);
      else this.#markRead();
    });
  }

  get #chapter(): string {
    return this.#root.dataset['chapter'] ?? '';
  }

  async #isRead(): Promise<boolean> {
    return (await this.#store.get('chapters', this.#chapter)) !== undefined;
  }

  #markRead(): void {
    this.#store.set('chapters', this.#chapter, { readAt: Date.now() });
  }

  /** Shows what is kept; of several changes at once, the last. It never rejects. */
  async #show(): Promise<void> {
    const turn = ++this.#turn;
    await Promise.resolve();
    if (turn !== this.#turn) return;
    const [chapters, kept] = await Promise.all([this.#list(), this.#kept()]);
    if (turn !== this.#turn || this.#signal.aborted) return;
    this.#contents.show(chapters, kept);
    if (this.#root.dataset['chapter'] !== undefined) this.#showEnd(chapters, kept);
  }

  async #kept(): Promise<KeptProgress> {
    const [blocks, exercises, quizzes, chapters] = await Promise.all([
      this.#store.all('blocks'),
      this.#store.all('exercises'),
      this.#store.all('quizzes'),
      this.#store.all('chapters'),
    ]);
    return { blocks, exercises, quizzes, chapters };
  }

  /** What chapters there are; empty where that cannot be loaded: then the page shows no progress, and tries again later. */
  async #list(): Promise<readonly ListedChapter[]> {
    if (this.#chapters) return this.#chapters;
    try {
      const { base = '/' } = document.documentElement.dataset;
      const response = await fetch(`${base}progress.json`, { signal: this.#signal });
      if (!response.ok) return [];
      // True: this site's own file, written from the same type.
      return (this.#chapters = (await response.json()) as ListedChapter[]);
    } catch {
      return [];
    }
  }

  #showEnd(chapters: readonly ListedChapter[], kept: KeptProgress): void {
    const isRead = kept.chapters.has(this.#chapter);
    const listed = chapters.find(({ id }) => id === this.#chapter);
    const shares = listed ? describeShares(chapterProgress(listed, kept)) : '';
    const words = [isRead ? 'You have read this chapter.' : '', shares === '' ? '' : `So far: ${shares}.`];
    const state = this.#root.querySelector('[data-part=state]');
    const button = this.#root.querySelector('[data-part=read]');
    const sentence = words.filter((word) => word !== '').join(' ');
    // A status that says the same again is heard again.
    if (state && state.textContent !== sentence) state.textContent = sentence;
    if (button) button.textContent = isRead ? 'Mark as not read' : 'Mark as read';
  }
}
