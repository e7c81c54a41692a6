/** An `EventSource` that reaches the program, and connects again as a browser's does. */
import { EventStreamParser } from '../event-stream.ts';
import { defineStates, Emitter } from './emitter.ts';
import type { Link } from './link.ts';

/** The class with which the page's own is replaced. */
export function createEventSource(
  link: Link,
  send: typeof fetch,
): new (url: string | URL, options?: EventSourceInit) => EventTarget {
  class PreviewEventSource extends Emitter {
    readonly url: string;
    readonly withCredentials: boolean;
    readyState = 0;
    readonly #abort = new AbortController();
    #parser = new EventStreamParser();

    constructor(url: string | URL, { withCredentials = false }: EventSourceInit = {}) {
      super();
      this.url = link.resolve(String(url));
      this.withCredentials = withCredentials;
      void this.#connect();
    }

    close(): void {
      this.readyState = 2;
      this.#abort.abort();
    }

    async #connect(): Promise<void> {
      const { signal } = this.#abort;
      const { lastId, retry } = this.#parser;
      this.#parser = new EventStreamParser(lastId, retry);
      try {
        const headers = new Headers({ Accept: 'text/event-stream', 'Cache-Control': 'no-cache' });
        if (lastId !== '') headers.set('Last-Event-ID', lastId);
        const { status, headers: answered, body } = await send(this.url, { headers, signal });
        if (status !== 200 || !/^text\/event-stream\s*(?:;|$)/i.test(answered.get('content-type') ?? '')) {
          console.error(`EventSource: ${this.url} answered ${status}, or no event stream.`);
          this.close();
        } else {
          this.readyState = 1;
          this.emit(new Event('open'));
          await this.#read(body);
        }
      } catch {
        // Broken off: by `close`, which has said so, or by the server, and then it tries again.
        if (signal.aborted) return;
      }
      if (!signal.aborted) {
        this.readyState = 0;
        // As long as browsers wait where the server names no time.
        setTimeout(() => signal.aborted || void this.#connect(), this.#parser.retry ?? 3000);
      }
      this.emit(new Event('error'));
    }

    async #read(body: ReadableStream<Uint8Array<ArrayBuffer>> | null): Promise<void> {
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const piece = await reader?.read();
        if (!piece || piece.done) return;
        for (const { type, data, id } of this.#parser.push(piece.value)) {
          if (this.readyState === 2) return;
          const { origin } = new URL(this.url);
          this.emit(new MessageEvent(type, { data, lastEventId: id, origin }));
        }
      }
    }
  }
  defineStates(PreviewEventSource, 'CONNECTING', 'OPEN', 'CLOSED');
  return PreviewEventSource;
}
