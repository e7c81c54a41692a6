/** A `WebSocket` that reaches the program. */
import { checkClose } from '../../../engine/web-socket-close.ts';
import { defineStates, Emitter } from './emitter.ts';
import type { Link } from './link.ts';

type Sendable = string | Blob | ArrayBuffer | ArrayBufferView<ArrayBuffer>;

/** The class with which the page's own is replaced. */
export function createWebSocket(
  link: Link,
): new (url: string | URL, protocols?: string | string[]) => EventTarget {
  class PreviewWebSocket extends Emitter {
    readonly url: string;
    readonly extensions = '';
    readonly bufferedAmount = 0;
    protocol = '';
    readyState = 0;
    binaryType: BinaryType = 'blob';
    readonly #socket: ReturnType<Link['connect']>;
    /** What is sent, in order: a Blob is read first. */
    #sending: Promise<void> = Promise.resolve();

    constructor(url: string | URL, protocols: string | string[] = []) {
      super();
      this.url = link.resolve(String(url)).replace(/^http/, 'ws');
      this.#socket = link.connect(this.url, [protocols].flat(), {
        onOpen: (protocol) => {
          if (this.readyState !== 0) return;
          this.protocol = protocol;
          this.readyState = 1;
          this.emit(new Event('open'));
        },
        onMessage: (message) => {
          if (this.readyState !== 1) return;
          const data =
            typeof message === 'string'
              ? message
              : this.binaryType === 'blob'
                ? new Blob([message])
                : message.buffer;
          this.emit(new MessageEvent('message', { data, origin: new URL(this.url).origin }));
        },
        onClose: (code, reason) => this.#end(code, reason),
        onError: (message) => {
          console.error(message);
          this.#end(1006, '');
        },
      });
    }

    send(data: Sendable): void {
      if (this.readyState === 0) throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
      this.#sending = this.#sending.then(async () => {
        const message =
          data instanceof Blob || data instanceof ArrayBuffer || ArrayBuffer.isView(data)
            ? new Uint8Array(await new Response(data).arrayBuffer())
            : data;
        if (this.readyState === 1) this.#socket.send(message);
      });
    }

    close(code = 1000, reason = ''): void {
      try {
        checkClose(code, reason);
      } catch (error) {
        throw new DOMException(String(error), code === 1000 ? 'SyntaxError' : 'InvalidAccessError');
      }
      if (this.readyState > 1) return;
      if (this.readyState === 0) {
        this.#socket.cancel();
        this.#end(1006, '');
        return;
      }
      void this.#sending.then(() => {
        this.readyState = 2;
        this.#socket.close(code, reason);
      });
    }

    #end(code: number, reason: string): void {
      if (this.readyState === 3) return;
      this.readyState = 3;
      const wasClean = code !== 1006;
      if (!wasClean) this.emit(new Event('error'));
      this.emit(new CloseEvent('close', { code, reason: wasClean ? reason : '', wasClean }));
    }
  }
  defineStates(PreviewWebSocket, 'CONNECTING', 'OPEN', 'CLOSING', 'CLOSED');
  return PreviewWebSocket;
}
