/** Compression and checksums. */
import { bytesOf } from './crypto/bytes.ts';
import { CompressionStream } from './zlib/compression-stream.ts';
import { crc32 } from './zlib/crc32.ts';
import { ZlibCompressor } from './zlib/zlib-compressor.ts';
import type * as Brotli from './zlib/brotli.ts';
import type * as Zstd from './zlib/zstd.ts';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('zlib')`. */
export const zlib: BindingFactory = (realm, shape) => {
  // True: the modules are those files.
  const brotli = (): typeof Brotli => realm.ownModule('brotli') as unknown as typeof Brotli;
  const zstd = (): typeof Zstd => realm.ownModule('zstd') as unknown as typeof Zstd;
  // The program may change its own afterwards.
  const copyOf = (dictionary: ArrayBufferView | undefined): Uint8Array =>
    Uint8Array.from(dictionary ? bytesOf(realm, dictionary) : []);

  return {
    ...shape,
    // Without a name of its own, which the bundler would shorten: it stands in stack traces.
    Zlib: class extends CompressionStream {
      readonly #mode: number;

      constructor(mode: number) {
        super(realm);
        this.#mode = mode;
      }

      init(
        windowBits: number,
        level: number,
        memLevel: number,
        strategy: number,
        result: Uint32Array,
        callback: unknown,
        dictionary: ArrayBufferView | undefined,
        rejectsGarbage: boolean,
      ): void {
        const settings = {
          windowBits,
          level,
          memLevel,
          strategy,
          // The program may change its own afterwards.
          dictionary: dictionary && Uint8Array.from(bytesOf(realm, dictionary)),
          rejectsGarbage,
        };
        this.open(new ZlibCompressor(this.#mode, settings), result, callback);
      }
    },
    BrotliEncoder: class extends CompressionStream {
      constructor() {
        super(realm);
      }

      init(parameters: Uint32Array, result: Uint32Array, callback: unknown): void {
        const encoder = brotli().createBrotliEncoder(parameters, (api) => realm.notSupported(api));
        this.open(encoder, result, callback);
      }
    },

    BrotliDecoder: class extends CompressionStream {
      constructor() {
        super(realm);
      }

      init(_parameters: Uint32Array, result: Uint32Array, callback: unknown): void {
        this.open(brotli().createBrotliDecoder(), result, callback);
      }
    },

    ZstdCompress: class extends CompressionStream {
      constructor() {
        super(realm);
      }

      init(
        parameters: Uint32Array,
        pledgedSize: number | undefined,
        result: Uint32Array,
        callback: unknown,
        dictionary?: ArrayBufferView,
      ): void {
        const words = copyOf(dictionary);
        const stop = (api: string): never => realm.notSupported(api);
        const compressor = zstd().createZstdCompressor(parameters, pledgedSize ?? undefined, words, stop);
        this.open(compressor, result, callback);
      }
    },

    ZstdDecompress: class extends CompressionStream {
      constructor() {
        super(realm);
      }

      init(
        _parameters: Uint32Array,
        _pledgedSize: number | undefined,
        result: Uint32Array,
        callback: unknown,
        dictionary?: ArrayBufferView,
      ): void {
        this.open(zstd().createZstdDecompressor(copyOf(dictionary)), result, callback);
      }
    },

    crc32: (data: string | ArrayBufferView, value: number): number => crc32(bytesOf(realm, data), value),
  };
};
