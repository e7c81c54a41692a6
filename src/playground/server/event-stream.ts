/** Server-sent events out of a stream of text, by the rules of the HTML standard. */

/** One event. */
export interface ServerEvent {
  /** `message` where the server names no other. */
  readonly type: string;
  readonly data: string;
  /** The last id that the server gave, also with an earlier event; empty: none. */
  readonly id: string;
}

/** Characters of one event or line; what is longer is cut, so that a server without line ends fills no memory. */
const longestData = 1_000_000;

/** Takes text as it arrives, and hands out events as they are complete. */
export class EventStreamParser {
  /** Milliseconds that the server wants a client to wait before it connects again; undefined: it did not say. */
  retry: number | undefined;
  /** The id of the last event, for `Last-Event-ID`. */
  lastId: string;
  #line = '';
  #endsWithCr = false;
  #isFirst = true;
  #type = '';
  #data = '';
  #id: string;

  /** After a connection that was lost: with the last id and the time of the one before. */
  constructor(lastId = '', retry?: number) {
    this.lastId = lastId;
    this.retry = retry;
    this.#id = lastId;
  }

  /** The events that this piece completes. */
  push(piece: string): ServerEvent[] {
    let text = piece;
    if (text === '') return [];
    if (this.#isFirst) text = text.replace(/^\uFEFF/, '');
    this.#isFirst = false;
    // A CR at the end of the last piece has ended its line: this LF belongs to it.
    if (this.#endsWithCr) text = text.replace(/^\n/, '');
    this.#endsWithCr = piece.endsWith('\r');
    const lines = text.split(/\r\n|\r|\n/);
    const events: ServerEvent[] = [];
    for (const [index, part] of lines.entries()) {
      this.#line = (this.#line + part).slice(0, longestData);
      if (index === lines.length - 1) break;
      const event = this.#read(this.#line);
      this.#line = '';
      if (event) events.push(event);
    }
    return events;
  }

  #read(line: string): ServerEvent | undefined {
    if (line === '') return this.#dispatch();
    const [, name = '', value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line) ?? [];
    if (name === 'event') this.#type = value;
    else if (name === 'data') this.#data = `${this.#data}${value}\n`.slice(0, longestData);
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
    else if (name === 'retry' && /^\d+$/.test(value)) this.retry = Number(value);
    return undefined;
  }

  #dispatch(): ServerEvent | undefined {
    this.lastId = this.#id;
    const [type, data] = [this.#type, this.#data];
    this.#type = '';
    this.#data = '';
    if (data === '') return undefined;
    return { type: type || 'message', data: data.replace(/\n$/, ''), id: this.lastId };
  }
}
