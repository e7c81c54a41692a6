/** Compression and checksums. */
import { bytesOf } from './crypto/bytes.ts';
import { CompressionStream } from './zlib/compression-stream.ts';
import { crc32 } from './zlib/crc32.ts';
import { ZlibCompressor } from './zlib/zlib-compressor.ts';
import type * as Brotli from './zlib/brotli.ts';
import type { BindingFactory } from '../realm.ts';

/** What a reader calls the classes of the binding that stay stubs. */
const missing: Readonly<Record<string, string>> = {
  ZstdCompress: 'Zstandard compression (zlib.zstdCompress, zlib.createZstdCompress)',
  ZstdDecompress: 'Zstandard decompression (zlib.zstdDecompress, zlib.createZstdDecompress)',
};

/** `internalBinding('zlib')`. */
export const zlib: BindingFactory = (realm, shape) => {
  const stubs = Object.entries(missing).map(([name, api]) => {
    // A function, not an arrow: Node's library makes them with `new`.
    const stub = function (): void {
      realm.notSupported(api);
    };
    return [name, stub] as const;
  });

  // True: the module is that file.
  const brotli = (): typeof Brotli => realm.ownModule('brotli') as unknown as typeof Brotli;

  return {
    ...shape,
    ...Object.fromEntries(stubs),
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

    crc32: (data: string | ArrayBufferView, value: number): number => crc32(bytesOf(realm, data), value),
  };
};
