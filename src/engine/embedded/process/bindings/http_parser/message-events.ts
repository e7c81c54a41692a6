/** What llhttp finds in messages, told to the program: what Node's C++ makes of the parser's events. */
import { errorCode, type LlhttpEvents, type LlhttpParser } from '../../llhttp.ts';
import { latin1Slice } from '../buffer/codecs.ts';
import { constants } from './constants.ts';
import { HeaderBlock } from './header-block.ts';

/** The most bytes of extensions that the chunks of a message have in a row. */
const maxChunkExtensionsSize = 16_384;

/** The reason of a stop after a piece of a body, which tells it from a program's. */
export const stopReason = 'Stopped after a piece of the body';

/** Who hears of messages. */
export interface MessageListener {
  /** The parser in use; undefined when the program has closed it. */
  parser(): LlhttpParser | undefined;
  /** The program's callback under a number of `constants`. */
  callback(index: number): unknown;
  /** Calls the program. */
  notify(callback: unknown, ...args: unknown[]): unknown;
  /** Notes that a message begins, or that it is complete. */
  setActive(isActive: boolean): void;
  toBuffer(bytes: Uint8Array): Uint8Array;
}

/** The events of one parser of the program, and how far the message is. */
export class MessageEvents implements LlhttpEvents {
  /** Whether to stop after each piece of a body, so that next ticks and microtasks can run before the next event. */
  stopsAfterBody = false;
  readonly #listener: MessageListener;
  #headers = new HeaderBlock();
  #url = '';
  #status = '';
  #hasFlushed = false;
  #hasHeaders = false;
  #headerSize = 0;
  #maxHeaderSize = 0;
  #chunkExtensionsSize = 0;

  constructor(listener: MessageListener) {
    this.#listener = listener;
  }

  /** Whether the headers of the message are complete. */
  get hasHeaders(): boolean {
    return this.#hasHeaders;
  }

  /** Begins anew, with a limit of headers in bytes. */
  reset(maxHeaderSize: number): void {
    this.#maxHeaderSize = maxHeaderSize;
    this.#headerSize = 0;
    this.#hasFlushed = false;
    this.#forgetMessage();
  }

  onMessageBegin(): number {
    this.#forgetMessage();
    this.#listener.setActive(true);
    this.#listener.notify(this.#listener.callback(constants.kOnMessageBegin));
    return 0;
  }

  onUrl(bytes: Uint8Array): number {
    return this.#track(bytes, (text) => (this.#url += text));
  }

  onStatus(bytes: Uint8Array): number {
    return this.#track(bytes, (text) => (this.#status += text));
  }

  onHeaderField(bytes: Uint8Array): number {
    return this.#track(bytes, (text) => {
      if (this.#headers.isFull) this.#flush();
      this.#headers.addName(text);
    });
  }

  onHeaderValue(bytes: Uint8Array): number {
    return this.#track(bytes, (text) => this.#headers.addValue(text));
  }

  onHeadersComplete(): number {
    this.#hasHeaders = true;
    this.#headerSize = 0;
    const callback = this.#listener.callback(constants.kOnHeadersComplete);
    const parser = this.#listener.parser();
    if (typeof callback !== 'function' || !parser) return 0;
    const isRequest = parser.type === constants.REQUEST;
    let headers: string[] | undefined;
    let url: string | undefined;
    if (this.#hasFlushed) this.#flush();
    else {
      headers = this.#takeHeaders();
      if (isRequest) url = this.#url;
    }
    const { major, minor } = parser.version;
    const skip = this.#listener.notify(
      callback,
      major,
      minor,
      headers,
      isRequest ? parser.method : undefined,
      url,
      isRequest ? undefined : parser.statusCode,
      isRequest ? undefined : this.#status,
      parser.isUpgrade,
      parser.shouldKeepAlive,
    );
    return Number(skip) | 0;
  }

  onBody(bytes: Uint8Array): number {
    const callback = this.#listener.callback(constants.kOnBody);
    if (bytes.length === 0 || typeof callback !== 'function') return 0;
    this.#listener.notify(callback, this.#listener.toBuffer(bytes));
    return this.stopsAfterBody ? this.#stop(errorCode.paused, stopReason) : 0;
  }

  onChunk(): number {
    this.#headerSize = 0;
    this.#chunkExtensionsSize = 0;
    return 0;
  }

  onChunkExtension(bytes: Uint8Array): number {
    this.#chunkExtensionsSize += bytes.length;
    if (this.#chunkExtensionsSize <= maxChunkExtensionsSize) return 0;
    return this.#stop(errorCode.user, 'HPE_CHUNK_EXTENSIONS_OVERFLOW:Chunk extensions overflow');
  }

  onMessageComplete(): number {
    this.#listener.setActive(false);
    if (!this.#headers.isEmpty) this.#flush();
    this.#listener.notify(this.#listener.callback(constants.kOnMessageComplete));
    return 0;
  }

  #forgetMessage(): void {
    this.#headers = new HeaderBlock();
    this.#url = '';
    this.#status = '';
    this.#hasHeaders = false;
    this.#chunkExtensionsSize = 0;
  }

  /** Counts bytes of the message's head against the limit, and takes them as text: one character a byte. */
  #track(bytes: Uint8Array, take: (text: string) => void): number {
    this.#headerSize += bytes.length;
    if (this.#headerSize >= this.#maxHeaderSize) {
      return this.#stop(errorCode.user, 'HPE_HEADER_OVERFLOW:Header overflow');
    }
    take(latin1Slice(bytes));
    return 0;
  }

  #stop(error: number, reason: string): number {
    const parser = this.#listener.parser();
    if (parser) parser.errorReason = reason;
    return error;
  }

  #takeHeaders(): string[] {
    const headers = this.#headers.list();
    this.#headers = new HeaderBlock();
    return headers;
  }

  /** Hands over the headers so far, before the rest of them is there. */
  #flush(): void {
    const callback = this.#listener.callback(constants.kOnHeaders);
    this.#listener.notify(callback, this.#takeHeaders(), this.#url);
    this.#url = '';
    this.#hasFlushed = true;
  }
}
