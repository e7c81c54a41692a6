/** An answer on screen: status, headers, body, how long it took, and whether it is the recorded one. */
import type { ResponseHead } from '../../engine/engine.ts';
import { joinBytes } from '../join-bytes.ts';
import { fromBase64 } from './base64.ts';
import { BodyView } from './body-view.ts';
import { make } from '../element.ts';
import { compareExchange } from './exchange-comparison.ts';
import { formatHeaderLines } from './header-lines.ts';
import { describeSize } from './hex.ts';
import { contentTypeOf } from './body-kind.ts';
import type { RecordedResponse } from './saved-request.ts';
import { classOf, describeStatus, describeTime } from './status.ts';

/** Bytes that are kept to be compared. */
const mostCompared = 5_000_000;

/** Where an answer goes; it is one region that speaks when its sentence changes. */
export class ResponseView {
  readonly element: HTMLElement;
  readonly #label = make('p', { class: 'server-label' });
  readonly #status = make('p', { class: 'server-status', role: 'status' });
  readonly #comparison = make('p', { class: 'server-comparison', role: 'status' });
  readonly #content = make('div');
  #body: BodyView | undefined;

  constructor() {
    this.element = make(
      'section',
      { class: 'server-response', label: 'Answer', hidden: true },
      this.#label,
      this.#status,
      this.#comparison,
      this.#content,
    );
  }

  /** Shows what real Node answered. */
  showRecorded(recorded: RecordedResponse): void {
    this.#begin('Recorded on real Node');
    this.#showHead(recorded, undefined);
    const bytes =
      recorded.encoding === 'base64' ? fromBase64(recorded.body) : new TextEncoder().encode(recorded.body);
    this.#body?.add(bytes);
    this.#body?.end(true);
  }

  /** A request is on its way. */
  wait(sentence: string): void {
    this.#begin('');
    this.#say(sentence);
  }

  /** Nothing came, or no more will. */
  fail(sentence: string): void {
    this.#say(sentence);
    this.#status.dataset['class'] = 'server-error';
  }

  /** Nothing to show. */
  clear(): void {
    this.#begin('');
    this.element.hidden = true;
  }

  /**
   * Shows an answer as it comes; resolves with the milliseconds until all of it was there. Rejects where it breaks off.
   * `started`: when the request was sent, as `performance.now()` has it.
   */
  async show(
    response: ResponseHead & { readonly body: ReadableStream<Uint8Array> },
    started: number,
    recorded: RecordedResponse | undefined,
  ): Promise<number> {
    const headAt = performance.now() - started;
    this.#begin('Answer');
    this.#showHead(response, started);
    const words = describeStatus(response.status, response.statusText);
    this.#say(`${words}. Head after ${describeTime(headAt)}, the body is on its way.`);
    const parts: Uint8Array[] = [];
    let size = 0;
    const body = this.#body;
    const reader = response.body.getReader();
    let isWhole = false;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        size += value.length;
        if (size <= mostCompared) parts.push(value);
        body?.add(value);
      }
      isWhole = true;
    } finally {
      body?.end(isWhole);
    }
    const duration = performance.now() - started;
    this.#say(
      `${words}. Head after ${describeTime(headAt)}, all after ${describeTime(duration)}, ${describeSize(size)}.`,
    );
    if (recorded) this.#compare(recorded, response.status, size <= mostCompared ? parts : []);
    return duration;
  }

  #begin(label: string): void {
    this.#body?.dispose();
    this.#body = undefined;
    this.element.hidden = false;
    this.#label.textContent = label;
    this.#label.hidden = label === '';
    this.#status.textContent = '';
    delete this.#status.dataset['class'];
    this.#comparison.textContent = '';
    this.#content.replaceChildren();
  }

  #showHead(head: ResponseHead, started: number | undefined): void {
    this.#say(`${describeStatus(head.status, head.statusText)}.`);
    this.#status.dataset['class'] = classOf(head.status);
    const summary = make('summary', {
      text: head.headers.length === 1 ? '1 header' : `${head.headers.length} headers`,
    });
    const lines = make('pre', {
      class: 'server-text',
      role: 'region',
      label: 'Headers of the answer',
      focusable: true,
    });
    lines.textContent = formatHeaderLines(head.headers);
    this.#body = new BodyView(contentTypeOf(head), started ?? performance.now());
    this.#content.replaceChildren(
      make('details', { class: 'server-headers' }, summary, lines),
      this.#body.element,
    );
  }

  #compare(recorded: RecordedResponse, status: number, parts: readonly Uint8Array[]): void {
    const body = joinBytes(parts);
    const { isSame, sentence } = compareExchange(recorded, { status, body });
    this.#comparison.textContent = sentence;
    this.#comparison.dataset['same'] = String(isSame);
  }

  #say(sentence: string): void {
    this.#status.textContent = sentence;
  }
}
