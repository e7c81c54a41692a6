/** A WebSocket from outside of the program, such as the page's, to a server of the program. */
import { sha1 } from '@noble/hashes/legacy.js';
import { longestMessage, type WireRequest } from '../../protocol.ts';
import { ResponseReader, concatenate, connectFromOutside, serialize } from '../server-request.ts';
import { FrameReader, WebSocketError, closeCode, encodeFrame, opcode, type Frame } from './frames.ts';
import type { ResponseHead } from '../../../engine.ts';
import type { ByteStream } from '../byte-stream.ts';
import type { Loopback } from '../loopback.ts';

const readSize = 65_536;
const switchingProtocols = 101;
/** Messages that wait to be asked for; a server that sends more has to wait. */
const mostWaiting = 32;
const acceptSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

// Before a program can change them.
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const { crypto, btoa } = globalThis;

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** Whom a WebSocket tells: that it is open, messages that were asked for, its end; or that it could not be opened. */
export interface WebSocketListener {
  onOpen(protocol: string): void;
  onMessage(message: string | Uint8Array): void;
  onClose(code: number, reason: string): void;
  onFailure(message: string): void;
}

/** A connection under way or open. Each message is asked for. */
export class OutsideWebSocket {
  readonly #listener: WebSocketListener;
  readonly #path: string;
  readonly #protocols: readonly string[];
  readonly #key = base64(random(16));
  readonly #handshake = new ResponseReader(true);
  readonly #frames = new FrameReader(longestMessage);
  #state: 'connecting' | 'open' | 'closing' | 'closed' = 'connecting';
  #stream: ByteStream | undefined;
  #unsent: Uint8Array[] = [];
  #parts: Uint8Array[] = [];
  #kind: number | undefined;
  #waiting: (string | Uint8Array)[] = [];
  #isPulled = false;

  constructor(
    loopback: Loopback,
    port: number,
    path: string,
    protocols: readonly string[],
    listener: WebSocketListener,
  ) {
    this.#listener = listener;
    this.#path = path;
    this.#protocols = protocols;
    this.#attempt(() => {
      this.#stream = connectFromOutside(loopback, port);
      this.#stream.changed = () => this.#attempt(() => this.#advance());
      this.#write(serialize(port, this.#request()));
      this.#advance();
    });
  }

  /** Asks for the next message. */
  pull(): void {
    this.#isPulled = true;
    this.#attempt(() => this.#advance());
  }

  send(message: string | Uint8Array): void {
    if (this.#state !== 'open') return;
    const isText = typeof message === 'string';
    this.#sendFrame(isText ? opcode.text : opcode.binary, isText ? encoder.encode(message) : message);
  }

  /** Begins the closing handshake; what the server still sends is not told any more. */
  close(code: number, reason: string): void {
    if (this.#state === 'connecting') return this.#end(closeCode.abnormal, '');
    if (this.#state !== 'open') return;
    this.#sendClose(code, reason);
    this.#waiting = [];
    this.#attempt(() => this.#advance());
  }

  /** Breaks the connection; nothing more is told. */
  cancel(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#stream?.reset();
    this.#stream = undefined;
    this.#handshake.free();
  }

  #request(): WireRequest {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': this.#key,
    };
    const protocols = this.#protocols.join(', ');
    const more = protocols === '' ? {} : { 'Sec-WebSocket-Protocol': protocols };
    return { method: 'GET', path: this.#path, headers: { ...headers, ...more } };
  }

  #advance(): void {
    while (this.#stream) {
      this.#flush();
      while (this.#waiting.length < mostWaiting && this.#stream && this.#state !== 'connecting') {
        const frame = this.#frames.next();
        if (!frame) break;
        this.#receive(frame);
      }
      this.#deliver();
      if (this.#waiting.length >= mostWaiting || !this.#stream) return;
      const bytes = this.#stream.read(readSize);
      if (bytes === 'EAGAIN') return;
      if (this.#state === 'connecting') this.#shakeHands(typeof bytes === 'string' ? undefined : bytes);
      else if (typeof bytes === 'string') this.#end(closeCode.abnormal, '');
      else this.#frames.push(bytes);
    }
  }

  #shakeHands(bytes: Uint8Array | undefined): void {
    const { head, upgradedAt } = this.#handshake.read(bytes);
    if (!head) {
      if (!bytes) throw new Error('The server closed the connection without an answer.');
      return;
    }
    if (head.status !== switchingProtocols || upgradedAt === undefined) {
      const answer = `${head.status} ${head.statusText}`.trim();
      throw new Error(`The server answered "${answer}": it takes no WebSocket at ${this.#path}.`);
    }
    const accepted = base64(sha1(encoder.encode(this.#key + acceptSuffix)));
    if (headerOf(head, 'sec-websocket-accept') !== accepted)
      throw new Error("The server's answer is wrong: its Sec-WebSocket-Accept does not fit the key.");
    const protocol = headerOf(head, 'sec-websocket-protocol') ?? '';
    if (protocol !== '' && !this.#protocols.includes(protocol))
      throw new Error(`The server chose the protocol "${protocol}", which was not offered.`);
    this.#state = 'open';
    this.#listener.onOpen(protocol);
    if (bytes) this.#frames.push(bytes.subarray(upgradedAt));
  }

  #receive({ opcode: kind, isLast, payload }: Frame): void {
    if (kind === opcode.ping) return this.#sendFrame(opcode.pong, payload);
    if (kind === opcode.pong) return;
    if (kind === opcode.close) return this.#receiveClose(payload);
    if ((kind === opcode.continuation) !== (this.#kind !== undefined))
      throw new WebSocketError(
        closeCode.protocol,
        'The server sent the parts of a message in a wrong order.',
      );
    this.#kind ??= kind;
    this.#parts.push(payload);
    if (this.#parts.reduce((size, part) => size + part.length, 0) > longestMessage)
      throw new WebSocketError(closeCode.size, 'The message is too long to be shown.');
    if (!isLast) return;
    const whole = concatenate(this.#parts);
    const message = this.#kind === opcode.text ? decodeText(whole) : whole;
    this.#parts = [];
    this.#kind = undefined;
    if (this.#state === 'open') this.#waiting.push(message);
  }

  #receiveClose(payload: Uint8Array): void {
    const hasCode = payload.length >= 2;
    const code = hasCode ? ((payload[0] ?? 0) << 8) | (payload[1] ?? 0) : closeCode.none;
    const reason = hasCode ? decodeText(payload.subarray(2)) : '';
    if (this.#state === 'open') this.#sendFrame(opcode.close, payload);
    this.#end(code, reason);
  }

  #deliver(): void {
    if (!this.#isPulled) return;
    const message = this.#waiting.shift();
    if (message === undefined) return;
    this.#isPulled = false;
    this.#listener.onMessage(message);
  }

  #sendClose(code: number, reason: string): void {
    this.#state = 'closing';
    const text = encoder.encode(reason);
    this.#sendFrame(opcode.close, concatenate([Uint8Array.of(code >> 8, code & 0xff), text]));
  }

  #sendFrame(kind: number, payload: Uint8Array): void {
    this.#write(encodeFrame(kind, payload, random(4)));
  }

  #write(bytes: Uint8Array): void {
    this.#unsent.push(bytes);
    this.#flush();
  }

  #flush(): void {
    for (let [next] = this.#unsent; next && this.#stream; [next] = this.#unsent) {
      const written = this.#stream.write(next);
      // A failure is seen by the next read.
      if (typeof written === 'string') this.#unsent = [];
      else if (written < next.length) {
        this.#unsent[0] = next.subarray(written);
        return;
      } else this.#unsent.shift();
    }
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const code = error instanceof WebSocketError ? error.code : closeCode.abnormal;
      if (this.#state === 'open' && error instanceof WebSocketError) this.#sendClose(code, '');
      this.#end(code, message);
    }
  }

  #end(code: number, reason: string): void {
    if (this.#state === 'closed') return;
    const wasConnecting = this.#state === 'connecting';
    this.#state = 'closed';
    this.#flush();
    this.#stream?.close();
    this.#stream = undefined;
    this.#handshake.free();
    if (wasConnecting) return this.#listener.onFailure(reason);
    for (const message of this.#waiting) this.#listener.onMessage(message);
    this.#waiting = [];
    this.#listener.onClose(code, reason);
  }
}

function headerOf({ headers }: ResponseHead, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function decodeText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new WebSocketError(closeCode.data, 'The server sent a text that is not UTF-8.');
  }
}
