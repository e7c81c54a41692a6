/** `<book-map>`: the picture and the list of the book. It loads what joins them when the reader points at a chapter or moves to one. */
import type { MapTies } from './map-ties.ts';

/** Around both. */
export class BookMapElement extends HTMLElement {
  #connection = new AbortController();
  #waking: Promise<MapTies> | undefined;

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    for (const type of ['pointerover', 'pointerleave', 'focusin'])
      this.addEventListener(type, ({ target }) => target instanceof Element && this.#point(target), {
        signal,
      });
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#waking = undefined;
  }

  #point(target: Element): void {
    this.#waking ??= import('./map-ties.ts').then(({ MapTies }) => new MapTies(this));
    this.#waking.then(
      (ties) => ties.point(target),
      () => (this.#waking = undefined),
    );
  }
}

customElements.define('book-map', BookMapElement);

declare global {
  interface HTMLElementTagNameMap {
    'book-map': BookMapElement;
  }
}
