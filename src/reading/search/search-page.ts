/** `<search-page>`: the search as a page with an address, `/search/?q=words`. What finds is loaded when the reader begins. */

/** Reads the query from the address, and keeps it there. */
export class SearchPageElement extends HTMLElement {
  connectedCallback(): void {
    const given = new URL(location.href).searchParams;
    const field = this.querySelector('input');
    if (!field) return;
    // Without a query in the address, something may have been typed before this was here.
    field.value = given.get('q') ?? field.value;
    if (!given.has('q')) field.focus();
    if (field.value !== '' || given.has('part')) this.#begin(field, given.get('part') ?? '');
    else this.#await(field);
  }

  /** Until the reader does something with the search. */
  #await(field: HTMLInputElement): void {
    const begun = new AbortController();
    const begin = () => {
      begun.abort();
      this.#begin(field, '');
    };
    for (const act of ['focusin', 'pointerdown', 'input'])
      this.addEventListener(act, begin, { signal: begun.signal });
  }

  #begin(field: HTMLInputElement, part: string): void {
    const answer = this.querySelector('.search-answer');
    if (answer) answer.ariaBusy = 'true';
    const { base = '/' } = document.documentElement.dataset;
    Promise.all([import('./search-panel.ts'), import('./search-form.ts')]).then(
      ([{ SearchPanel }, { searchFormIn }]) =>
        new SearchPanel({
          base,
          form: searchFormIn(this),
          search: { query: field.value, part },
          onSearch: (search) => this.#keep(search),
        }),
      () => {
        if (answer) answer.ariaBusy = null;
        const status = this.querySelector('.search-status');
        if (status)
          status.textContent = 'The search could not be loaded. Check the connection and go on typing.';
        this.#await(field);
      },
    );
  }

  #keep({ query, part }: { readonly query: string; readonly part: string }): void {
    const parameters = new URLSearchParams({ ...(query && { q: query }), ...(part && { part }) });
    const address = new URL(location.href);
    address.search = String(parameters);
    // The router keeps what it needs for Back in the state.
    if (this.isConnected && address.href !== location.href) history.replaceState(history.state, '', address);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'search-page': SearchPageElement;
  }
}

customElements.define('search-page', SearchPageElement);
