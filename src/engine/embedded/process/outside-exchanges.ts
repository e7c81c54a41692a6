/** Requests and WebSockets of the page to servers of this process. */
import { OutsideRequest } from './server-request.ts';
import { OutsideWebSocket } from './web-socket/client.ts';
import type { ExchangeMessage, ProcessCommand } from '../protocol.ts';
import type { Loopback } from './loopback.ts';

/** What the page may ask of them. */
type ExchangeCommand = Extract<ProcessCommand, { readonly id: number }>;

/** Keeps those that are under way, by number. */
export class OutsideExchanges {
  readonly #loopback: Loopback;
  readonly #send: (message: ExchangeMessage) => void;
  readonly #requests = new Map<number, OutsideRequest>();
  readonly #sockets = new Map<number, OutsideWebSocket>();

  constructor(loopback: Loopback, send: (message: ExchangeMessage) => void) {
    this.#loopback = loopback;
    this.#send = send;
  }

  obey(command: ExchangeCommand): void {
    const { id } = command;
    switch (command.type) {
      case 'request':
        return this.#request(command);
      case 'connect':
        return this.#connect(command);
      case 'pull':
        this.#requests.get(id)?.pull();
        return this.#sockets.get(id)?.pull();
      case 'send':
        return this.#sockets.get(id)?.send(command.message);
      case 'close':
        return this.#sockets.get(id)?.close(command.code, command.reason);
      case 'cancel':
        this.#requests.get(id)?.cancel();
        this.#sockets.get(id)?.cancel();
        this.#sockets.delete(id);
        return void this.#requests.delete(id);
    }
  }

  #request({ id, port, request }: Extract<ExchangeCommand, { type: 'request' }>): void {
    // It may be over before it is known here.
    let isOver = false;
    const end = (message: ExchangeMessage): void => {
      isOver = true;
      this.#requests.delete(id);
      this.#send(message);
    };
    const started = new OutsideRequest(this.#loopback, port, request, {
      onHead: (head) => this.#send({ type: 'response', id, head }),
      onBody: (bytes) => this.#send({ type: 'body', id, bytes }),
      onEnd: () => end({ type: 'body-end', id }),
      onFailure: (message) => end({ type: 'request-failed', id, message }),
    });
    if (!isOver) this.#requests.set(id, started);
  }

  #connect({ id, port, path, protocols }: Extract<ExchangeCommand, { type: 'connect' }>): void {
    let isOver = false;
    const end = (message: ExchangeMessage): void => {
      isOver = true;
      this.#sockets.delete(id);
      this.#send(message);
    };
    const started = new OutsideWebSocket(this.#loopback, port, path, protocols, {
      onOpen: (protocol) => this.#send({ type: 'connected', id, protocol }),
      onMessage: (message) => this.#send({ type: 'message', id, message }),
      onClose: (code, reason) => end({ type: 'closed', id, code, reason }),
      onFailure: (message) => end({ type: 'request-failed', id, message }),
    });
    if (!isOver) this.#sockets.set(id, started);
  }
}
