/** A list that is narrowed: to what the reader types, and to what they chose; the address keeps both. */
import { describeFound, explainNothing } from './filter-words.ts';
import { matches } from './matching.ts';

/** Which chapters each choice shows, by their stage. */
const choices: Readonly<Record<string, (item: HTMLElement) => boolean>> = {
  unread: (item) => isWritten(item) && !isRead(item),
  begun: ({ dataset }) => dataset['stage'] === 'begun',
  read: (item) => isRead(item),
  written: (item) => isWritten(item),
};

const isWritten = ({ classList }: HTMLElement) => !classList.contains('is-unwritten');
const isRead = ({ dataset }: HTMLElement) => dataset['stage'] === 'read' || dataset['stage'] === 'complete';

/** Keeps a list true to the field and the choices of its `<list-filter>`, until the signal. */
export class ListFilter {
  readonly #root: HTMLElement;
  readonly #list: HTMLElement;
  readonly #form: HTMLFormElement | null;
  readonly #status: Element | null;
  readonly #nothing = document.createElement('div');
  /** Unfolded to show what was found, not by the reader. */
  readonly #unfolded = new Set<HTMLDetailsElement>();

  constructor(root: HTMLElement, signal: AbortSignal) {
    const list = document.getElementById(root.dataset['list'] ?? '');
    if (!list) throw new Error('a filter stands beside its list');
    this.#root = root;
    this.#list = list;
    this.#form = root.querySelector('form');
    this.#status = root.querySelector('[role=status]');
    this.#nothing.className = 'list-filter-nothing';
    list.after(this.#nothing);
    this.#restore();
    root.addEventListener('input', () => this.#change(), { signal });
    root.addEventListener('keydown', (event) => this.#press(event), { signal });
    root.addEventListener('submit', () => this.#firstLink()?.focus(), { signal });
    // Chapters are marked after they were loaded, and when another tab changes them.
    const observer = new MutationObserver(() => this.#narrow());
    observer.observe(list, { subtree: true, attributeFilter: ['data-stage'] });
    signal.addEventListener('abort', () => observer.disconnect());
    // The reader may have typed while this was loaded.
    this.#change();
  }

  get #field(): HTMLInputElement | null {
    return this.#root.querySelector('input[name=find]');
  }

  get #wanted(): string {
    return this.#field?.value.trim() ?? '';
  }

  get #choice(): HTMLInputElement | null {
    return this.#root.querySelector('input[name=show]:checked');
  }

  /** Takes what is in the address, unless the reader was faster. */
  #restore(): void {
    const asked = new URLSearchParams(location.search);
    const field = this.#field;
    if (field && field.value === '') field.value = asked.get('find') ?? '';
    for (const radio of this.#root.querySelectorAll<HTMLInputElement>('input[name=show]'))
      if (radio.value === asked.get('show')) radio.checked = true;
  }

  #change(): void {
    this.#narrow();
    const url = new URL(location.href);
    const show = this.#choice?.value ?? '';
    for (const [name, value] of [
      ['find', this.#wanted],
      ['show', show in choices ? show : ''],
    ] as const) {
      if (value === '') url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    // The router keeps its own notes in the state.
    if (url.href !== location.href) history.replaceState(history.state, '', url);
  }

  #press(event: KeyboardEvent): void {
    if (event.target !== this.#field || event.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.#firstLink()?.focus();
    } else if (event.key === 'Escape' && this.#wanted !== '') {
      event.preventDefault();
      this.#clear();
    }
  }

  #clear(): void {
    this.#form?.reset();
    this.#change();
    this.#field?.focus();
  }

  #firstLink(): HTMLElement | undefined {
    const wanted = this.#wanted;
    const links = Array.from(
      this.#list.querySelectorAll<HTMLElement>('a:is([data-filter-text], [data-filter-link])'),
    ).filter((link) => link.checkVisibility());
    return links.find((link) => matches(link.textContent, wanted)) ?? links[0];
  }

  #narrow(): void {
    const wanted = this.#wanted;
    const show = this.#choice?.value ?? 'all';
    const isChosen = choices[show] ?? (() => true);
    const isNarrow = wanted !== '' || show in choices;
    let items = 0;
    let parts = 0;
    for (const item of this.#all('[data-filter-item]')) {
      const found = this.#narrowItem(item, wanted);
      item.hidden = !isChosen(item) || found === undefined;
      if (item.hidden) continue;
      items += 1;
      parts += found ?? 0;
    }
    for (const group of this.#all('[data-filter-group]'))
      group.hidden = group.querySelector('[data-filter-item]:not([hidden])') === null;
    this.#say(isNarrow, items, parts);
  }

  /** Shows of an item what was found in it; returns how many of its parts, or to nothing where it has none of it. */
  #narrowItem(item: HTMLElement, wanted: string): number | undefined {
    const all = Array.from(item.querySelectorAll<HTMLElement>('[data-filter-part]'));
    const isWhole = wanted === '' || matches(textOf(item), wanted);
    const found = wanted === '' ? [] : all.filter((part) => matches(textOf(part), wanted));
    for (const part of all) part.hidden = !isWhole && !found.includes(part);
    this.#unfold(item.querySelector('details'), found.length > 0);
    return isWhole || found.length > 0 ? found.length : undefined;
  }

  #unfold(details: HTMLDetailsElement | null, isWanted: boolean): void {
    if (!details) return;
    if (isWanted && !details.open) {
      details.open = true;
      details.dataset['found'] = '';
      this.#unfolded.add(details);
    } else if (!isWanted && this.#unfolded.delete(details)) {
      details.open = false;
      delete details.dataset['found'];
    }
  }

  #say(isNarrow: boolean, items: number, parts: number): void {
    const { item = 'entry', itemPart: part } = this.#root.dataset;
    this.#root.toggleAttribute('data-narrow', isNarrow);
    const sentence = isNarrow ? describeFound({ item, part }, items, parts) : '';
    // A status that says the same again is heard again.
    if (this.#status && this.#status.textContent !== sentence) this.#status.textContent = sentence;
    this.#nothing.replaceChildren();
    if (items > 0) return;
    const words = document.createElement('p');
    words.textContent = explainNothing({ item, part }, this.#wanted, this.#choice?.value ?? 'all');
    const all = document.createElement('button');
    all.type = 'button';
    all.className = 'list-filter-all';
    all.textContent = `Show every ${item}`;
    all.addEventListener('click', () => this.#clear());
    this.#nothing.append(words, all);
  }

  #all(selector: string): NodeListOf<HTMLElement> {
    return this.#list.querySelectorAll<HTMLElement>(selector);
  }
}

/** The text that stands for an item, or for a part of one. */
function textOf(element: HTMLElement): string {
  return element.querySelector('[data-filter-text]')?.textContent ?? '';
}
