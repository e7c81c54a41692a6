/** A WebSocket by hand: connect, send texts, see the messages of both sides, close. */
import type { ProgramWebSocket } from '../../engine/engine.ts';
import { make, makeButton, makeField } from '../element.ts';
import { describeSize, hexLines } from './hex.ts';
import { MessageList } from './message-list.ts';
import { describeTime } from './status.ts';

/** Opens a WebSocket to the server that the console is about. */
export type ConnectSocket = (path: string, protocols: readonly string[]) => Promise<ProgramWebSocket>;

/** One connection at a time; another one ends it. */
export class WebSocketConsole {
  readonly element: HTMLElement;
  readonly #connect: ConnectSocket;
  readonly #path = make('input', { class: 'server-input' });
  readonly #protocols = make('input', { class: 'server-input' });
  readonly #open = make('button', { class: 'plate-button', type: 'submit', text: 'Connect' });
  readonly #status = make('p', { class: 'server-status', role: 'status' });
  readonly #message = make('textarea', { class: 'server-input' });
  readonly #talk: HTMLFormElement;
  readonly #code = make('input', { class: 'server-input' });
  readonly #reason = make('input', { class: 'server-input' });
  readonly #list = new MessageList('Messages');
  #socket: ProgramWebSocket | undefined;
  #attempt = 0;
  #started = 0;

  constructor(connect: ConnectSocket) {
    this.#connect = connect;
    this.#path.value = '/';
    this.#code.value = '1000';
    this.#code.inputMode = 'numeric';
    for (const input of [this.#path, this.#protocols]) input.spellcheck = false;
    this.#message.rows = 2;
    const form = make(
      'form',
      { class: 'server-form' },
      makeField('Path', this.#path, 'server-grow'),
      makeField('Protocols, separated by commas', this.#protocols, 'server-grow'),
      this.#open,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#begin();
    });
    this.#talk = this.#makeTalk();
    this.element = make(
      'div',
      { class: 'server-socket' },
      form,
      this.#status,
      this.#talk,
      this.#list.element,
    );
    this.#list.element.hidden = true;
  }

  /** Ends the connection without a word. */
  dispose(): void {
    this.#attempt += 1;
    this.#socket?.close();
    this.#socket = undefined;
  }

  #makeTalk(): HTMLFormElement {
    const close = makeButton('Close', () => this.#close());
    const talk = make(
      'form',
      { class: 'server-form', hidden: true },
      makeField('Message', this.#message, 'server-whole'),
      make('button', { class: 'plate-button', type: 'submit', text: 'Send' }),
      makeField('Code', this.#code, 'server-short'),
      makeField('Reason', this.#reason, 'server-grow'),
      close,
    );
    talk.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
    talk.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.target !== this.#message)
        return;
      event.preventDefault();
      // Else the shortcut would run the program.
      event.stopPropagation();
      this.#send();
    });
    return talk;
  }

  async #begin(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#socket?.close();
    this.#socket = undefined;
    // Until it is open there is nobody to talk to.
    this.#talk.hidden = true;
    this.#open.textContent = 'Connect';
    const path = `/${this.#path.value.trim().replace(/^\/+/, '')}`;
    const protocols = this.#protocols.value
      .split(',')
      .map((protocol) => protocol.trim())
      .filter((protocol) => protocol !== '');
    const invalid = protocols.find((protocol) => !/^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/.test(protocol));
    if (invalid !== undefined)
      return this.#say(`“${invalid}” is no name of a protocol: it may have no spaces.`);
    this.#say('Connecting.');
    this.#list.clear();
    this.#list.element.hidden = false;
    this.#started = performance.now();
    try {
      const socket = await this.#connect(path, protocols);
      if (attempt !== this.#attempt) return socket.close();
      this.#socket = socket;
      this.#talk.hidden = false;
      this.#open.textContent = 'Connect again';
      this.#say(
        `Connected after ${describeTime(performance.now() - this.#started)}${socket.protocol === '' ? '' : `, protocol ${socket.protocol}`}.`,
      );
      this.#message.focus();
      await this.#listen(socket, attempt);
    } catch (error) {
      if (attempt === this.#attempt) this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  async #listen(socket: ProgramWebSocket, attempt: number): Promise<void> {
    const reader = socket.messages.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (attempt !== this.#attempt) return;
      if (done) break;
      this.#log('received', value);
    }
    const { code, reason } = await socket.closed;
    if (attempt !== this.#attempt) return;
    this.#socket = undefined;
    this.#open.textContent = 'Connect';
    const hadFocus = this.#talk.contains(document.activeElement);
    this.#talk.hidden = true;
    if (hadFocus) this.#open.focus();
    this.#say(
      code === 1006
        ? 'The connection broke off without a closing word (1006).'
        : `Closed with code ${code}${code === 1005 ? ' (none was given)' : ''}${reason === '' ? '' : `, reason “${reason}”`}.`,
    );
  }

  #send(): void {
    const text = this.#message.value;
    this.#socket?.send(text);
    this.#log('sent', text);
    this.#message.value = '';
    this.#message.focus();
  }

  #close(): void {
    try {
      this.#socket?.close(Number(this.#code.value), this.#reason.value);
      this.#say('Closing: the server has the last word.');
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  #log(direction: 'sent' | 'received', message: string | Uint8Array): void {
    const isText = typeof message === 'string';
    const text = isText ? message : hexLines(message.subarray(0, 512));
    const size = isText ? '' : `, ${describeSize(message.length)}`;
    const at = performance.now() - this.#started;
    this.#list.add({ at, facts: `${direction === 'sent' ? '↑' : '↓'} ${direction}${size}`, text, direction });
  }

  #say(sentence: string): void {
    this.#status.textContent = sentence;
  }
}
