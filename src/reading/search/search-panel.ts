/** The search: a field, the choice of a part, and what was found. In a dialog over a page, or in a page of its own. */
import searchStyles from '../../styles/search.css?inline';
import { adoptStyles } from '../../playground/adopt-styles.ts';
import { make, makeButton } from '../../playground/element.ts';
import { allParts, beginning } from './form-words.ts';
import { followWithMarks } from './found-words.ts';
import { lastSearch, rememberSearch } from './last-search.ts';
import type { Search } from './last-search.ts';
import { resultList } from './result-list.ts';
import { makeSearchForm } from './search-form.ts';
import type { SearchForm } from './search-form.ts';
import { SearchIndex } from './search-index.ts';
import type { Findings } from './search-index.ts';

/** Pages of a first answer; the others come when they are asked for. */
const firstPages = 8;
/** Milliseconds without a key after which a query is asked. */
const pause = 120;

/** What differs between the dialog and the page. */
export interface SearchPanelOptions {
  /** Path of the site. */
  readonly base: string;
  /** Where the search stands in the page already. */
  readonly form?: SearchForm;
  /** Instead of the last search of this visit. */
  readonly search?: Search;
  /** Told of each new query. */
  readonly onSearch?: (search: Search) => void;
  /** A way out, where there is one. */
  readonly onClose?: () => void;
}

/** One search on the screen. */
export class SearchPanel {
  readonly element: HTMLElement;
  readonly #base: string;
  readonly #options: SearchPanelOptions;
  readonly #field: HTMLInputElement;
  readonly #part: HTMLSelectElement;
  readonly #status: HTMLElement;
  readonly #answer: HTMLElement;
  #index: Promise<SearchIndex> | undefined;
  #hasGlossary = false;
  #timer = 0;
  /** Of what stands in the field: an answer to what stood there before is late. */
  #turn = 0;
  /** Whether what is shown answers what stands in the field. */
  #isAsked = false;

  constructor(options: SearchPanelOptions) {
    adoptStyles(searchStyles);
    this.#base = options.base;
    this.#options = options;
    const form = options.form ?? makeSearchForm();
    this.element = form.element;
    this.#field = form.field;
    this.#part = form.part;
    this.#status = form.status;
    this.#answer = form.answer;
    const search = options.search ?? lastSearch();
    // Also the same text would end what an input method is about to write.
    if (this.#field.value !== search.query) this.#field.value = search.query;
    if (options.onClose) this.#addWayOut(form, options.onClose);
    this.#field.addEventListener('input', () => this.#ask(pause));
    this.#part.addEventListener('change', () => this.#ask(0));
    form.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#openFirst(false);
    });
    this.element.addEventListener('keydown', (event) => this.#move(event));
    this.#answer.addEventListener('click', (event) => this.#follow(event));
    void this.#begin(search.part);
  }

  /** Puts the caret into the field, its text selected. */
  focus(): void {
    this.#field.focus();
    this.#field.select();
  }

  #addWayOut({ element, form }: SearchForm, close: () => void): void {
    const keys = '↑ ↓ choose · Enter opens · Ctrl or ⌘ with Enter opens a new tab · Esc closes';
    form.append(makeButton('Close', close, { kind: 'search-button search-close' }));
    element.append(make('p', { class: 'search-keys', text: keys }));
  }

  async #begin(part: string): Promise<void> {
    this.#say('Loading the search index.');
    this.#answer.ariaBusy = 'true';
    try {
      const { parts, hasGlossary } = await (await this.#open()).scopes();
      this.#hasGlossary = hasGlossary;
      // What the reader chose meanwhile stays.
      const chosen = this.#part.value || part;
      this.#offer(parts);
      this.#part.value = parts.includes(chosen) ? chosen : '';
      await this.#find();
    } catch {
      this.#showFailure();
    }
  }

  /** A choice that may be open is left alone where it has these parts already. */
  #offer(parts: readonly string[]): void {
    const offered = [...this.#part.options].slice(1).map(({ value }) => value);
    if (offered.join('\n') !== parts.join('\n'))
      this.#part.replaceChildren(new Option(allParts, ''), ...parts.map((each) => new Option(each)));
  }

  #open(): Promise<SearchIndex> {
    this.#index ??= SearchIndex.open(this.#base);
    return this.#index;
  }

  #ask(delay: number): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.#isAsked = false;
    this.#answer.ariaBusy = 'true';
    this.#timer = window.setTimeout(() => void this.#find(), delay);
  }

  /** Shows what the query finds; `limit` pages of it. */
  async #find(limit = firstPages): Promise<void> {
    const search = { query: this.#field.value.trim(), part: this.#part.value };
    rememberSearch(search);
    this.#options.onSearch?.(search);
    const turn = (this.#turn += 1);
    if (search.query === '') {
      this.#showBeginning();
      return;
    }
    try {
      const findings = await (await this.#open()).find(search.query, search.part, limit);
      if (turn !== this.#turn) return;
      this.#show(findings, search);
      this.#isAsked = true;
    } catch {
      if (turn === this.#turn) this.#showFailure();
    }
  }

  #show(findings: Findings, search: Search): void {
    const { pages, count } = findings;
    if (pages.length === 0) {
      this.#showNothing(search);
      return;
    }
    const places = count === 1 ? '1 page' : `${count} pages`;
    this.#say(
      pages.length < count
        ? `Found on ${places}. The best ${pages.length} are shown.`
        : `Found on ${places}.`,
    );
    this.#answer.replaceChildren(resultList(pages));
    if (pages.length < count) {
      const more = makeButton(`Show all ${count} pages`, () => void this.#showAll(pages.length), {
        kind: 'search-button',
      });
      this.#answer.append(more);
    }
  }

  async #showAll(shown: number): Promise<void> {
    await this.#find(Infinity);
    this.#answer.querySelectorAll<HTMLElement>('.search-page')[shown]?.querySelector('a')?.focus();
  }

  #showBeginning(): void {
    this.#say('');
    this.#answer.replaceChildren(make('p', { text: beginning }));
  }

  #showNothing({ query, part }: Search): void {
    this.#say(`Nothing found for “${query}”${part === '' ? '' : ` in ${part}`}.`);
    const hint = make('p', { text: 'Try fewer words or the beginning of one, ' });
    if (part !== '') {
      const everywhere = makeButton('search in all parts', () => this.#choosePart(''), {
        kind: 'search-link',
      });
      hint.append(everywhere, ', ');
    }
    hint.append('or look in ', this.#linkTo('', 'the contents'));
    if (this.#hasGlossary) hint.append(' or ', this.#linkTo('glossary/', 'the glossary'));
    hint.append('.');
    this.#answer.replaceChildren(hint);
  }

  #showFailure(): void {
    this.#index = undefined;
    this.#say('The search index could not be loaded.');
    const hint = make('p', {
      text: 'Without a connection, the search works only if this browser has kept it. Check the connection and try again, or look in ',
    });
    hint.append(this.#linkTo('', 'the contents'), '.');
    const again = makeButton(
      'Try again',
      () => {
        this.#field.focus();
        void this.#begin(this.#part.value);
      },
      { kind: 'search-button' },
    );
    this.#answer.replaceChildren(hint, again);
  }

  #choosePart(part: string): void {
    this.#part.value = part;
    this.#field.focus();
    this.#ask(0);
  }

  #linkTo(path: string, text: string): HTMLAnchorElement {
    const link = make('a', { text });
    link.href = this.#base + path;
    return link;
  }

  #say(sentence: string): void {
    this.#answer.ariaBusy = null;
    this.#status.textContent = sentence;
  }

  /** Arrows go through the field and the results; what is typed on a result goes into the field. */
  #move(event: KeyboardEvent): void {
    const { key, target } = event;
    if (target === this.#part || event.isComposing) return;
    if (key === 'Enter' && target === this.#field && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.#openFirst(true);
      return;
    }
    const stops = [this.#field, ...this.#links()];
    const at = stops.findIndex((stop) => stop === target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step !== undefined && at !== -1) {
      event.preventDefault();
      const next = stops[at + step];
      next?.focus();
      if (next === this.#field) this.#field.select();
    } else if (at > 0 && (key === 'Home' || key === 'End')) {
      event.preventDefault();
      stops.at(key === 'Home' ? 1 : -1)?.focus();
    } else if (at > 0 && key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
      this.#field.focus();
  }

  #links(): HTMLAnchorElement[] {
    return [...this.#answer.querySelectorAll<HTMLAnchorElement>('.search-results a')];
  }

  async #openFirst(inNewTab: boolean): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#isAsked) await this.#find();
    const [first] = this.#links();
    if (!first) return;
    if (inNewTab) window.open(first.href, '_blank', 'noopener');
    else first.click();
  }

  /** Lets the link do its work, and marks the words where it leads. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (
      !link ||
      event.defaultPrevented ||
      event.button !== 0 ||
      event.ctrlKey ||
      event.metaKey ||
      event.shiftKey
    )
      return;
    this.#options.onClose?.();
    followWithMarks(link, this.#field.value);
  }
}
