/** Calls of Facebook's library, compiled to WebAssembly. */
import wasm from 'zstd-wasm';

/** What the module exports, by the letters that its build gave the functions. Sizes above `mostSize` are errors. */
interface ZstdExports {
  readonly f: WebAssembly.Memory;
  /** `__wasm_call_ctors` */
  g(): void;
  /** `ZSTD_compressBound` */
  i(size: number): number;
  /** `ZSTD_createCCtx` */
  j(): number;
  /** `ZSTD_freeCCtx` */
  k(context: number): number;
  /** `ZSTD_compress_usingDict` */
  l(
    context: number,
    to: number,
    room: number,
    from: number,
    size: number,
    dictionary: number,
    dictionarySize: number,
    level: number,
  ): number;
  /** `ZSTD_createDCtx` */
  n(): number;
  /** `ZSTD_freeDCtx` */
  o(context: number): number;
  /** `ZSTD_decompress_usingDict` */
  q(
    context: number,
    to: number,
    room: number,
    from: number,
    size: number,
    dictionary: number,
    dictionarySize: number,
  ): number;
  /** `malloc` */
  s(size: number): number;
  /** `free` */
  t(pointer: number): void;
}

const pageSize = 65_536;
/** `ZSTD_error_dstSize_tooSmall` */
const tooSmall = 70;

/** The number of an error of Facebook's library. */
export class ZstdError extends Error {
  readonly number: number;

  constructor(number: number) {
    super(`Error ${number} of Zstandard`);
    this.number = number;
  }
}

let instance: ZstdExports | undefined;

function library(): ZstdExports {
  if (instance) return instance;
  const stop = (): never => {
    throw new RangeError('Zstandard has run out of memory');
  };
  const imports = {
    a: stop,
    b: () => {},
    c: stop,
    d: () => 0,
    /** `emscripten_resize_heap` */
    e(size: number): number {
      try {
        memory.grow(Math.ceil((size - memory.buffer.byteLength) / pageSize));
        return 1;
      } catch {
        return 0;
      }
    },
  };
  // The module is pinned with the version of its package.
  const exports = new WebAssembly.Instance(new WebAssembly.Module(wasm), { a: imports })
    .exports as unknown as ZstdExports;
  const memory = exports.f;
  exports.g();
  instance = exports;
  return exports;
}

/** Puts bytes into the memory of the library, lets `call` work with them, and frees everything. */
function withMemory(
  inputs: readonly Uint8Array[],
  room: number,
  call: (zstd: ZstdExports, to: number, pointers: readonly number[]) => number,
): Uint8Array {
  const zstd = library();
  const pointers = inputs.map((bytes) => {
    const pointer = zstd.s(bytes.length + 1);
    new Uint8Array(zstd.f.buffer).set(bytes, pointer);
    return pointer;
  });
  const to = zstd.s(room + 1);
  try {
    const size = call(zstd, to, pointers) >>> 0;
    // Errors are the largest sizes, counted down.
    if (size > 2 ** 32 - 200) throw new ZstdError(2 ** 32 - size);
    return new Uint8Array(zstd.f.buffer).slice(to, to + size);
  } finally {
    for (const pointer of [...pointers, to]) zstd.t(pointer);
  }
}

/** One frame, whose header has the size of what it holds. */
export function compressFrame(input: Uint8Array, level: number, dictionary: Uint8Array): Uint8Array {
  const room = library().i(input.length);
  return withMemory([input, dictionary], room, (zstd, to, [from = 0, words = 0]) => {
    const context = zstd.j();
    const size = zstd.l(context, to, room, from, input.length, words, dictionary.length, level);
    zstd.k(context);
    return size;
  });
}

/** What a frame holds; `size` in bytes where the header tells it. Throws a `ZstdError`. */
export function decompressFrame(
  frame: Uint8Array,
  size: number | undefined,
  dictionary: Uint8Array,
): Uint8Array {
  let room = size ?? Math.max(1 << 16, frame.length * 8);
  for (;;) {
    try {
      return withMemory([frame, dictionary], room, (zstd, to, [from = 0, words = 0]) => {
        const context = zstd.n();
        const length = zstd.q(context, to, room, from, frame.length, words, dictionary.length);
        zstd.o(context);
        return length;
      });
    } catch (error) {
      const canGrow = size === undefined && error instanceof ZstdError && error.number === tooSmall;
      if (!canGrow) throw error;
      room *= 4;
    }
  }
}
