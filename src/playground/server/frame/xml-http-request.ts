/** An `XMLHttpRequest` that reaches the program; the synchronous form has no way to. */
import { defineStates, Emitter } from './emitter.ts';

/** The class with which the page's own is replaced. */
export function createXmlHttpRequest(send: typeof fetch): new () => EventTarget {
  class PreviewXMLHttpRequest extends Emitter {
    readonly upload = new Emitter();
    readyState = 0;
    status = 0;
    statusText = '';
    responseURL = '';
    responseType: XMLHttpRequestResponseType = '';
    response: unknown = '';
    responseText = '';
    timeout = 0;
    withCredentials = false;
    #method = '';
    #url = '';
    #headers = new Headers();
    #answer = new Headers();
    #abort = new AbortController();

    get responseXML(): unknown {
      return this.responseType === 'document' ? this.response : toDocument(this.responseText, this.#answer);
    }

    open(method: string, url: string | URL, isAsync = true): void {
      if (!isAsync)
        throw new DOMException('The preview has no synchronous requests. Use fetch.', 'InvalidAccessError');
      this.#abort.abort();
      this.#abort = new AbortController();
      this.#method = method.toUpperCase();
      this.#url = String(url);
      this.#headers = new Headers();
      this.#move(1);
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers.append(name, value);
    }

    // What the type is for is decided by `responseType` here.
    overrideMimeType(): void {}

    getResponseHeader(name: string): string | null {
      return this.#answer.get(name);
    }

    getAllResponseHeaders(): string {
      return [...this.#answer].map(([name, value]) => `${name}: ${value}\r\n`).join('');
    }

    send(body: BodyInit | null = null): void {
      if (this.readyState !== 1) throw new DOMException('It is not open.', 'InvalidStateError');
      const abort = this.#abort;
      if (this.timeout > 0) setTimeout(() => this.#end(abort, 'timeout'), this.timeout);
      this.#progress('loadstart');
      this.#run(body, abort).catch(() => this.#end(abort, 'error'));
    }

    abort(): void {
      this.#end(this.#abort, 'abort');
    }

    async #run(content: BodyInit | null, abort: AbortController): Promise<void> {
      const { signal } = abort;
      const body = /^(?:GET|HEAD)$/.test(this.#method) ? null : content;
      const answer = await send(this.#url, { method: this.#method, headers: this.#headers, body, signal });
      this.status = answer.status;
      this.statusText = answer.statusText;
      this.responseURL = answer.url;
      this.#answer = answer.headers;
      this.#move(2);
      const blob = await answer.blob();
      const kind = this.responseType;
      const text = await blob.text();
      if (kind === '' || kind === 'text') this.responseText = text;
      this.response =
        kind === 'blob'
          ? blob
          : kind === 'arraybuffer'
            ? await blob.arrayBuffer()
            : kind === 'json'
              ? toJson(text)
              : kind === 'document'
                ? toDocument(text, answer.headers)
                : text;
      if (signal.aborted) return;
      this.#move(3);
      this.#progress('progress', blob.size);
      this.#move(4);
      this.#progress('load', blob.size);
      this.#progress('loadend', blob.size);
    }

    #end(abort: AbortController, type: string): void {
      if (abort.signal.aborted || abort !== this.#abort || this.readyState === 4) return;
      abort.abort();
      this.status = 0;
      this.#move(4);
      this.#progress(type);
      this.#progress('loadend');
    }

    #move(state: number): void {
      this.readyState = state;
      this.emit(new Event('readystatechange'));
    }

    #progress(type: string, loaded = 0): void {
      this.emit(new ProgressEvent(type, { loaded }));
    }
  }
  defineStates(PreviewXMLHttpRequest, 'UNSENT', 'OPENED', 'HEADERS_RECEIVED', 'LOADING', 'DONE');
  return PreviewXMLHttpRequest;
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toDocument(text: string, headers: Headers): Document | null {
  const isHtml = headers.get('content-type')?.includes('html');
  return text === '' ? null : new DOMParser().parseFromString(text, isHtml ? 'text/html' : 'text/xml');
}
