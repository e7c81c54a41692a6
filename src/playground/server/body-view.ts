/** The body of an answer on screen, as it comes: text, JSON, images, bytes, or events one by one. */
import { joinBytes } from '../join-bytes.ts';
import { decoderOf, formatJson, kindOfBytes, kindOfType, mediaType } from './body-kind.ts';
import type { BodyKind } from './body-kind.ts';
import { make, makeButton } from '../element.ts';
import { EventStreamParser } from './event-stream.ts';
import { describeSize, hexLines } from './hex.ts';
import { MessageList, mostMessages } from './message-list.ts';
import { describeTime } from './status.ts';

/** Characters of text, and bytes in hexadecimal, that are shown; what is longer is cut. */
const most = { text: 200_000, hex: 4096 };

/** Shows one body. */
export class BodyView {
  readonly element = make('div', { class: 'server-body' });
  readonly #type: string;
  readonly #started: number;
  readonly #decoder: TextDecoder;
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  readonly #notice = make('p', { class: 'server-note', hidden: true });
  #kind: BodyKind | undefined;
  #text = '';
  #size = 0;
  #shown: HTMLElement | undefined;
  #events: { readonly parser: EventStreamParser; readonly list: MessageList; count: number } | undefined;
  #image: string | undefined;

  /** `started`: when the request was sent, as `performance.now()` has it. */
  constructor(contentType: string, started: number) {
    this.#type = contentType;
    this.#started = started;
    this.#decoder = decoderOf(contentType);
    this.#kind = kindOfType(contentType);
    if (this.#kind === 'events') this.#beginEvents();
  }

  /** Takes a piece of the body. */
  add(piece: Uint8Array): void {
    this.#kind ??= kindOfBytes(piece);
    this.#size += piece.length;
    if (this.#kind === 'binary' || this.#kind === 'image') {
      // An answer may never end: what is shown in hexadecimal is its beginning.
      const isWanted = this.#kind === 'image' || this.#size - piece.length < most.hex;
      if (isWanted) this.#parts.push(new Uint8Array(piece));
      return;
    }
    const text = this.#decoder.decode(piece, { stream: true });
    if (this.#events) this.#addEvents(text);
    else this.#addText(text);
  }

  /** No more will come: it is whole, or broke off. */
  end(isWhole: boolean): void {
    if (this.#kind === 'image') return this.#showImage();
    if (this.#kind === 'binary') return this.#showHex();
    if (this.#size === 0) {
      const text = isWhole ? 'The answer has no body.' : 'Nothing of the body came.';
      return this.#show(make('p', { class: 'server-note', text }));
    }
    if (!this.#events) this.#addText(this.#decoder.decode());
    if (!isWhole) return;
    const pretty =
      this.#kind === 'json' && this.#text.length <= most.text ? formatJson(this.#text) : undefined;
    if (pretty !== undefined && pretty !== this.#text) this.#offerSource(pretty);
    else if (this.#kind === 'json' && pretty === undefined && this.#text.length <= most.text)
      this.#tell(`It is called ${mediaType(this.#type)}, but it is no JSON.`);
  }

  /** Lets go of what an image needs. */
  dispose(): void {
    if (this.#image !== undefined) URL.revokeObjectURL(this.#image);
  }

  #show(element: HTMLElement): void {
    this.#shown = element;
    this.element.replaceChildren(element, this.#notice);
  }

  #tell(sentence: string): void {
    this.#notice.textContent = sentence;
    this.#notice.hidden = false;
  }

  #addText(text: string): void {
    const room = most.text - this.#text.length;
    // One more than is shown tells that there is more; an answer may never end.
    this.#text += text.slice(0, Math.max(0, room + 1));
    if (!this.#shown) this.#show(makePre('Body of the answer'));
    if (room > 0) this.#shown?.append(text.slice(0, room));
    if (this.#text.length > most.text)
      this.#tell(
        `Only the first ${most.text.toLocaleString('en')} characters are shown, of ${describeSize(this.#size)}.`,
      );
  }

  #offerSource(pretty: string): void {
    const pre = makePre('Body of the answer');
    pre.textContent = pretty;
    const toggle = makeButton(
      'Show as sent',
      () => {
        const isPretty = pre.textContent === pretty;
        pre.textContent = isPretty ? this.#text : pretty;
        toggle.textContent = isPretty ? 'Show indented' : 'Show as sent';
      },
      { kind: 'plate-link' },
    );
    this.#show(make('div', {}, pre, make('p', { class: 'server-actions' }, toggle)));
  }

  #showImage(): void {
    const blob = new Blob(this.#parts, { type: mediaType(this.#type) });
    this.#image = URL.createObjectURL(blob);
    const image = make('img', { class: 'server-image' });
    const name = `Image of type ${mediaType(this.#type)}, ${describeSize(this.#size)}`;
    image.alt = name;
    image.addEventListener('load', () => {
      this.#tell(`${name}, ${image.naturalWidth} × ${image.naturalHeight} pixels.`);
    });
    image.addEventListener('error', () => {
      this.#showHex();
      this.#tell(`It is called ${mediaType(this.#type)}, but it is no image that this browser knows.`);
    });
    image.src = this.#image;
    this.#show(image);
  }

  #showHex(): void {
    const pre = makePre('Body of the answer, in hexadecimal');
    pre.classList.add('server-hex');
    pre.textContent = hexLines(joinBytes(this.#parts).subarray(0, most.hex));
    this.#show(pre);
    this.#tell(
      this.#size > most.hex
        ? `${describeSize(this.#size)}, of which the first ${describeSize(most.hex)} are shown.`
        : describeSize(this.#size),
    );
  }

  #beginEvents(): void {
    const list = new MessageList('Events');
    this.#events = { parser: new EventStreamParser(), list, count: 0 };
    this.#show(list.element);
    this.#tell('No event has come yet.');
  }

  #addEvents(text: string): void {
    if (!this.#events) return;
    const { parser, list } = this.#events;
    const before = parser.retry;
    const events = parser.push(text);
    const at = performance.now() - this.#started;
    for (const [index, { type, data, id }] of events.entries()) {
      const facts = [`event: ${type}`];
      if (id !== '') facts.push(`id: ${id}`);
      if (index === 0 && parser.retry !== before) facts.push(`retry: ${parser.retry}`);
      list.add({ at, facts: facts.join(', '), text: data });
    }
    this.#events.count += events.length;
    const { count } = this.#events;
    if (count === 0) return;
    const cut = count > mostMessages ? `, of which the last ${mostMessages} are shown` : '';
    const waits =
      parser.retry === undefined
        ? ''
        : ` After a loss, a browser connects again in ${describeTime(parser.retry)}.`;
    this.#tell(`${count === 1 ? '1 event' : `${count} events`}${cut}.${waits}`);
  }
}

function makePre(label: string): HTMLPreElement {
  return make('pre', { class: 'server-text', role: 'region', label, focusable: true });
}
