/** `<your-work>`: what this browser keeps of the reader, to be counted, taken along, brought back and removed. */
import { ArchiveError, importArchive } from '../store/archive.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { confirmFirst } from './confirmation.ts';
import { downloadArchive } from './download-archive.ts';
import { countWork, describeImport, describeRemoval, latestRemoval } from './words.ts';
import type { KeptWork } from './words.ts';

/** The page's element; its parts are in the page. */
export class YourWorkElement extends HTMLElement {
  #connection = new AbortController();
  #store: Store = openStore();
  #work: KeptWork | undefined;
  #undoKey: string | undefined;
  #turn = 0;

  connectedCallback(): void {
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    const listen = (part: string, type: string, act: (event: Event) => void) =>
      this.#part(part).addEventListener(type, act, { signal });
    listen('export', 'click', () => void this.#export());
    listen('undo', 'click', () => void this.#undo());
    listen('file', 'change', () => this.#importChosen());
    this.#takeDrops(signal);
    confirmFirst(
      this.#button('reset-programs'),
      {
        sentence: () => 'Make every program as its author wrote it, and remove what the programs printed?',
        cancel: 'Keep my programs',
        act: () =>
          void this.#remove(
            () => this.#store.resetPrograms(),
            'All programs are as their authors wrote them.',
          ),
      },
      signal,
    );
    confirmFirst(
      this.#button('reset-everything'),
      {
        sentence: () =>
          'Remove your programs, what they printed, your requests and your progress from this browser?',
        cancel: 'Keep everything',
        act: () => void this.#remove(() => this.#store.resetEverything(), 'Everything is forgotten.'),
      },
      signal,
    );
    this.#store.onProblem((problem) => {
      this.#part('problem').textContent = problem?.message ?? '';
    }, signal);
    this.#store.onChange(() => void this.#show(), signal);
    void this.#show();
    // It may have been chosen before this was loaded.
    this.#importChosen();
  }

  disconnectedCallback(): void {
    this.#connection.abort();
  }

  #importChosen(): void {
    const input = this.#part('file');
    if (!(input instanceof HTMLInputElement)) return;
    const file = input.files?.[0];
    if (file) void this.#import(file).then(() => (input.value = ''));
  }

  #part(name: string): HTMLElement {
    const element = this.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!element) throw new Error(`The page has no part named ${name}.`);
    return element;
  }

  #button(name: string): HTMLButtonElement {
    const button = this.#part(name);
    if (!(button instanceof HTMLButtonElement)) throw new Error(`${name} is not a button.`);
    return button;
  }

  /** Counts what is kept; of several changes at once, the last. It never rejects. */
  async #show(): Promise<void> {
    const turn = ++this.#turn;
    await Promise.resolve();
    if (turn !== this.#turn) return;
    const store = this.#store;
    const [programs, outputs, requests, blocks, exercises, quizzes, chapters, removals] = await Promise.all([
      store.all('programs'),
      store.all('outputs'),
      store.all('requests'),
      store.all('blocks'),
      store.all('exercises'),
      store.all('quizzes'),
      store.all('chapters'),
      store.all('removals'),
    ]);
    if (turn !== this.#turn || this.#connection.signal.aborted) return;
    this.#work = { programs, outputs, requests, blocks, exercises, quizzes, chapters };
    const counts = countWork(this.#work);
    this.#part('numbers').replaceChildren(
      ...counts.flatMap(({ label, count }) => {
        if (count === 0) return [];
        const [term, number] = [document.createElement('dt'), document.createElement('dd')];
        term.textContent = label;
        number.textContent = count.toLocaleString('en');
        const row = document.createElement('div');
        row.append(term, number);
        return row;
      }),
    );
    const isEmpty = counts.every(({ count }) => count === 0);
    this.#part('nothing').hidden = !isEmpty;
    this.#part('numbers').hidden = isEmpty;
    // Not before its numbers are there: they would push away what is below them.
    this.hidden = false;
    this.#offerUndo(latestRemoval(removals));
  }

  /** A day long, also after a reload. */
  #offerUndo(latest: ReturnType<typeof latestRemoval>): void {
    this.#undoKey = latest?.key;
    const undo = this.#part('undo');
    const hadFocus = document.activeElement === undo;
    this.#part('undoable').hidden = latest === undefined;
    if (!latest) {
      if (hadFocus) this.#part('report').focus();
      return;
    }
    const time = new Date(latest.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    const what = describeRemoval(latest.removal);
    this.#part('undo-words').textContent =
      `Last removed or replaced here, at ${time}: ${what}. You can undo it for a day.`;
  }

  async #remove(remove: () => Promise<string | undefined>, sentence: string): Promise<void> {
    const removal = await remove();
    this.#say(removal === undefined ? 'There was nothing to remove.' : sentence);
    if (removal !== undefined) this.#focusUndo();
  }

  async #undo(): Promise<void> {
    if (this.#undoKey === undefined) return;
    const restored = await this.#store.restore(this.#undoKey);
    this.#say(
      restored === false ? 'This can no longer be undone.' : 'Undone: everything is as it was before.',
    );
    await this.#show();
  }

  async #export(): Promise<void> {
    const name = await downloadArchive(this.#store);
    this.#say(`Exported as ${name}, to where this browser puts its downloads.`);
  }

  async #import(file: File): Promise<void> {
    try {
      const report = await importArchive(this.#store, file);
      this.#say(describeImport(report));
    } catch (error) {
      this.#say(
        error instanceof ArchiveError ? error.message : 'This file could not be read: it was not imported.',
      );
    }
  }

  #takeDrops(signal: AbortSignal): void {
    const place = this.#part('drop');
    const hold = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      place.toggleAttribute('data-over', event.type === 'dragover');
    };
    for (const type of ['dragover', 'dragleave'] as const) place.addEventListener(type, hold, { signal });
    place.addEventListener(
      'drop',
      (event) => {
        hold(event);
        const file = event.dataTransfer?.files[0];
        if (file) void this.#import(file);
      },
      { signal },
    );
  }

  #focusUndo(): void {
    void this.#show().then(() => this.#part('undo').focus());
  }

  #say(sentence: string): void {
    this.#part('report').textContent = sentence;
  }
}

customElements.define('your-work', YourWorkElement);

declare global {
  interface HTMLElementTagNameMap {
    'your-work': YourWorkElement;
  }
}
