/** An HTTP request from outside of the program, such as the page's, to a server of the program. */
import { LlhttpParser, errorCode } from './llhttp.ts';
import type { ResponseHead } from '../../engine.ts';
import type { WireRequest } from '../protocol.ts';
import type { ByteStream } from './byte-stream.ts';
import type { Loopback } from './loopback.ts';

const RESPONSE = 2;
const readSize = 65_536;
const switchingProtocols = 101;

/** Whose requests say how long their body is even where they have none. */
const methodsWithLength = new Set(['POST', 'PUT', 'PATCH']);

const encoder = new TextEncoder();

/** Text of HTTP is one byte a character. */
const decode = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** Puts pieces together. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

/** The request as it goes over the wire. */
export function serialize(port: number, { method, path, headers, body }: WireRequest): Uint8Array {
  const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const length = body?.length ?? 0;
  const lines = [`${method} ${path} HTTP/1.1`];
  if (!names.has('host')) lines.push(`Host: localhost:${port}`);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  const saysLength = length > 0 || methodsWithLength.has(method);
  if (saysLength && !names.has('content-length')) lines.push(`Content-Length: ${length}`);
  if (!names.has('connection')) lines.push('Connection: close');
  return concatenate([encoder.encode(`${lines.join('\r\n')}\r\n\r\n`), ...(body ? [body] : [])]);
}

/** What one piece of input brought. */
export interface ResponsePiece {
  /** Set once the head is there. */
  readonly head: ResponseHead | undefined;
  /** What came of the body in this piece. */
  readonly body: Uint8Array;
  readonly isComplete: boolean;
  /** Where in the input a protocol begins that the server switched to. */
  readonly upgradedAt: number | undefined;
}

/** Reads one response out of bytes; informational ones before it are passed over. */
export class ResponseReader {
  #head: ResponseHead | undefined;
  #isComplete = false;
  #statusText = '';
  #headers: { name: string; value: string }[] = [];
  #isInValue = true;
  #body: Uint8Array[] = [];
  readonly #parser: LlhttpParser;

  /** `hasBody` is false for the response to a HEAD request. */
  constructor(hasBody: boolean) {
    this.#parser = new LlhttpParser(RESPONSE, 0, {
      onMessageBegin: () => this.#begin(),
      onUrl: () => 0,
      onStatus: (bytes) => this.#take(() => (this.#statusText += decode(bytes))),
      onHeaderField: (bytes) => this.#take(() => this.#addName(decode(bytes))),
      onHeaderValue: (bytes) => this.#take(() => this.#addValue(decode(bytes))),
      onHeadersComplete: () => {
        this.#completeHead();
        return hasBody ? 0 : 1;
      },
      onBody: (bytes) => this.#take(() => this.#head && this.#body.push(bytes.slice())),
      onChunk: () => 0,
      onChunkExtension: () => 0,
      onMessageComplete: () => this.#take(() => (this.#isComplete = this.#head !== undefined)),
    });
  }

  /** Parses bytes, or their end. Throws where it is not HTTP, or ends before its time. */
  read(bytes: Uint8Array | undefined): ResponsePiece {
    if (this.#isComplete) return this.#piece(undefined);
    const { error, position } = bytes ? this.#parser.execute(bytes) : this.#parser.finish();
    const isStopped = error !== errorCode.ok && error !== errorCode.pausedUpgrade;
    if (isStopped && !this.#isComplete) {
      const reason = `${LlhttpParser.errorName(error)}: ${this.#parser.errorReason}`;
      if (bytes) throw new Error(`The server's answer is not HTTP (${reason}).`);
      throw new Error('The server closed the connection before the end of its answer.');
    }
    return this.#piece(error === errorCode.pausedUpgrade ? position : undefined);
  }

  free(): void {
    this.#parser.free();
  }

  #piece(upgradedAt: number | undefined): ResponsePiece {
    const body = concatenate(this.#body);
    this.#body = [];
    return { head: this.#head, body, isComplete: this.#isComplete, upgradedAt };
  }

  #take(action: () => void): number {
    action();
    return 0;
  }

  #begin(): number {
    if (this.#head) return 0;
    this.#statusText = '';
    this.#headers = [];
    return 0;
  }

  #addName(text: string): void {
    const last = this.#headers.at(-1);
    if (last && !this.#isInValue) last.name += text;
    else this.#headers.push({ name: text, value: '' });
    this.#isInValue = false;
  }

  #addValue(text: string): void {
    const last = this.#headers.at(-1);
    if (last) last.value += text;
    this.#isInValue = true;
  }

  #completeHead(): void {
    const status = this.#parser.statusCode;
    if (this.#head || (status < 200 && status !== switchingProtocols)) return;
    this.#head = {
      status,
      statusText: this.#statusText,
      headers: this.#headers.map(({ name, value }) => [name, value.replace(/[ \t]+$/, '')]),
    };
  }
}

/** Opens a connection from outside. Throws a sentence where nothing listens. */
export function connectFromOutside(loopback: Loopback, port: number): ByteStream {
  const connection = loopback.connectToPort(port);
  if (typeof connection === 'string') throw new Error(`Nothing listens on port ${port} of the program.`);
  return connection.stream;
}

/** Whom a request tells what comes back: the head, then pieces and the end, or a failure at any time. */
export interface ResponseListener {
  onHead(head: ResponseHead): void;
  onBody(bytes: Uint8Array): void;
  onEnd(): void;
  onFailure(message: string): void;
}

/** A request under way. The head comes by itself; each piece of the body is asked for. */
export class OutsideRequest {
  readonly #listener: ResponseListener;
  readonly #reader: ResponseReader;
  #stream: ByteStream | undefined;
  #unsent: Uint8Array;
  #hasHead = false;
  #isPulled = false;
  /** Of the body, not asked for yet. */
  #body: Uint8Array = new Uint8Array();
  #isComplete = false;
  #isOver = false;

  constructor(loopback: Loopback, port: number, request: WireRequest, listener: ResponseListener) {
    this.#listener = listener;
    this.#unsent = serialize(port, request);
    this.#reader = new ResponseReader(request.method !== 'HEAD');
    this.#attempt(() => {
      this.#stream = connectFromOutside(loopback, port);
      this.#stream.changed = () => this.#attempt(() => this.#advance());
      this.#advance();
    });
  }

  /** Asks for the next piece of the body. */
  pull(): void {
    this.#isPulled = true;
    this.#attempt(() => this.#advance());
  }

  /** Breaks the connection; nothing more is told. */
  cancel(): void {
    this.#end('reset');
  }

  #advance(): void {
    while (this.#stream) {
      if (this.#unsent.length > 0) {
        const written = this.#stream.write(this.#unsent);
        if (typeof written === 'number') this.#unsent = this.#unsent.subarray(written);
      }
      this.#deliver();
      // Reading is what lets the server write on: no more than is wanted.
      if (this.#isComplete || (this.#hasHead && !this.#isPulled)) return;
      if (!this.#read()) return;
    }
  }

  /** Reads what has arrived; false when there is nothing. */
  #read(): boolean {
    const bytes = this.#stream?.read(readSize) ?? 'EAGAIN';
    if (bytes === 'EAGAIN') return false;
    if (bytes === 'ECONNRESET' || bytes === 'EPIPE') throw new Error('The server broke the connection off.');
    const { head, body, isComplete } = this.#reader.read(bytes === 'EOF' ? undefined : bytes);
    if (bytes === 'EOF' && !head) throw new Error('The server closed the connection without an answer.');
    if (head && !this.#hasHead) {
      this.#hasHead = true;
      this.#listener.onHead(head);
    }
    this.#body = body;
    this.#isComplete = isComplete || bytes === 'EOF';
    return true;
  }

  #deliver(): void {
    if (this.#body.length > 0) {
      if (!this.#isPulled) return;
      this.#isPulled = false;
      const body = this.#body;
      this.#body = new Uint8Array();
      this.#listener.onBody(body);
    }
    if (!this.#isComplete) return;
    this.#end('close');
    this.#listener.onEnd();
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#end('close');
      this.#listener.onFailure(error instanceof Error ? error.message : String(error));
    }
  }

  #end(how: 'close' | 'reset'): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (how === 'close') this.#stream?.close();
    else this.#stream?.reset();
    this.#stream = undefined;
    this.#reader.free();
  }
}
