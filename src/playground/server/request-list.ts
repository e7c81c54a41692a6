/** Requests to send again: those of the chapter, and those that the reader sent. */
import type { KeptRequest } from '../store/kept.ts';
import { make, makeButton } from '../element.ts';
import type { SavedRequest } from './saved-request.ts';
import { describeTime } from './status.ts';

/** Requests that are listed: as many as are kept. */
const mostListed = 50;

/** What happens when one is chosen. */
export interface RequestListEvents {
  onSaved(saved: SavedRequest): void;
  onKept(kept: KeptRequest): void;
}

/** Buttons, one a request; the newest that was sent is first. */
export class RequestList {
  readonly element: HTMLElement;
  readonly #events: RequestListEvents;
  readonly #sent = make('details', { class: 'server-more', hidden: true });
  readonly #summary = make('summary');
  readonly #rows = make('ol', { class: 'server-list' });
  readonly #kept = new Map<string, { request: KeptRequest; row: HTMLLIElement }>();

  constructor(saved: readonly SavedRequest[], events: RequestListEvents) {
    this.#events = events;
    this.#sent.append(this.#summary, this.#rows);
    this.element = make('div', { class: 'server-lists' });
    if (saved.length > 0) {
      const rows = saved.map((request) => make('li', {}, this.#savedButton(request)));
      const list = make('ul', { class: 'server-list', label: 'Requests of this chapter' }, ...rows);
      this.element.append(make('p', { class: 'server-label', text: 'Requests of this chapter' }), list);
    }
    this.element.append(this.#sent);
  }

  /** Shows what was sent before. */
  showHistory(kept: readonly KeptRequest[]): void {
    for (const request of kept.toSorted((one, other) => one.at - other.at)) this.addToHistory(request);
  }

  /** Adds a request, or what became of it. */
  addToHistory(request: KeptRequest): void {
    const known = this.#kept.get(request.id);
    const row = make('li', {}, this.#keptButton(request));
    if (known) {
      const hadFocus = known.row.contains(document.activeElement);
      known.row.replaceWith(row);
      if (hadFocus) row.querySelector('button')?.focus();
    } else this.#place(request, row);
    this.#kept.set(request.id, { request, row });
    if (this.#kept.size > mostListed) {
      const [oldest] = [...this.#kept.values()].toSorted((one, other) => one.request.at - other.request.at);
      if (oldest) this.#kept.delete(oldest.request.id);
      oldest?.row.remove();
    }
    this.#sent.hidden = false;
    this.#summary.textContent = `Sent before (${this.#kept.size})`;
  }

  /** The newest is first. */
  #place(request: KeptRequest, row: HTMLLIElement): void {
    const older = [...this.#kept.values()]
      .filter((each) => each.request.at <= request.at)
      .toSorted((one, other) => other.request.at - one.request.at)[0];
    if (older) older.row.before(row);
    else this.#rows.append(row);
  }

  #savedButton(saved: SavedRequest): HTMLButtonElement {
    const { title, method, path, recorded, port } = saved;
    const line = `${method} ${port === undefined ? '' : `localhost:${port}`}${path}`;
    const answer = recorded ? `${recorded.status} recorded` : '';
    return this.#button(title ?? line, [title === undefined ? '' : line, answer], () =>
      this.#events.onSaved(saved),
    );
  }

  #keptButton(kept: KeptRequest): HTMLButtonElement {
    const { method, port, path, status, duration } = kept;
    const answer = status === undefined ? 'no answer' : String(status);
    const time = duration === undefined ? '' : describeTime(duration);
    return this.#button(`${method} localhost:${port}${path}`, [answer, time], () =>
      this.#events.onKept(kept),
    );
  }

  #button(name: string, notes: readonly string[], onClick: () => void): HTMLButtonElement {
    const button = makeButton('', onClick, { kind: 'server-row' });
    button.append(make('span', { class: 'server-row-name', text: name }));
    for (const note of notes.filter((each) => each !== ''))
      button.append(' ', make('span', { class: 'server-row-note', text: note }));
    return button;
  }
}
