/** zlib's formats, by pako: a port of the zlib that Node bundles, with the same output byte for byte. */
import {
  Z_BUF_ERROR,
  Z_DATA_ERROR,
  Z_FINISH,
  Z_NEED_DICT,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibDeflate,
  zlibDeflateEnd,
  zlibDeflateInit2,
  zlibDeflateReset,
  zlibDeflateSetDictionary,
  zlibInflate,
  zlibInflateEnd,
  zlibInflateInit2,
  zlibInflateReset,
  zlibInflateSetDictionary,
} from 'pako';
import type { Z_FlushMode, Z_Strategy } from 'pako';
import type { Buffers, CompressionError, Compressor } from './compressor.ts';

/** `node_zlib_mode` */
const mode = { deflate: 1, inflate: 2, gzip: 3, gunzip: 4, deflateRaw: 5, inflateRaw: 6, unzip: 7 };
const deflated = 8;
/** The first bytes of a gzip file. */
const gzipMagic = [0x1f, 0x8b];

const codes: Readonly<Record<number, string>> = {
  0: 'Z_OK',
  1: 'Z_STREAM_END',
  2: 'Z_NEED_DICT',
  [-1]: 'Z_ERRNO',
  [-2]: 'Z_STREAM_ERROR',
  [-3]: 'Z_DATA_ERROR',
  [-4]: 'Z_MEM_ERROR',
  [-5]: 'Z_BUF_ERROR',
  [-6]: 'Z_VERSION_ERROR',
};

/** What a stream is opened with. */
export interface ZlibSettings {
  readonly windowBits: number;
  readonly level: number;
  readonly memLevel: number;
  readonly strategy: number;
  readonly dictionary: Uint8Array | undefined;
  /** Leaves what follows the first member of a gzip file alone. */
  readonly rejectsGarbage: boolean;
}

/** The part of deflate's state that `deflateParams` changes. */
interface DeflateState {
  level: number;
  strategy: number;
  /** 0: no stored block yet; 1: the window has moved on once since; 2: more often. */
  matches: number;
  readonly w_size: number;
  readonly head: Uint16Array;
  readonly prev: Uint16Array;
  max_lazy_match: number;
  good_match: number;
  nice_match: number;
  max_chain_length: number;
}

/** Stored blocks moved the window without its hashes: moves them too, or drops them. */
function forgetStored(state: DeflateState): void {
  if (state.matches === 0) return;
  if (state.matches > 1) state.head.fill(0);
  else {
    for (const table of [state.head, state.prev])
      for (const [index, position] of table.entries()) table[index] = Math.max(0, position - state.w_size);
  }
  state.matches = 0;
}

/** `ZlibContext` of Node's C++. */
export class ZlibCompressor implements Compressor {
  readonly #settings: ZlibSettings;
  readonly #stream = new ZStream();
  #mode: number;
  #status: number = Z_OK;
  #isReady = false;
  /** Bytes of gzip's magic number that an unzip stream has seen. */
  #magicRead = 0;

  constructor(streamMode: number, settings: ZlibSettings) {
    this.#mode = streamMode;
    this.#settings = settings;
  }

  process(buffers: Buffers, flush: number): CompressionError | undefined {
    if (!this.#isReady && !this.#open()) return this.#failure('Zlib error');
    const stream = this.#stream;
    stream.input = buffers.input;
    stream.next_in = buffers.inputStart;
    stream.avail_in = buffers.inputLength;
    // The program's buffers may be of shared memory; pako only writes to them.
    stream.output = buffers.output as Uint8Array<ArrayBuffer>;
    stream.next_out = buffers.outputStart;
    stream.avail_out = buffers.outputLength;
    // Node's library has checked it.
    const flushMode = flush as Z_FlushMode;
    if (this.#compresses) this.#status = zlibDeflate(stream, flushMode);
    else this.#inflate(flushMode);
    buffers.inputStart = stream.next_in;
    buffers.inputLength = stream.avail_in;
    buffers.outputStart = stream.next_out;
    buffers.outputLength = stream.avail_out;
    return this.#errorAfter(flush);
  }

  reset(): CompressionError | undefined {
    if (!this.#isReady && !this.#open()) return this.#failure('Failed to init stream before reset');
    this.#status = Z_OK;
    if (this.#compresses) this.#status = zlibDeflateReset(this.#stream);
    else if (this.#mode !== mode.unzip) this.#status = zlibInflateReset(this.#stream);
    if (this.#status !== Z_OK) return this.#failure('Failed to reset stream');
    return this.#setDictionary();
  }

  setParams(level: number, strategy: number): CompressionError | undefined {
    if (!this.#isReady && !this.#open()) return this.#failure('Failed to init stream before set parameters');
    this.#status = Z_OK;
    if (this.#mode === mode.deflate || this.#mode === mode.deflateRaw) this.#changeParams(level, strategy);
    return undefined;
  }

  close(): void {
    if (!this.#isReady) return;
    if (this.#compresses) zlibDeflateEnd(this.#stream);
    else zlibInflateEnd(this.#stream);
  }

  get #compresses(): boolean {
    return this.#mode === mode.deflate || this.#mode === mode.gzip || this.#mode === mode.deflateRaw;
  }

  /** The sign and the higher bits of zlib's window bits name the format. */
  get #windowBits(): number {
    const { windowBits } = this.#settings;
    if (this.#mode === mode.gzip || this.#mode === mode.gunzip) return windowBits + 16;
    if (this.#mode === mode.unzip) return windowBits + 32;
    return this.#mode === mode.deflateRaw || this.#mode === mode.inflateRaw ? -windowBits : windowBits;
  }

  #open(): boolean {
    const { level, memLevel, strategy } = this.#settings;
    this.#status = this.#compresses
      ? zlibDeflateInit2(
          this.#stream,
          level,
          deflated,
          this.#windowBits,
          memLevel,
          // Node's library has checked it.
          strategy as Z_Strategy,
        )
      : zlibInflateInit2(this.#stream, this.#windowBits);
    if (this.#status !== Z_OK) return false;
    this.#setDictionary();
    this.#isReady = true;
    return true;
  }

  #setDictionary(): CompressionError | undefined {
    const { dictionary } = this.#settings;
    if (!dictionary?.length) return undefined;
    this.#status = Z_OK;
    if (this.#mode === mode.deflate || this.#mode === mode.deflateRaw) {
      this.#status = zlibDeflateSetDictionary(this.#stream, dictionary);
    } else if (this.#mode === mode.inflateRaw) {
      this.#status = zlibInflateSetDictionary(this.#stream, dictionary);
    }
    return this.#status === Z_OK ? undefined : this.#failure('Failed to set dictionary');
  }

  #inflate(flush: Z_FlushMode): void {
    const stream = this.#stream;
    const { dictionary, rejectsGarbage } = this.#settings;
    if (this.#mode === mode.unzip) this.#detectFormat();
    this.#status = zlibInflate(stream, flush);
    if (this.#mode !== mode.inflateRaw && this.#status === Z_NEED_DICT && dictionary?.length) {
      this.#status = zlibInflateSetDictionary(stream, dictionary);
      if (this.#status === Z_OK) this.#status = zlibInflate(stream, flush);
      // So that a bad dictionary can be told from bad input.
      else if (this.#status === Z_DATA_ERROR) this.#status = Z_NEED_DICT;
    }
    if (rejectsGarbage) return;
    // Another member of the file, or garbage; zeros are padding.
    while (
      stream.avail_in > 0 &&
      this.#mode === mode.gunzip &&
      this.#status === Z_STREAM_END &&
      stream.input[stream.next_in] !== 0
    ) {
      this.reset();
      this.#status = zlibInflate(stream, flush);
    }
  }

  /** Of an unzip stream: whether it is gzip's format or zlib's, as soon as its first bytes are there. */
  #detectFormat(): void {
    const { input, next_in: start, avail_in: length } = this.#stream;
    for (let index = start; index < start + length && this.#magicRead < gzipMagic.length; index++) {
      if (input[index] !== gzipMagic[this.#magicRead]) {
        this.#mode = mode.inflate;
        return;
      }
      this.#magicRead++;
    }
    if (this.#magicRead === gzipMagic.length) this.#mode = mode.gunzip;
  }

  /** `deflateParams`, which pako does not have. Node's library has flushed the stream before. */
  #changeParams(level: number, strategy: number): void {
    const state = this.#stateOf(this.#stream);
    const scratch = new ZStream();
    const { memLevel } = this.#settings;
    this.#status = zlibDeflateInit2(scratch, level, deflated, -9, memLevel, strategy as Z_Strategy);
    if (this.#status !== Z_OK) return;
    const fresh = this.#stateOf(scratch);
    if (fresh.level !== state.level) {
      if (state.level === 0) forgetStored(state);
      state.level = fresh.level;
      state.max_lazy_match = fresh.max_lazy_match;
      state.good_match = fresh.good_match;
      state.nice_match = fresh.nice_match;
      state.max_chain_length = fresh.max_chain_length;
    }
    state.strategy = strategy;
  }

  #stateOf(stream: ZStream): DeflateState {
    // An open stream of deflate has a state with zlib's own names.
    return stream.state as DeflateState;
  }

  #errorAfter(flush: number): CompressionError | undefined {
    switch (this.#status) {
      case Z_OK:
      case Z_BUF_ERROR:
        return this.#stream.avail_out !== 0 && flush === Z_FINISH
          ? this.#failure('unexpected end of file')
          : undefined;
      case Z_STREAM_END:
        return undefined;
      case Z_NEED_DICT:
        return this.#failure(this.#settings.dictionary?.length ? 'Bad dictionary' : 'Missing dictionary');
      default:
        return this.#failure('Zlib error');
    }
  }

  #failure(message: string): CompressionError {
    const errno = this.#status;
    return { message: this.#stream.msg || message, errno, code: codes[errno] ?? 'Z_UNKNOWN_ERROR' };
  }
}
