/** Two-way streams of bytes in memory: what a connected socket is to the process that holds it. */

/** Bytes in flight in one direction before a writer has to wait; about what a kernel's loopback interface takes. */
const capacity = 4 * 1024 * 1024;

/** Why a stream cannot be read or written, as libuv names it. `EAGAIN`: not now. */
export type ReadFailure = 'EAGAIN' | 'EOF' | 'ECONNRESET' | 'EPIPE';
export type WriteFailure = 'ECONNRESET' | 'EPIPE';

/** One side of a stream. Nothing here calls back but `changed`; an owner asks what it may do now. */
export interface ByteStream {
  /** Called when reading or writing may have become possible. */
  changed: () => void;
  readonly isReadable: boolean;
  readonly isWritable: boolean;
  /** Takes at most `limit` bytes that have arrived, in a buffer of their own. */
  read(limit: number): Uint8Array | ReadFailure;
  /** Copies as many bytes as fit and tells how many. */
  write(bytes: Uint8Array): number | WriteFailure;
  /** Ends the direction that this side writes. */
  end(): void;
  /** Lets go of both directions. */
  close(): void;
  /** Breaks the connection: the other side sees `ECONNRESET`. */
  reset(): void;
}

/** Writes what fits and takes it off the list; answers why no more can be written. */
export function writeWhatFits(stream: ByteStream, chunks: Uint8Array[]): WriteFailure | undefined {
  for (let chunk = chunks[0]; chunk; chunk = chunks[0]) {
    const written = chunk.length === 0 ? 0 : stream.write(chunk);
    if (typeof written === 'string') return written;
    if (written < chunk.length) {
      chunks[0] = chunk.subarray(written);
      return undefined;
    }
    chunks.shift();
  }
  return undefined;
}

/** One side of a connection. It behaves as a TCP socket does, resets included. */
export class StreamEnd implements ByteStream {
  changed: () => void = () => {};
  #peer: StreamEnd;
  readonly #arrived: Uint8Array[] = [];
  #size = 0;
  /** The peer will not write any more. */
  #isFinished = false;
  /** Writing leads nowhere any more. */
  #isBroken = false;
  #isClosed = false;
  #failure: WriteFailure | undefined;

  /** The peer of the first end of a pair is set right after both exist. */
  private constructor(peer?: StreamEnd) {
    this.#peer = peer ?? this;
  }

  /** Both sides of a new connection. */
  static pair(): [StreamEnd, StreamEnd] {
    const one = new StreamEnd();
    const other = new StreamEnd(one);
    one.#peer = other;
    return [one, other];
  }

  get isReadable(): boolean {
    return this.#size > 0 || this.#isFinished || this.#failure !== undefined;
  }

  get isWritable(): boolean {
    return this.#isBroken || this.#failure !== undefined || this.#peer.#size <= capacity / 2;
  }

  read(limit: number): Uint8Array | ReadFailure {
    if (this.#size > 0) {
      const couldWrite = this.#peer.isWritable;
      const bytes = this.#take(Math.min(limit, this.#size));
      if (!couldWrite && this.#peer.isWritable) this.#peer.changed();
      return bytes;
    }
    return this.#takeFailure() ?? (this.#isFinished ? 'EOF' : 'EAGAIN');
  }

  write(bytes: Uint8Array): number | WriteFailure {
    const failure = this.#takeFailure();
    if (failure) return failure;
    if (this.#isBroken) return 'EPIPE';
    const peer = this.#peer;
    if (peer.#isClosed) {
      // The peer is gone: it answers what fits with a reset, which only the next write can see.
      this.#isBroken = true;
      return Math.min(bytes.length, capacity);
    }
    const accepted = Math.min(bytes.length, Math.max(0, capacity - peer.#size));
    if (accepted > 0) {
      // Not `slice`: a Buffer's shares memory.
      peer.#arrived.push(new Uint8Array(bytes.subarray(0, accepted)));
      peer.#size += accepted;
      peer.changed();
    }
    return accepted;
  }

  end(): void {
    if (this.#isBroken || this.#isClosed) return;
    this.#isBroken = true;
    this.#peer.#finish();
  }

  close(): void {
    if (this.#isClosed) return;
    if (this.#size > 0) return this.reset();
    this.end();
    this.#isClosed = true;
    this.changed = () => {};
  }

  reset(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#isBroken = true;
    this.changed = () => {};
    this.#take(this.#size);
    this.#peer.#fail();
  }

  #finish(): void {
    this.#isFinished = true;
    this.changed();
  }

  #fail(): void {
    if (this.#isClosed) return;
    this.#failure = this.#isFinished ? 'EPIPE' : 'ECONNRESET';
    this.changed();
  }

  /** A failure is told once; afterwards the stream is at its end and broken. */
  #takeFailure(): WriteFailure | undefined {
    const failure = this.#failure;
    if (failure) {
      this.#failure = undefined;
      this.#isFinished = true;
      this.#isBroken = true;
    }
    return failure;
  }

  #take(length: number): Uint8Array {
    this.#size -= length;
    const [first] = this.#arrived;
    if (first?.length === length && first.buffer.byteLength === length) {
      this.#arrived.shift();
      return first;
    }
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const chunk = this.#arrived.shift();
      if (!chunk) break;
      const part = chunk.subarray(0, length - filled);
      bytes.set(part, filled);
      filled += part.length;
      if (part.length < chunk.length) this.#arrived.unshift(chunk.subarray(part.length));
    }
    return bytes;
  }
}
