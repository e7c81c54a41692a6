/** `<take-along>`: the reader's copy of the book, and the controls for it. */
import type { Edition, Part } from '../../service-worker/edition.ts';
import { bytesOf, Copy, filesIn } from './copy.ts';
import { viewOf } from './take-along-view.ts';
import { megabytes, progressWords } from './words.ts';

/** One for the visit: loading goes on when the reader leaves the page by a link. */
const copy = new Copy(new URL(document.documentElement.dataset['base'] ?? '/', location.href));

/** The controls stand in the page; nothing can be done before it is known what is here. */
class TakeAlongElement extends HTMLElement {
  #connection = new AbortController();
  #promise = '';

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    copy.addEventListener('change', () => this.#show(), { signal });
    this.addEventListener('change', () => this.#show(), { signal });
    this.addEventListener('click', ({ target }) => this.#act(target), { signal });
    copy.listen(signal);
    addEventListener('online', () => void copy.look(), { signal }); // It never rejects.
    void this.#begin();
  }

  disconnectedCallback(): void {
    this.#connection.abort();
  }

  async #begin(): Promise<void> {
    await copy.look();
    if (this.#engine && 'parts' in copy.state) this.#engine.checked = copy.state.parts.includes('engine');
    this.#show();
  }

  #act(target: EventTarget | null): void {
    const part = target instanceof HTMLButtonElement ? target.dataset['part'] : undefined;
    if (part === 'load') {
      void this.#askForPromise();
      void copy.load(this.#chosen()); // It never rejects.
    } else if (part === 'stop') copy.stop();
    else if (part === 'remove') void copy.remove(); // It never rejects.
  }

  /** Asks the browser not to clear the copy when it needs room. */
  async #askForPromise(): Promise<void> {
    const isPromised = await navigator.storage.persist().catch(() => false);
    this.#promise = isPromised
      ? ''
      : ' The browser may remove it when the device runs out of room, or when you have not been here for long.';
    this.#show();
  }

  #chosen(): Part[] {
    return this.#engine?.checked === true ? ['text', 'engine'] : ['text'];
  }

  #show(): void {
    const { state, edition } = copy;
    const isLoading = state.name === 'loading' || state.name === 'refreshing';
    const here: readonly Part[] = state.name === 'whole' ? state.parts : [];
    const more = this.#chosen().some((part) => !here.includes(part));
    const view = viewOf(state, { more, promise: this.#promise });
    // A button that goes takes the focus with it.
    const hadFocus = this.contains(document.activeElement);
    const words = this.#part('words', HTMLElement);
    if (words.textContent !== view.words) words.textContent = view.words;
    const load = this.#part('load', HTMLButtonElement);
    load.textContent = view.load ?? load.textContent;
    load.hidden = view.load === undefined && state.name !== 'impossible' && state.name !== 'unasked';
    load.disabled = view.load === undefined || !edition;
    this.#part('stop', HTMLElement).hidden = state.name !== 'loading';
    this.#part('remove', HTMLElement).hidden = !view.canRemove;
    this.#part('parts', HTMLFieldSetElement).disabled = isLoading || !edition;
    this.#part('bar', HTMLElement).hidden = !isLoading;
    if (isLoading) {
      const bar = this.#part('progress', HTMLProgressElement);
      bar.max = state.progress.allBytes;
      bar.value = state.progress.bytes;
      this.#part('done', HTMLElement).textContent = progressWords(state.progress);
    }
    if (edition) this.#showSizes(edition);
    if (hadFocus && !this.contains(document.activeElement))
      this.querySelector<HTMLElement>('button:not([hidden]):enabled')?.focus();
  }

  #showSizes(edition: Edition): void {
    for (const part of ['text', 'engine'] as const) {
      const size = this.querySelector(`[data-part=${part}-size]`);
      const bytes = megabytes(bytesOf(filesIn(edition, [part])));
      if (size)
        size.textContent = `${bytes} in this browser; about ${megabytes(edition.compressed[part])} to load from a host that compresses`;
    }
  }

  get #engine(): HTMLInputElement | null {
    return this.querySelector('input[data-part=engine]');
  }

  #part<T extends HTMLElement>(name: string, type: new () => T): T {
    const element = this.querySelector(`[data-part=${name}]`);
    if (!(element instanceof type)) throw new Error(`<take-along> has no part named ${name}.`);
    return element;
  }
}

customElements.define('take-along', TakeAlongElement);
