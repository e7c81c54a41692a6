/** The document's end of its port to the page: requests and WebSockets to the program. */
import type { ResponseHead } from '../../../engine/engine.ts';
import { resolveUrl } from '../address.ts';
import type { PreviewCommand, PreviewMessage, PreviewRequest, Redirect } from '../preview-protocol.ts';

/** An answer of the program. */
export interface FrameResponse extends ResponseHead {
  readonly url: string;
  readonly isRedirected: boolean;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>;
}

/** What an exchange does with what comes back. */
type Receive = (command: PreviewCommand) => void;

/** What a WebSocket tells. */
export interface SocketEvents {
  onOpen(protocol: string): void;
  onMessage(message: string | Uint8Array<ArrayBuffer>): void;
  onClose(code: number, reason: string): void;
  onError(message: string): void;
}

/** Numbers requests and WebSockets, and hands what comes back to whom it is for. */
export class Link {
  readonly #port: MessagePort;
  readonly #open = new Map<number, Receive>();
  #count = 0;
  /** What `document.cookie` says. */
  cookie = '';

  constructor(port: MessagePort, onShow: (command: PreviewCommand & { type: 'show' }) => void) {
    this.#port = port;
    // The page's own messages, which are of this type.
    port.addEventListener('message', ({ data }: MessageEvent<PreviewCommand>) => {
      if (data.type === 'show' || data.type === 'cookie')
        this.cookie = data.type === 'show' ? data.cookie : data.text;
      if (data.type === 'show') onShow(data);
      else if (data.type !== 'cookie') this.#open.get(data.id)?.(data);
    });
    port.start();
  }

  /** A URL of this page, absolute; throws a `SyntaxError` as a browser does. */
  resolve(text: string): string {
    const url = resolveUrl(text, document.baseURI);
    if (url === undefined) throw new DOMException(`'${text}' is not a valid URL.`, 'SyntaxError');
    return url;
  }

  tell(message: PreviewMessage): void {
    // A message port, not a window: the list is what it transfers.
    this.#port.postMessage(message, []);
  }

  /** Rejects with an error that says why nothing came. */
  request(request: PreviewRequest, redirect: Redirect, signal?: AbortSignal): Promise<FrameResponse> {
    const id = ++this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<FrameResponse>();
    let controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
    const end = (): void => {
      this.#open.delete(id);
      signal?.removeEventListener('abort', abort);
    };
    const fail = (error: unknown): void => {
      end();
      reject(error);
      controller?.error(error);
    };
    const abort = (): void => {
      this.tell({ type: 'cancel', id });
      fail(signal?.reason);
    };
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (given) => void (controller = given),
        pull: () => this.tell({ type: 'pull', id }),
        cancel: () => {
          end();
          this.tell({ type: 'cancel', id });
        },
      },
      { highWaterMark: 0 },
    );
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    signal?.addEventListener('abort', abort);
    this.#open.set(id, (command) => {
      if (command.type === 'response')
        resolve({ ...command.head, url: command.url, isRedirected: command.isRedirected, body });
      // Copies of their own, which structured cloning made.
      else if (command.type === 'body') controller?.enqueue(command.bytes as Uint8Array<ArrayBuffer>);
      else if (command.type === 'body-end') {
        end();
        controller?.close();
      } else if (command.type === 'failed') fail(new Error(command.message));
    });
    this.tell({ type: 'request', id, request, redirect });
    return promise;
  }

  /** The whole answer to a GET, for what a page is made of. */
  async get(url: string, accept = '*/*'): Promise<{ ok: boolean; blob: Blob }> {
    const headers = [['Accept', accept]] as const;
    const { status, headers: answered, body } = await this.request({ method: 'GET', url, headers }, 'follow');
    const type = answered.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
    const blob = await new Response(body, { headers: { 'Content-Type': type } }).blob();
    return { ok: status >= 200 && status < 300, blob };
  }

  connect(url: string, protocols: readonly string[], events: SocketEvents) {
    const id = ++this.#count;
    const pull = (): void => this.tell({ type: 'pull', id });
    this.#open.set(id, (command) => {
      if (command.type === 'connected') {
        events.onOpen(command.protocol);
        pull();
      } else if (command.type === 'message') {
        // A copy of its own, which structured cloning made.
        events.onMessage(command.message as string | Uint8Array<ArrayBuffer>);
        pull();
      } else if (command.type === 'closed') {
        this.#open.delete(id);
        events.onClose(command.code, command.reason);
      } else if (command.type === 'failed') {
        this.#open.delete(id);
        events.onError(command.message);
      }
    });
    this.tell({ type: 'connect', id, url, protocols });
    return {
      send: (message: string | Uint8Array) => this.tell({ type: 'send', id, message }),
      close: (code: number, reason: string) => this.tell({ type: 'close', id, code, reason }),
      cancel: () => this.tell({ type: 'cancel', id }),
    };
  }
}
