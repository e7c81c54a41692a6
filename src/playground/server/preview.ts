/** A page of a program's server on screen, with an address line as a browser has it. */
import type { ProgramResponse, ProgramWebSocket } from '../../engine/engine.ts';
import { formatAddress, readAddress, readTyped } from './address.ts';
import type { Address } from './address.ts';
import type { CookieJar } from './cookie-jar.ts';
import { make, makeButton, uniqueId } from '../element.ts';
import { PreviewClient } from './preview-client.ts';
import type { SendRequest } from './preview-client.ts';
import { contentTypeOf, isHtml } from './body-kind.ts';
import { documentFor, longestPage } from './preview-document.ts';
import { PreviewFrame } from './preview-frame.ts';
import { PreviewLink } from './preview-link.ts';
import type { PreviewRequest } from './preview-protocol.ts';

/** Pages that a page may lead to by itself, before the reader does something: more is a circle. */
const mostUnasked = 30;

/** What a preview needs of its surroundings. */
export interface PreviewOptions {
  readonly port: number;
  readonly jar: CookieJar;
  readonly request: SendRequest;
  readonly connect: (port: number, path: string, protocols: readonly string[]) => Promise<ProgramWebSocket>;
}

/** How a page is come to. */
type Step = 'new' | 'replace' | 'back' | 'forward';

/** Shows one server, with a history, as far as its pages stay within the program. */
export class Preview {
  readonly element: HTMLElement;
  readonly #options: PreviewOptions;
  readonly #client: PreviewClient;
  readonly #frame: PreviewFrame;
  readonly #line = make('input', { class: 'server-input' });
  readonly #status = make('p', { class: 'server-note', role: 'status' });
  readonly #back: HTMLButtonElement;
  readonly #forward: HTMLButtonElement;
  readonly #reload: HTMLButtonElement;
  #past: Address[] = [];
  #future: Address[] = [];
  #address: Address;
  #link: PreviewLink | undefined;
  #loading: AbortController | undefined;
  #unasked = 0;
  /** The reader is writing an address: no page that comes meanwhile takes it away. */
  #isTyping = false;

  constructor(options: PreviewOptions) {
    this.#options = options;
    this.#client = new PreviewClient(options.request, options.jar);
    this.#address = { port: options.port, path: '/', hash: '' };
    this.#frame = new PreviewFrame({
      onReload: () => void this.#visit(this.#get(this.#address), 'replace'),
      onLost: () => this.#lose(),
    });
    this.#frame.element.title = `Page of localhost:${options.port}`;
    this.#back = makeButton('←', () => this.#step('back'), {
      kind: 'plate-button server-icon',
      label: 'Back',
    });
    this.#forward = makeButton('→', () => this.#step('forward'), {
      kind: 'plate-button server-icon',
      label: 'Forward',
    });
    this.#reload = makeButton('Reload', () => this.#reloadOrStop());
    this.element = this.#build();
    this.#showAddress();
  }

  /** Loads the page of its port; true where the server answered with one. */
  async open(): Promise<boolean> {
    this.#unasked = 0;
    const { signal } = this.#beginLoading();
    try {
      const visit = await this.#client.visit(this.#get(this.#address), { redirect: 'follow', signal });
      const isPage = isHtml(contentTypeOf(visit.response));
      await this.#show(visit.address, visit.response, signal);
      return isPage;
    } catch (error) {
      this.#fail(error, signal);
      return false;
    }
  }

  /** Loads the page again, as when the program was started anew. */
  reload(): void {
    this.#unasked = 0;
    void this.#visit(this.#get(this.#address), 'replace');
  }

  dispose(): void {
    this.#loading?.abort();
    this.#link?.close();
    this.#frame.dispose();
    this.element.remove();
  }

  #build(): HTMLElement {
    this.#line.id = uniqueId();
    this.#line.spellcheck = false;
    this.#line.autocapitalize = 'off';
    this.#line.setAttribute('enterkeyhint', 'go');
    const label = make('label', { class: 'visually-hidden', text: 'Address' });
    label.htmlFor = this.#line.id;
    const bar = make(
      'form',
      { class: 'preview-bar' },
      this.#back,
      this.#forward,
      this.#reload,
      label,
      this.#line,
    );
    bar.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#isTyping = false;
      this.#go(this.#line.value);
    });
    this.#line.addEventListener('input', () => (this.#isTyping = true));
    return make('div', { class: 'preview' }, bar, this.#status, this.#frame.element);
  }

  #go(text: string): void {
    const address = readTyped(text, this.#address.port);
    this.#unasked = 0;
    if (address) void this.#visit(this.#get(address), 'new');
    else this.#say('The preview reaches servers of the program alone. Write a path, such as /about.');
  }

  #step(step: 'back' | 'forward'): void {
    const address = (step === 'back' ? this.#past : this.#future).at(-1);
    this.#unasked = 0;
    if (address) void this.#visit(this.#get(address), step);
  }

  #reloadOrStop(): void {
    if (!this.#loading) return this.reload();
    this.#loading.abort(new Error('Stopped: the server had not answered yet.'));
  }

  #get(address: Address): PreviewRequest {
    const headers = [['Accept', 'text/html,application/xhtml+xml,image/*;q=0.9,*/*;q=0.8'] as const];
    return { method: 'GET', url: formatAddress(address), headers };
  }

  async #visit(request: PreviewRequest, step: Step): Promise<void> {
    this.#unasked += 1;
    if (this.#unasked > mostUnasked)
      return this.#say('The page leads from one to the next without end, so it was stopped.');
    const before = this.#address;
    const { signal } = this.#beginLoading();
    try {
      const { response, address } = await this.#client.visit(request, { redirect: 'follow', signal });
      // As a browser does with an answer that has nothing to show.
      if (response.status === 204 || response.status === 205)
        return this.#endLoading(signal, 'The server answered, with nothing to show (204 No Content).');
      this.#remember(before, step);
      await this.#show(address, response, signal);
    } catch (error) {
      this.#fail(error, signal);
    }
  }

  async #show(address: Address, response: ProgramResponse, signal: AbortSignal): Promise<void> {
    const type = contentTypeOf(response);
    const isStream = type.startsWith('text/event-stream');
    if (isStream) await response.body.cancel();
    const [bytes, notice] = isStream ? [new Uint8Array(), ''] : await readPage(response.body, signal);
    // Another visit may have begun at either of these moments: the frame is its own then.
    const isCurrent = (): boolean => this.#loading?.signal === signal;
    if (!isCurrent()) return;
    const port = await this.#frame.renew();
    if (!isCurrent()) return port.close();
    this.#link?.close();
    this.#address = address;
    const html = isStream
      ? documentFor(
          'text/plain',
          new TextEncoder().encode(
            'A stream of events. Send the request under Requests to see each as it comes.',
          ),
        )
      : documentFor(type, bytes);
    const host = {
      client: this.#client,
      jar: this.#options.jar,
      connect: this.#options.connect,
      onNavigate: (request: PreviewRequest) => this.#follow(request),
      onAddress: (moved: Address) => {
        this.#address = moved;
        this.#showAddress();
      },
      onFlood: () =>
        this.#say(
          'The page sends more than the preview can read, so its connection was cut. Reload it to try again.',
        ),
    };
    this.#link = new PreviewLink(port, host, address, html);
    const isBad = response.status >= 400;
    this.#endLoading(
      signal,
      notice || (isBad ? `The server answered ${response.status} ${response.statusText}.` : ''),
    );
  }

  #follow(request: PreviewRequest): void {
    if (readAddress(request.url)) void this.#visit(request, 'new');
    else
      this.#say(
        `The page leads to ${request.url.slice(0, 200)}, which is outside of the program. The preview does not go there.`,
      );
  }

  /** What the page wanted is not known: browsers tell nobody. */
  #lose(): void {
    this.#link?.close();
    this.#frame.clear();
    this.#say(
      'The page went elsewhere by a script in a way that the preview cannot follow. Reload it, or write the path above.',
    );
  }

  #remember(before: Address, step: Step): void {
    if (step === 'new') {
      this.#past.push(before);
      this.#future = [];
    } else if (step === 'back') {
      this.#past.pop();
      this.#future.push(before);
    } else if (step === 'forward') {
      this.#future.pop();
      this.#past.push(before);
    }
    this.#past = this.#past.slice(-50);
  }

  #beginLoading(): AbortController {
    this.#loading?.abort(new Error('Another page was asked for.'));
    const loading = new AbortController();
    this.#loading = loading;
    this.#reload.textContent = 'Stop';
    this.#say('Waiting for the server.');
    return loading;
  }

  #endLoading(signal: AbortSignal, sentence: string): void {
    if (this.#loading?.signal !== signal) return;
    this.#loading = undefined;
    this.#reload.textContent = 'Reload';
    this.#say(sentence);
    this.#showAddress();
  }

  #fail(error: unknown, signal: AbortSignal): void {
    this.#endLoading(signal, error instanceof Error ? error.message : String(error));
  }

  #say(sentence: string): void {
    this.#status.textContent = sentence;
  }

  #showAddress(): void {
    const { port, path, hash } = this.#address;
    const host = port === this.#options.port ? '' : `localhost:${port}`;
    if (!this.#isTyping) this.#line.value = `${host}${path}${hash}`;
    // Not disabled: a button that the reader has just pressed keeps the focus.
    this.#back.ariaDisabled = String(this.#past.length === 0);
    this.#forward.ariaDisabled = String(this.#future.length === 0);
  }
}

/** Reads a page to its end, or to the limit, or to where the reader stops it. */
async function readPage(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<[bytes: Uint8Array<ArrayBuffer>, notice: string]> {
  const reader = body.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  let notice = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(new Uint8Array(value));
      size += value.length;
      if (size <= longestPage) continue;
      await reader.cancel();
      notice = `The page is longer than ${longestPage / 1_000_000} MB: the rest is cut off.`;
      break;
    }
  } catch (error) {
    if (size === 0 && signal.aborted) throw error;
    notice = signal.aborted
      ? 'Stopped: this is what had come.'
      : `The page is incomplete. ${error instanceof Error ? error.message : String(error)}`;
  }
  return [new Uint8Array(await new Blob(parts).arrayBuffer()), notice];
}
