/** `CompressionStream` of Node's C++: a compressor as Node's streams drive it. */
import { AsyncWrap } from '../../wraps/async-wrap.ts';
import type { Realm } from '../../realm.ts';
import type { Buffers, CompressionError, Compressor } from './compressor.ts';

/** Room and input that are left after a write, for Node's library to read. */
type WriteResult = Uint32Array;

type WriteArguments = [
  flush: number,
  input: Uint8Array | null,
  inputStart: number,
  inputLength: number,
  output: Uint8Array,
  outputStart: number,
  outputLength: number,
];

const nothing = new Uint8Array();

/** The classes of the binding inherit from it and say in `init` what compresses. */
export abstract class CompressionStream extends AsyncWrap {
  /** Node's library reports the error to the program. */
  declare onerror?: unknown;
  #compressor: Compressor | undefined;
  #result: WriteResult = new Uint32Array(2);
  #callback: unknown;
  #isWriting = false;
  #isClosePending = false;

  constructor(realm: Realm) {
    super(realm, 'ZLIB');
  }

  /** Works in a task of its own, then calls back. */
  write(...work: WriteArguments): void {
    this.#isWriting = true;
    this.realm.loop.enqueue(() => {
      const error = this.#process(work);
      this.#isWriting = false;
      if (error) return this.emitError(error);
      this.makeCallback(this.#callback);
      if (this.#isClosePending) this.close();
    });
  }

  writeSync(...work: WriteArguments): void {
    const error = this.#process(work);
    if (error) this.emitError(error);
  }

  close(): void {
    this.#isClosePending = this.#isWriting;
    if (this.#isWriting) return;
    this.#compressor?.close();
    this.#compressor = undefined;
  }

  /** Throws while a write is under way. */
  reset(): void {
    if (this.#isWriting) throw new Error('Cannot reset zlib stream while a write is in progress');
    const error = this.#compressor?.reset();
    if (error) this.emitError(error);
  }

  params(level: number, strategy: number): void {
    const error = this.#compressor?.setParams?.(level, strategy);
    if (error) this.emitError(error);
  }

  protected open(compressor: Compressor, result: WriteResult, callback: unknown): void {
    this.#compressor = compressor;
    this.#result = result;
    this.#callback = callback;
  }

  protected emitError({ message, errno, code }: CompressionError): void {
    this.makeCallback(this.onerror, message, errno, code);
    this.#isWriting = false;
    if (this.#isClosePending) this.close();
  }

  #process([flush, input, inputStart, inputLength, ...room]: WriteArguments): CompressionError | undefined {
    const [output, outputStart, outputLength] = room;
    const buffers: Buffers = {
      input: bytesOf(input),
      inputStart,
      inputLength,
      output,
      outputStart,
      outputLength,
    };
    const error = this.#compressor?.process(buffers, flush);
    if (!error) this.#result.set([buffers.outputLength, buffers.inputLength]);
    return error;
  }
}

/** What a program compresses may be any view. */
function bytesOf(input: ArrayBufferView | null): Uint8Array {
  if (input === null) return nothing;
  return input instanceof Uint8Array
    ? input
    : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
}
