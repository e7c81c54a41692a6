/** What Node's C++ calls a compression context: the part of a compression library that streams use. */

/** Why a stream failed: zlib's or Brotli's own message, number and name of the error. */
export interface CompressionError {
  readonly message: string;
  readonly errno: number;
  readonly code: string;
}

/** One piece of work: what to read, and where to write. The compressor moves the starts and lengths on. */
export interface Buffers {
  readonly input: Uint8Array;
  inputStart: number;
  /** Bytes of input that are left. */
  inputLength: number;
  readonly output: Uint8Array;
  outputStart: number;
  /** Bytes of room that are left. */
  outputLength: number;
}

/** A compressor or decompressor. */
export interface Compressor {
  /** Does as much of the work as input and room allow. */
  process(buffers: Buffers, flush: number): CompressionError | undefined;
  /** Begins a new stream with the same settings. */
  reset(): CompressionError | undefined;
  /** Other settings for what comes; of zlib's compressors only. */
  setParams?(level: number, strategy: number): CompressionError | undefined;
  close(): void;
}
