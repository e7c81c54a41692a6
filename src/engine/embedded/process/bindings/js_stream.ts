/** A stream of JavaScript's as a handle, for what expects one: Node's `JSStreamSocket` stands behind it. */
import { AsyncWrap, type ReqWrap } from '../wraps/async-wrap.ts';
import { createExternal } from './util/externals.ts';
import type { BindingFactory } from '../realm.ts';

const encodings = {
  writeAsciiString: 'latin1',
  writeUtf8String: 'utf8',
  writeUcs2String: 'utf16le',
  writeLatin1String: 'latin1',
} as const;

interface StreamState {
  readonly streamBaseState: Int32Array;
  readonly kReadBytesOrError: number;
  readonly kArrayBufferOffset: number;
  readonly kBytesWritten: number;
  readonly kLastWriteWasAsync: number;
}

/** A callback that returns nothing has succeeded. */
const toInt32 = (result: unknown): number => Number(result) | 0;

/** `internalBinding('js_stream')`. */
export const jsStream: BindingFactory = (realm, shape) => {
  // Node's C++ shares this array and the names of its fields with its library.
  const state = realm.internalBinding('stream_wrap') as unknown as StreamState;
  const bufferClass = (): BufferConstructor =>
    (realm.requireBuiltin('buffer') as { Buffer: BufferConstructor }).Buffer;

  /** Node's library sets the callbacks, and answers each with 0 or a negative error number. */
  class JSStream extends AsyncWrap {
    declare onread?: unknown;
    declare onreadstart?: unknown;
    declare onreadstop?: unknown;
    declare onshutdown?: unknown;
    declare onwrite?: unknown;
    readonly #external = createExternal();
    #bytesRead = 0;
    #bytesWritten = 0;

    constructor() {
      super(realm, 'JSSTREAM');
    }

    get fd(): number {
      return -1;
    }

    get _externalStream(): object {
      return this.#external;
    }

    get bytesRead(): number {
      return this.#bytesRead;
    }

    get bytesWritten(): number {
      return this.#bytesWritten;
    }

    get isStreamBase(): true {
      return true;
    }

    readStart(): number {
      return toInt32(this.makeCallback(this.onreadstart));
    }

    readStop(): number {
      return toInt32(this.makeCallback(this.onreadstop));
    }

    writeBuffer(request: ReqWrap, bytes: Uint8Array): number {
      return this.#write(request, [bytes]);
    }

    /** `chunks` are buffers, or chunk and encoding by turns. */
    writev(request: ReqWrap, chunks: readonly (Uint8Array | string)[], areBuffers: boolean): number {
      const bytes: Uint8Array[] = [];
      for (let index = 0; index < chunks.length; index += areBuffers ? 1 : 2) {
        const chunk = chunks[index] ?? '';
        // What follows a string is its encoding.
        const encoding = chunks[index + 1] as BufferEncoding;
        bytes.push(typeof chunk === 'string' ? bufferClass().from(chunk, encoding) : chunk);
      }
      return this.#write(request, bytes);
    }

    shutdown(request: ReqWrap): number {
      return this.#begin(request, () => this.makeCallback(this.onshutdown, request));
    }

    finishWrite(request: ReqWrap, status: number): void {
      this.#finish(request, status);
    }

    finishShutdown(request: ReqWrap, status: number): void {
      this.#finish(request, status);
    }

    readBuffer(bytes: Uint8Array): void {
      const copy = new Uint8Array(bytes);
      this.#bytesRead += copy.length;
      this.#read(copy.length, copy.buffer);
    }

    emitEOF(): void {
      this.#read(realm.uv.errno('EOF'), undefined);
    }

    #write(request: ReqWrap, chunks: readonly Uint8Array[]): number {
      const size = chunks.reduce((sum, { length }) => sum + length, 0);
      this.#bytesWritten += size;
      state.streamBaseState[state.kBytesWritten] = size;
      state.streamBaseState[state.kLastWriteWasAsync] = 1;
      const buffers = chunks.map((chunk) => bufferClass().from(chunk));
      return this.#begin(request, () => this.makeCallback(this.onwrite, request, buffers));
    }

    // What is under way in JavaScript does not keep the process alive by itself.

    #begin(request: ReqWrap, ask: () => unknown): number {
      request.dispatched();
      realm.loop.unref();
      return toInt32(ask());
    }

    #finish(request: ReqWrap, status: number): void {
      realm.loop.ref();
      request.complete(status, this, undefined);
    }

    #read(lengthOrError: number, bytes: ArrayBuffer | undefined): void {
      state.streamBaseState[state.kReadBytesOrError] = lengthOrError;
      state.streamBaseState[state.kArrayBufferOffset] = 0;
      this.makeCallback(this.onread, bytes);
    }
  }

  for (const [name, encoding] of Object.entries(encodings)) {
    const value = function (this: JSStream, request: ReqWrap, text: string): unknown {
      return this.writeBuffer(request, bufferClass().from(text, encoding));
    };
    Object.assign(JSStream.prototype, { [name]: value });
  }
  return { ...shape, JSStream };
};
