/** The request console: any request to a server of the program, and what it answers. */
import type { ProgramRequest, ProgramResponse } from '../../engine/engine.ts';
import { copyText } from '../copy-text.ts';
import { randomId } from '../random-id.ts';
import { isKeepable } from '../store/kept.ts';
import type { KeptRequest } from '../store/kept.ts';
import { toCurl } from './curl.ts';
import { make, makeButton, makeField } from '../element.ts';
import { formatHeaderLines, joinHeaders, parseHeaderLines } from './header-lines.ts';
import { RequestList } from './request-list.ts';
import { ResponseView } from './response-view.ts';
import type { RecordedResponse, SavedRequest } from './saved-request.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** What the console needs of its surroundings. */
export interface RequestConsoleOptions {
  readonly saved: readonly SavedRequest[];
  readonly history: { read(): Promise<KeptRequest[]>; add(request: KeptRequest): void };
  /** The port that the reader has chosen. */
  port(): number;
  /** Lets another port be the chosen one, where it listens. */
  choosePort(port: number): void;
  request(port: number, request: ProgramRequest, signal: AbortSignal): Promise<ProgramResponse>;
}

/** What the form holds. */
interface Filled {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly port?: number;
}

/** A form, what was sent before, and the answer. One request at a time. */
export class RequestConsole {
  readonly element: HTMLElement;
  readonly #options: RequestConsoleOptions;
  readonly #method = make('select', { class: 'server-input' });
  readonly #path = make('input', { class: 'server-input' });
  readonly #headers = make('textarea', { class: 'server-input' });
  readonly #body = make('textarea', { class: 'server-input' });
  readonly #more: HTMLDetailsElement;
  readonly #send = make('button', { class: 'plate-button', type: 'submit', text: 'Send' });
  readonly #copied = make('span', { class: 'server-note', role: 'status' });
  readonly #list: RequestList;
  readonly #view = new ResponseView();
  /** The recorded answer to what the form was filled with. */
  #recorded: { readonly key: string; readonly response: RecordedResponse } | undefined;
  #sending: AbortController | undefined;

  constructor(options: RequestConsoleOptions) {
    this.#options = options;
    this.#method.append(...methods.map((name) => new Option(name)));
    this.#path.value = '/';
    for (const control of [this.#path, this.#headers, this.#body]) {
      control.spellcheck = false;
      control.autocapitalize = 'off';
    }
    this.#headers.rows = 2;
    this.#headers.placeholder = 'Content-Type: application/json';
    this.#body.rows = 3;
    this.#more = make(
      'details',
      { class: 'server-more' },
      make('summary', { text: 'Headers and body' }),
      makeField('Headers, one a line', this.#headers),
      makeField('Body', this.#body),
    );
    this.#list = new RequestList(options.saved, {
      onSaved: (saved) => this.#choose(saved),
      onKept: (kept) => {
        this.#fill(kept);
        this.#recorded = this.#recordedFor(kept);
        void this.#start();
      },
    });
    this.element = make(
      'div',
      { class: 'server-requests' },
      this.#list.element,
      this.#build(),
      this.#view.element,
    );
    const [first] = options.saved;
    if (first) this.#show(first);
    options.history.read().then(
      (kept) => this.#list.showHistory(kept),
      () => {}, // Nothing is kept here: that is said elsewhere.
    );
  }

  /** Breaks off what is under way. */
  dispose(): void {
    this.#sending?.abort(new Error('Cancelled.'));
    this.#view.clear();
  }

  #build(): HTMLFormElement {
    const form = make(
      'form',
      { class: 'server-form', label: 'Request' },
      makeField('Method', this.#method),
      makeField('Path', this.#path, 'server-grow'),
      this.#send,
      this.#more,
      make(
        'p',
        { class: 'server-actions' },
        makeButton('Copy as curl', () => void this.#copy(), { kind: 'plate-link' }),
        this.#copied,
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#sending) this.#sending.abort(new Error('Cancelled.'));
      else void this.#start();
    });
    form.addEventListener('input', () => (this.#copied.textContent = ''));
    form.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      // Else the shortcut would run the program.
      event.stopPropagation();
      void this.#start();
    });
    return form;
  }

  /** Fills the form, shows the recorded answer, sends. */
  #choose(saved: SavedRequest): void {
    this.#show(saved);
    void this.#start();
  }

  #show(saved: SavedRequest): void {
    this.#fill(saved);
    this.#recorded = saved.recorded ? { key: keyOf(saved), response: saved.recorded } : undefined;
    if (saved.recorded) this.#view.showRecorded(saved.recorded);
    else this.#view.clear();
  }

  #fill({ method, path, headers, body, port }: Filled): void {
    if (![...this.#method.options].some(({ value }) => value === method))
      this.#method.add(new Option(method));
    this.#method.value = method;
    this.#path.value = path;
    this.#headers.value = formatHeaderLines(headers);
    this.#body.value = body ?? '';
    this.#copied.textContent = '';
    if (headers.length > 0 || body !== undefined) this.#more.open = true;
    if (port !== undefined) this.#options.choosePort(port);
  }

  /** What the form holds; a string says what is wrong. */
  #read(): Filled | string {
    const read = parseHeaderLines(this.#headers.value);
    if ('problem' in read) {
      this.#more.open = true;
      this.#headers.focus();
      return read.problem;
    }
    const path = this.#path.value.trim();
    if (/^[a-z]+:\/\//i.test(path))
      return 'Write the path alone, such as /about: the server is chosen above.';
    const url = URL.parse(`/${path.replace(/^\/+/, '')}`, 'http://localhost');
    if (!url) return 'This is no path. Write one such as /about?page=2.';
    const encoded = url.pathname + url.search;
    const body = this.#body.value;
    const method = this.#method.value;
    if (body !== '' && (method === 'GET' || method === 'HEAD'))
      return `A ${method} has no body. Choose another method, or empty the body.`;
    return { method, path: encoded, headers: read.headers, ...(body === '' ? {} : { body }) };
  }

  async #start(): Promise<void> {
    const filled = this.#read();
    if (typeof filled === 'string') {
      this.#view.wait('');
      return this.#view.fail(filled);
    }
    this.#sending?.abort(new Error('Another request was sent.'));
    const sending = new AbortController();
    this.#sending = sending;
    this.#send.textContent = 'Cancel';
    const port = this.#options.port();
    const recorded = this.#recorded?.key === keyOf(filled) ? this.#recorded.response : undefined;
    const kept = { id: randomId(), at: Date.now(), port, ...filled };
    const started = performance.now();
    let status: number | undefined;
    if (!recorded) this.#view.wait('Waiting for the server.');
    try {
      const { headers, ...rest } = filled;
      const request = { ...rest, headers: joinHeaders(headers) };
      const response = await this.#options.request(port, request, sending.signal);
      // What was broken off already cannot be cancelled: that is no news.
      if (this.#sending !== sending) return void response.body.cancel().catch(() => {});
      ({ status } = response);
      // A stream may never end: it is in the list from its head on.
      this.#list.addToHistory({ ...kept, status });
      const duration = await this.#view.show(response, started, recorded);
      this.#keep({ ...kept, status, duration: Math.round(duration) });
    } catch (error) {
      this.#keep(status === undefined ? kept : { ...kept, status });
      if (this.#sending !== sending) return;
      if (status === undefined) this.#view.wait('');
      this.#view.fail(error instanceof Error ? error.message : String(error));
    } finally {
      if (this.#sending === sending) {
        this.#sending = undefined;
        this.#send.textContent = 'Send';
      }
    }
  }

  #keep(kept: KeptRequest): void {
    this.#list.addToHistory(kept);
    // One that is too long is here until the pane goes.
    if (isKeepable(kept)) this.#options.history.add(kept);
  }

  #recordedFor(filled: Filled): { key: string; response: RecordedResponse } | undefined {
    const key = keyOf(filled);
    const response = this.#options.saved.find((saved) => keyOf(saved) === key)?.recorded;
    return response && { key, response };
  }

  async #copy(): Promise<void> {
    const filled = this.#read();
    if (typeof filled === 'string') return void (this.#copied.textContent = filled);
    try {
      await copyText(toCurl({ ...filled, port: this.#options.port() }));
      this.#copied.textContent = 'Copied. It works where the program runs on your own machine.';
    } catch {
      this.#copied.textContent = 'The browser did not let it be copied.';
    }
  }
}

/** What makes two requests the same. */
function keyOf({ method, path, headers, body }: Filled): string {
  return JSON.stringify([method, path, headers, body ?? '']);
}
