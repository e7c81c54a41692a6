/** Frames of WebSockets (RFC 6455), as a client sends and reads them: without extensions. */

export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A client's code for what a server did wrong. */
export const closeCode = { normal: 1000, protocol: 1002, none: 1005, abnormal: 1006, data: 1007, size: 1009 };

/** Bytes of the payload of a frame that controls the connection. */
const mostControlBytes = 125;

/** A frame of the server. */
export interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly payload: Uint8Array;
}

/** The server broke the protocol; `code` is what to close with. */
export class WebSocketError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A whole message in one frame, masked with four bytes, as all frames of clients are. */
export function encodeFrame(kind: number, payload: Uint8Array, mask: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = payload;
  const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + extended + 4 + length);
  const view = new DataView(frame.buffer);
  frame[0] = 0x80 | kind;
  frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
  if (extended === 2) view.setUint16(2, length);
  if (extended === 8) view.setBigUint64(2, BigInt(length));
  frame.set(mask, 2 + extended);
  const start = 6 + extended;
  for (let index = 0; index < length; index++)
    frame[start + index] = (payload[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return frame;
}

/** Takes a server's bytes in pieces, gives its frames one by one. */
export class FrameReader {
  readonly #longest: number;
  #pieces: Uint8Array[] = [];
  #size = 0;
  /** Bytes without which there is no frame. */
  #needed = 2;

  /** `longest` is how many bytes a frame may carry. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  push(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
  }

  /** The next frame, if all of it is there. Throws a `WebSocketError` for what no server may send. */
  next(): Frame | undefined {
    if (this.#size < this.#needed) return undefined;
    const bytes = this.#join();
    const [first = 0, second = 0] = bytes;
    const kind = first & 0x0f;
    const isControl = kind >= opcode.close;
    if ((first & 0x70) !== 0) throw broken('a frame with an extension that was not agreed on');
    if ((second & 0x80) !== 0) throw broken('a masked frame, as only clients do');
    if ((kind > opcode.binary && !isControl) || kind > opcode.pong)
      throw broken('a frame of an unknown kind');
    const short = second & 0x7f;
    if (isControl && ((first & 0x80) === 0 || short > mostControlBytes))
      throw broken('too long a control frame');
    const start = 2 + (short === 126 ? 2 : short === 127 ? 8 : 0);
    if (this.#waitFor(start)) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = short < 126 ? short : short === 126 ? view.getUint16(2) : Number(view.getBigUint64(2));
    if (length > this.#longest)
      throw new WebSocketError(closeCode.size, 'The message is too long to be shown.');
    if (this.#waitFor(start + length)) return undefined;
    this.#pieces = [bytes.subarray(start + length)];
    this.#size -= start + length;
    this.#needed = 2;
    return { opcode: kind, isLast: (first & 0x80) !== 0, payload: bytes.slice(start, start + length) };
  }

  /** Whether a number of bytes is not there yet. */
  #waitFor(needed: number): boolean {
    this.#needed = needed;
    return this.#size < needed;
  }

  #join(): Uint8Array {
    const [only = new Uint8Array(), ...others] = this.#pieces;
    if (others.length === 0) return only;
    const whole = new Uint8Array(this.#size);
    let offset = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, offset);
      offset += piece.length;
    }
    this.#pieces = [whole];
    return whole;
  }
}

function broken(what: string): WebSocketError {
  return new WebSocketError(closeCode.protocol, `The server sent ${what}.`);
}
