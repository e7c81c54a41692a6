/** Messages one by one, each with its time: events of a stream, or both sides of a WebSocket. */
import { make } from '../element.ts';
import { describeTime } from './status.ts';

/** Messages that stay on screen. */
export const mostMessages = 500;
/** Characters of one. */
const longestMessage = 10_000;

/** One message, as it is shown. */
export interface Message {
  /** Milliseconds since the start. */
  readonly at: number;
  /** What it is, before its text. */
  readonly facts: string;
  readonly text: string;
  readonly direction?: 'sent' | 'received';
}

/** A log of the last messages; it follows its end while the reader is there. */
export class MessageList {
  readonly element: HTMLElement;
  readonly #list = make('ol');

  constructor(label: string) {
    this.element = make('div', { class: 'server-messages', role: 'log', label, focusable: true }, this.#list);
  }

  /** Adds one below; the first goes where there are too many. */
  add({ at, facts, text, direction }: Message): void {
    const { element } = this;
    // Who has scrolled up reads on.
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
    const shown = text.length > longestMessage ? `${text.slice(0, longestMessage)} … (cut)` : text;
    const item = make(
      'li',
      { class: 'server-message' },
      make('span', { class: 'server-when', text: describeTime(at) }),
      make('span', { class: 'server-facts', text: facts }),
      make('span', { class: 'server-data', text: shown }),
    );
    if (direction) item.dataset['direction'] = direction;
    this.#list.append(item);
    if (this.#list.childElementCount > mostMessages) this.#list.firstElementChild?.remove();
    if (isAtEnd) element.scrollTop = element.scrollHeight;
  }

  /** Takes all of them away. */
  clear(): void {
    this.#list.replaceChildren();
  }
}
