/** `<book-progress>`: where a page says how far the reader came. It notices that a chapter was read, and loads the rest. */
import type { ProgressView } from './progress-view.ts';
import { hasKept, keptEvent } from '../store/hint.ts';

/** At the end of a chapter (`data-chapter`), or on the contents page. For a reader of whom nothing is kept it loads nothing. */
export class BookProgressElement extends HTMLElement {
  #connection = new AbortController();
  #waking: Promise<ProgressView> | undefined;

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const wakeIfKept = () => hasKept() && this.#wake();
    // Here, or in another tab.
    for (const type of [keptEvent, 'storage']) addEventListener(type, wakeIfKept, { signal });
    wakeIfKept();
    if (this.dataset['chapter'] === undefined) return;
    this.hidden = false;
    this.addEventListener(
      'click',
      ({ target }) => target instanceof HTMLButtonElement && this.#wake((view) => view.toggleRead()),
      { signal },
    );
    this.#watch(signal);
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#waking = undefined;
  }

  /** A chapter is read when each of its sections and its end have been in sight: who jumps to the end has not read it. */
  #watch(signal: AbortSignal): void {
    const unseen = new Set<Element>([...document.querySelectorAll('.prose > h2'), this]);
    const observer = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) unseen.delete(target);
      if (unseen.size > 0) return;
      observer.disconnect();
      this.#wake((view) => view.reachEnd());
    });
    for (const element of unseen) observer.observe(element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  #wake(then?: (view: ProgressView) => void): void {
    const { signal } = this.#connection;
    this.#waking ??= import('./progress-view.ts').then(({ ProgressView }) => new ProgressView(this, signal));
    this.#waking.then(
      (view) => !signal.aborted && then?.(view),
      () => (this.#waking = undefined),
    );
  }
}

customElements.define('book-progress', BookProgressElement);

declare global {
  interface HTMLElementTagNameMap {
    'book-progress': BookProgressElement;
  }
}
