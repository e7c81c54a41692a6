/** Streams of bytes as Node's `net` drives them: libuv's `uv_stream_t` and Node's `StreamBase` in one. */
import { HandleWrap } from './handle-wrap.ts';
import { encode, parseEncoding } from '../bindings/buffer/codecs.ts';
import { writeWhatFits, type ByteStream } from '../byte-stream.ts';
import type { ReqWrap } from './async-wrap.ts';

/** What libuv reads at a time, in bytes. */
const readSize = 65_536;

/** Someone who takes what a stream reads, in place of the program's `onread`. */
export interface StreamListener {
  /** Bytes, or a negative error number (`UV_EOF` at the end). */
  onStreamRead(result: Uint8Array | number): void;
}

interface PendingWrite {
  readonly request: ReqWrap;
  readonly chunks: Uint8Array[];
}

/** The fields of `stream_wrap.streamBaseState`, by which results reach JavaScript. */
const field = { readBytesOrError: 0, arrayBufferOffset: 1, bytesWritten: 2, lastWriteWasAsync: 3 };

/** `LibuvStreamWrap` of Node's C++: reads, writes and shuts down a byte stream. */
export class StreamWrap extends HandleWrap {
  #stream: ByteStream | undefined;
  #onread: unknown;
  #isReading = false;
  #isScheduled = false;
  #listeners: StreamListener[] = [];
  #userBuffer: Uint8Array | undefined;
  #writes: PendingWrite[] = [];
  #shutdown: ReqWrap | undefined;
  #isShut = false;
  #bytesRead = 0;
  #bytesWritten = 0;

  get fd(): number {
    return -1;
  }

  get _externalStream(): this {
    return this;
  }

  get bytesRead(): number {
    return this.#bytesRead;
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  get writeQueueSize(): number {
    const chunks = this.#writes.flatMap((write) => write.chunks);
    return chunks.reduce((size, chunk) => size + chunk.length, 0);
  }

  get isStreamBase(): true {
    return true;
  }

  /** The function that takes what is read, unless a listener does. */
  get onread(): unknown {
    return this.#onread;
  }

  set onread(callback: unknown) {
    this.#onread = callback;
  }

  setBlocking(): number {
    return 0;
  }

  readStart(): number {
    if (!this.isOpen) return this.errno('EINVAL');
    if (!this.#stream) return this.errno('ENOTCONN');
    this.#isReading = true;
    this.setActive(true);
    this.#schedule();
    return 0;
  }

  readStop(): number {
    this.#isReading = false;
    this.setActive(false);
    return 0;
  }

  /** Reads into this buffer from now on, and tells `onread` only how much. */
  useUserBuffer(buffer: Uint8Array): number {
    this.#userBuffer = buffer;
    return 0;
  }

  writeBuffer(request: ReqWrap, bytes: Uint8Array): number {
    return this.#write(request, [bytes]);
  }

  writeUtf8String(request: ReqWrap, text: string): number {
    return this.#write(request, [encode(text, 'utf8')]);
  }

  writeAsciiString(request: ReqWrap, text: string): number {
    return this.#write(request, [encode(text, 'ascii')]);
  }

  writeLatin1String(request: ReqWrap, text: string): number {
    return this.#write(request, [encode(text, 'latin1')]);
  }

  writeUcs2String(request: ReqWrap, text: string): number {
    return this.#write(request, [encode(text, 'utf16le')]);
  }

  /** `chunks` are buffers, or chunk and encoding by turns. */
  writev(request: ReqWrap, chunks: readonly (Uint8Array | string)[], areBuffers: boolean): number {
    const bytes: Uint8Array[] = [];
    for (let index = 0; index < chunks.length; index += areBuffers ? 1 : 2) {
      const chunk = chunks[index] ?? '';
      bytes.push(typeof chunk === 'string' ? encode(chunk, parseEncoding(chunks[index + 1])) : chunk);
    }
    return this.#write(request, bytes);
  }

  /** Ends the writing side once everything is written. */
  shutdown(request: ReqWrap): number {
    if (!this.#stream || this.#isShut || !this.isOpen) return this.errno('ENOTCONN');
    this.#isShut = true;
    this.#shutdown = request;
    request.dispatched(this);
    if (this.#writes.length === 0) this.enqueue('pending', () => this.#finishShutdown());
    return 0;
  }

  /** Gives what is read to `listener` instead. */
  pushListener(listener: StreamListener): void {
    this.#listeners.push(listener);
  }

  removeListener(listener: StreamListener): void {
    this.#listeners = this.#listeners.filter((each) => each !== listener);
  }

  /** Calls back in a task of its own, after next ticks and microtasks, and before anything else happens to the stream. */
  afterTicks(callback: () => void): void {
    this.#isScheduled = true;
    this.enqueue('pending', () => {
      this.#isScheduled = false;
      try {
        callback();
      } finally {
        this.#schedule();
      }
    });
  }

  /** Tells the program's `onread` of bytes or a negative error number, as if no listener were there. */
  emitRead(result: Uint8Array | number): void {
    const state = this.#state;
    const length = typeof result === 'number' ? result : result.length;
    state[field.readBytesOrError] = length;
    state[field.arrayBufferOffset] = typeof result === 'number' ? 0 : result.byteOffset;
    if (typeof result !== 'number' && this.#userBuffer) {
      this.#userBuffer.set(result);
      const next = this.makeCallback(this.#onread);
      if (next instanceof Uint8Array) this.#userBuffer = next;
      return;
    }
    this.makeCallback(this.#onread, typeof result === 'number' ? undefined : result.buffer);
  }

  /** Connects the handle to the other end of its bytes. */
  protected attach(stream: ByteStream): void {
    this.#stream = stream;
    stream.changed = () => this.#schedule();
  }

  protected get stream(): ByteStream | undefined {
    return this.#stream;
  }

  protected errno(name: string): number {
    return this.realm.uv.errno(name);
  }

  protected override release(): void {
    this.#stream?.close();
    this.#isReading = false;
    const canceled = this.errno('ECANCELED');
    const requests = this.#writes.splice(0).map(({ request }) => request);
    if (this.#shutdown) requests.push(this.#shutdown);
    this.#shutdown = undefined;
    // The closing phase takes the last first.
    for (const request of requests.toReversed()) {
      this.enqueue('closing', () => request.complete(canceled, this, undefined));
    }
  }

  get #state(): Int32Array {
    // Node's library holds this very array, so it is never replaced.
    return this.realm.internalBinding('stream_wrap')['streamBaseState'] as Int32Array;
  }

  #write(request: ReqWrap, chunks: Uint8Array[]): number {
    const state = this.#state;
    const length = chunks.reduce((size, chunk) => size + chunk.length, 0);
    state[field.bytesWritten] = length;
    state[field.lastWriteWasAsync] = 0;
    if (!this.isOpen || !this.#stream) return this.errno('EBADF');
    this.#bytesWritten += length;
    if (this.#writes.length === 0) {
      const failure = writeWhatFits(this.#stream, chunks);
      if (failure) return this.errno(failure);
      if (chunks.length === 0) return 0;
    }
    state[field.lastWriteWasAsync] = 1;
    this.#writes.push({ request, chunks });
    request.dispatched(this);
    this.#schedule();
    return 0;
  }

  get #isReady(): boolean {
    if (!this.#stream) return false;
    return (
      (this.#isReading && this.#stream.isReadable) || (this.#writes.length > 0 && this.#stream.isWritable)
    );
  }

  #schedule(phase: 'ready' | 'pending' = 'ready'): void {
    if (this.#isScheduled || !this.isOpen || !this.#isReady) return;
    this.#isScheduled = true;
    this.enqueue(phase, () => {
      this.#isScheduled = false;
      if (this.isOpen) this.#handleEvent();
    });
  }

  /** One readiness event. It calls back once at most, since ticks and microtasks run between callbacks. */
  #handleEvent(): void {
    const stream = this.#stream;
    if (!stream) return;
    if (this.#isReading && stream.isReadable) return this.#read(stream);
    const [write] = this.#writes;
    if (!write || !stream.isWritable) return;
    const failure = writeWhatFits(stream, write.chunks);
    if (!failure && write.chunks.length > 0) return this.#schedule();
    this.#writes.shift();
    if (this.#writes.length > 0) this.#schedule('pending');
    else if (this.#shutdown) this.enqueue('pending', () => this.#finishShutdown());
    write.request.complete(failure ? this.errno(failure) : 0, this, undefined);
  }

  #read(stream: ByteStream): void {
    const size = this.#userBuffer?.length ?? readSize;
    const result = stream.read(size);
    if (result === 'EAGAIN') return;
    let isFull = false;
    try {
      if (typeof result === 'string') {
        // As libuv does at the end of a stream: no more reads, and the handle is idle.
        this.readStop();
        this.#emit(this.errno(result));
      } else {
        isFull = result.length === size;
        this.#bytesRead += result.length;
        this.#emit(result);
      }
    } finally {
      // libuv reads on at once while it fills its buffer, else it waits for the next turn of the loop.
      this.#schedule(isFull ? 'pending' : 'ready');
    }
  }

  #emit(result: Uint8Array | number): void {
    const listener = this.#listeners.at(-1);
    if (listener) listener.onStreamRead(result);
    else this.emitRead(result);
  }

  #finishShutdown(): void {
    const request = this.#shutdown;
    if (!request || !this.isOpen) return;
    this.#shutdown = undefined;
    this.#stream?.end();
    request.complete(0, this, undefined);
  }
}
