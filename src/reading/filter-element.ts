/** `<list-filter>`: narrows a list of its page. It loads the rest when the reader comes to it, or comes back to a list that was narrowed. */
import type { ListFilter } from './list-filter.ts';

/** The field and the choices above a list, whose id is `data-list`. */
export class ListFilterElement extends HTMLElement {
  #connection = new AbortController();
  #waking: Promise<ListFilter> | undefined;

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const wake = () => this.#wake();
    this.addEventListener('focusin', wake, { signal, once: true });
    this.addEventListener('submit', (event) => event.preventDefault(), { signal });
    // Not before: until then the address is that of the page before.
    document.addEventListener('astro:page-load', () => location.search !== '' && wake(), { signal });
  }

  disconnectedCallback(): void {
    this.#connection.abort();
    this.#waking = undefined;
  }

  #wake(): void {
    const { signal } = this.#connection;
    this.#waking ??= import('./list-filter.ts').then(({ ListFilter }) => new ListFilter(this, signal));
    // The next act tries again.
    this.#waking.catch(() => {
      this.#waking = undefined;
      this.addEventListener('input', () => this.#wake(), { signal, once: true });
    });
  }
}

customElements.define('list-filter', ListFilterElement);

declare global {
  interface HTMLElementTagNameMap {
    'list-filter': ListFilterElement;
  }
}
