/** Requests and WebSockets of the page to servers of one program. */
import type {
  ProgramRequest,
  ProgramResponse,
  ProgramWebSocket,
  ResponseHead,
  WebSocketEnd,
} from '../engine.ts';
import { checkClose } from '../web-socket-close.ts';
import type { ExchangeMessage, ProcessCommand } from './protocol.ts';

const abnormal = 1006;
/** Milliseconds that a server may take to open a WebSocket, and to answer when it is closed. */
const patience = 30_000;

/** One request or WebSocket: what its messages do. */
interface Exchange {
  receive(message: ExchangeMessage): void;
  fail(error: Error): void;
}

/** Pieces that come unasked: what a WebSocket has left when it closes. */
const mostUnasked = 64;

/** A stream that asks for its pieces one by one, so that it is never flooded. */
class PulledStream<Piece> {
  readonly stream: ReadableStream<Piece>;
  #controller: ReadableStreamDefaultController<Piece> | undefined;
  #pulled: (() => void) | undefined;
  #unasked = 0;

  constructor(pull: () => void, cancel: () => void) {
    this.stream = new ReadableStream<Piece>({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () =>
        new Promise<void>((resolve) => {
          this.#pulled = resolve;
          pull();
        }),
      cancel: () => {
        this.#controller = undefined;
        this.#pulled?.();
        cancel();
      },
    });
  }

  add(piece: Piece): void {
    const pulled = this.#pulled;
    if (!pulled && ++this.#unasked > mostUnasked) return;
    this.#controller?.enqueue(piece);
    this.#pulled = undefined;
    pulled?.();
  }

  close(): void {
    this.#controller?.close();
    this.#release();
  }

  fail(error: Error): void {
    this.#controller?.error(error);
    this.#release();
  }

  #release(): void {
    this.#controller = undefined;
    this.#pulled?.();
  }
}

/** Numbers them, and hands what comes back to whom it is for. */
export class Exchanges {
  readonly #send: (command: ProcessCommand) => void;
  readonly #open = new Map<number, Exchange>();
  #count = 0;

  constructor(send: (command: ProcessCommand) => void) {
    this.#send = send;
  }

  request(port: number, request: ProgramRequest, signal: AbortSignal | undefined): Promise<ProgramResponse> {
    const id = ++this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<ProgramResponse>();
    let body: PulledStream<Uint8Array> | undefined;
    const end = (): void => {
      this.#open.delete(id);
      signal?.removeEventListener('abort', abort);
    };
    const cancel = (): void => {
      end();
      this.#send({ type: 'cancel', id });
    };
    const fail = (error: Error): void => {
      end();
      reject(error);
      body?.fail(error);
    };
    const abort = (): void => {
      cancel();
      fail(reasonOf(signal));
    };
    const receiveHead = (head: ResponseHead): void => {
      if (body) return;
      body = new PulledStream(() => this.#send({ type: 'pull', id }), cancel);
      resolve({ ...head, body: body.stream });
    };
    if (signal?.aborted === true) return Promise.reject(reasonOf(signal));
    signal?.addEventListener('abort', abort);
    this.#open.set(id, {
      fail,
      receive(message) {
        if (message.type === 'response') receiveHead(message.head);
        else if (message.type === 'body') body?.add(message.bytes);
        else if (message.type === 'body-end') {
          end();
          body?.close();
        } else if (message.type === 'request-failed') fail(new Error(message.message));
      },
    });
    const { body: content, ...rest } = request;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    this.#send({ type: 'request', id, port, request: { ...rest, ...(bytes ? { body: bytes } : {}) } });
    return promise;
  }

  connect(port: number, path: string, protocols: readonly string[]): Promise<ProgramWebSocket> {
    const id = ++this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<ProgramWebSocket>();
    const closed = Promise.withResolvers<WebSocketEnd>();
    const messages = new PulledStream<string | Uint8Array>(
      () => this.#send({ type: 'pull', id }),
      () => close(1000, ''),
    );
    const end = (result: WebSocketEnd): void => {
      clearTimeout(deadline);
      this.#open.delete(id);
      messages.close();
      closed.resolve(result);
    };
    const fail = (error: Error): void => {
      reject(error);
      end({ code: abnormal, reason: error.message });
    };
    const cancel = (sentence: string): void => {
      this.#send({ type: 'cancel', id });
      fail(new Error(sentence));
    };
    const close = (code: number, reason: string): void => {
      if (!this.#open.has(id)) return;
      this.#send({ type: 'close', id, code, reason });
      clearTimeout(deadline);
      deadline = setTimeout(() => cancel('The server did not answer.'), patience);
    };
    let deadline = setTimeout(
      () => cancel(`The program's server did not open the WebSocket at ${path}.`),
      patience,
    );
    const socket = (protocol: string): ProgramWebSocket => ({
      protocol,
      messages: messages.stream,
      closed: closed.promise,
      send: (message) => {
        if (this.#open.has(id)) this.#send({ type: 'send', id, message });
      },
      close: (code = 1000, reason = '') => {
        checkClose(code, reason);
        close(code, reason);
      },
    });
    this.#open.set(id, {
      fail,
      receive(message) {
        if (message.type === 'connected') {
          clearTimeout(deadline);
          resolve(socket(message.protocol));
        } else if (message.type === 'message') messages.add(message.message);
        else if (message.type === 'closed') end({ code: message.code, reason: message.reason });
        else if (message.type === 'request-failed') fail(new Error(message.message));
      },
    });
    this.#send({ type: 'connect', id, port, path, protocols });
    return promise;
  }

  /** What the process says about one of them; about any other it is nothing. */
  receive(message: ExchangeMessage): void {
    this.#open.get(message.id)?.receive(message);
  }

  /** The program has ended. */
  end(): void {
    for (const exchange of this.#open.values()) exchange.fail(new Error('The program has ended.'));
  }
}

/** An `AbortSignal`'s reason may be anything; here it is an error. */
function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error(String(reason));
}
