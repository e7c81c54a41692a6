/** The page's end of the port to one previewed document: answers what it asks of the program. */
import type { ProgramWebSocket } from '../../engine/engine.ts';
import { Backlog } from '../../engine/embedded/backlog.ts';
import { formatAddress, readAddress } from './address.ts';
import type { Address } from './address.ts';
import type { CookieJar } from './cookie-jar.ts';
import type { PreviewClient } from './preview-client.ts';
import { limits, readPreviewMessage } from './preview-protocol.ts';
import type { PreviewCommand, PreviewMessage, PreviewRequest } from './preview-protocol.ts';

/** What a document needs of its surroundings. */
export interface PreviewLinkHost {
  readonly client: PreviewClient;
  readonly jar: CookieJar;
  readonly connect: (port: number, path: string, protocols: readonly string[]) => Promise<ProgramWebSocket>;
  onNavigate(request: PreviewRequest): void;
  onAddress(address: Address): void;
  /** It sends more than the page can read: its link is cut. */
  onFlood(): void;
}

/** A request or a WebSocket. */
interface Exchange {
  readonly abort: AbortController;
  reader?: ReadableStreamDefaultReader<string | Uint8Array>;
  socket?: ProgramWebSocket;
}

/** Serves one document, from its page to `close`. What it sends is checked, counted and limited. */
export class PreviewLink {
  readonly #port: MessagePort;
  readonly #host: PreviewLinkHost;
  readonly #backlog = new Backlog();
  readonly #open = new Map<number, Exchange>();
  #address: Address;
  #cookie: string;

  /** Sends the document its page first. */
  constructor(port: MessagePort, host: PreviewLinkHost, address: Address, html: string) {
    this.#port = port;
    this.#host = host;
    this.#address = address;
    this.#cookie = host.jar.forScript(address.path);
    port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (this.#backlog.add()) {
        this.close();
        host.onFlood();
        return;
      }
      const message = readPreviewMessage(data);
      if (message) this.#receive(message);
    });
    port.start();
    this.#tell({ type: 'show', url: formatAddress(address), html, cookie: this.#cookie });
  }

  /** Ends all that the document has under way. */
  close(): void {
    this.#port.close();
    this.#backlog.close();
    for (const id of this.#open.keys()) this.#cancel(id);
  }

  #receive(message: PreviewMessage): void {
    switch (message.type) {
      case 'request':
        return this.#begin(message.id, (exchange) => this.#request(message, exchange));
      case 'connect':
        return this.#begin(message.id, (exchange) => this.#connect(message, exchange));
      case 'pull':
        return void this.#pull(message.id);
      case 'cancel':
        return this.#cancel(message.id);
      case 'send':
        return this.#open.get(message.id)?.socket?.send(message.message);
      case 'close':
        return this.#close(message.id, message.code, message.reason);
      case 'navigate':
        return this.#host.onNavigate(message.request);
      case 'address':
        return this.#readdress(message.url);
      case 'cookie':
        this.#host.jar.set(message.text, this.#address.path, true);
        return this.#tellCookie();
    }
  }

  #begin(id: number, work: (exchange: Exchange) => Promise<void>): void {
    if (this.#open.has(id)) return;
    if (this.#open.size >= limits.open)
      return this.#tell({
        type: 'failed',
        id,
        message: `The page has ${limits.open} requests open already.`,
      });
    const exchange: Exchange = { abort: new AbortController() };
    this.#open.set(id, exchange);
    work(exchange).catch((error: unknown) => {
      this.#tell({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
      this.#open.delete(id);
    });
  }

  async #request(
    { id, request, redirect }: PreviewMessage & { type: 'request' },
    exchange: Exchange,
  ): Promise<void> {
    const { signal } = exchange.abort;
    const visit = await this.#host.client.visit(request, { redirect, signal, from: this.#address });
    const { status, statusText, body } = visit.response;
    // What was broken off already cannot be cancelled: that is no news.
    if (signal.aborted) return void body.cancel().catch(() => {});
    exchange.reader = body.getReader();
    // Cookies are out of a script's sight, but for what `document.cookie` tells.
    const headers = visit.response.headers.filter(([name]) => name.toLowerCase() !== 'set-cookie');
    this.#tellCookie();
    const { address, isRedirected } = visit;
    const head = { status, statusText, headers };
    this.#tell({ type: 'response', id, head, url: formatAddress({ ...address, hash: '' }), isRedirected });
  }

  async #connect(
    { id, url, protocols }: PreviewMessage & { type: 'connect' },
    exchange: Exchange,
  ): Promise<void> {
    const address = readAddress(url);
    if (!address) throw new Error('The preview reaches servers of the program alone.');
    const socket = await this.#host.connect(address.port, address.path, protocols);
    if (exchange.abort.signal.aborted) return socket.close();
    exchange.socket = socket;
    exchange.reader = socket.messages.getReader();
    this.#tell({ type: 'connected', id, protocol: socket.protocol });
    const { code, reason } = await socket.closed;
    this.#open.delete(id);
    this.#tell({ type: 'closed', id, code, reason });
  }

  async #pull(id: number): Promise<void> {
    const exchange = this.#open.get(id);
    if (!exchange?.reader) return;
    try {
      const { done, value } = await exchange.reader.read();
      if (exchange.abort.signal.aborted) return;
      if (value instanceof Uint8Array && !exchange.socket) this.#tell({ type: 'body', id, bytes: value });
      else if (value !== undefined) this.#tell({ type: 'message', id, message: value });
      else if (done && !exchange.socket) {
        this.#open.delete(id);
        this.#tell({ type: 'body-end', id });
      }
    } catch (error) {
      this.#open.delete(id);
      this.#tell({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #cancel(id: number): void {
    const exchange = this.#open.get(id);
    if (!exchange) return;
    this.#open.delete(id);
    exchange.abort.abort(new Error('It was broken off.'));
    exchange.socket?.close();
    // A body that failed before cannot be cancelled: that is no news.
    if (!exchange.socket) exchange.reader?.cancel().catch(() => {});
  }

  #close(id: number, code: number, reason: string): void {
    try {
      this.#open.get(id)?.socket?.close(code, reason);
    } catch {
      // A code that no page may give: the document's own WebSocket does not send it.
      this.#cancel(id);
    }
  }

  #readdress(url: string): void {
    const address = readAddress(url);
    // As in a browser, a script cannot move its page to another origin.
    if (address?.port !== this.#address.port) return;
    this.#address = address;
    this.#host.onAddress(address);
  }

  #tellCookie(): void {
    const cookie = this.#host.jar.forScript(this.#address.path);
    if (cookie !== this.#cookie) this.#tell({ type: 'cookie', text: cookie });
    this.#cookie = cookie;
  }

  #tell(command: PreviewCommand): void {
    // A message port, not a window: the list is what it transfers.
    this.#port.postMessage(command, []);
  }
}
