/** Brotli. Both directions take the whole input in before the first output comes. */
import createEncoder, { type BrotliEncoder } from 'brotli-encoder';
import { decompress } from 'brotli/decompress';
import { createWholeCompressor } from './whole-stream.ts';
import type { CompressionError, Compressor } from './compressor.ts';

/** `BROTLI_OPERATION_…` */
const operation = { process: 0, flush: 1, finish: 2 };
/** `BROTLI_PARAM_…` */
const parameter = { mode: 0, quality: 1, windowBits: 2 };
/** What stands for a parameter that is not set. */
const unset = 0xffff_ffff;

let encoder: BrotliEncoder | undefined;

function theEncoder(): BrotliEncoder {
  if (encoder) return encoder;
  const target = {};
  void createEncoder(target);
  // It is filled in by now.
  encoder = target as BrotliEncoder;
  return encoder;
}

/** A stream of no bytes: the size of the window, and that nothing follows. */
function emptyStream(windowBits: number): Uint8Array {
  if (windowBits === 16) return Uint8Array.of(0b110);
  const [size, bits] =
    windowBits === 17
      ? [7, 1]
      : windowBits > 17
        ? [4, ((windowBits - 17) << 1) | 1]
        : [7, ((windowBits - 8) << 4) | 1];
  const value = bits | (0b11 << size);
  return value > 255 ? Uint8Array.of(value & 255, value >> 8) : Uint8Array.of(value);
}

/** The greatest values of the parameters that have one: literal context modelling, large window, NPOSTFIX, NDIRECT. */
const greatest: Readonly<Record<number, number>> = { 4: 1, 6: 1, 7: 3, 8: 120 };

/** `BrotliEncoder` with the parameters of Node's binding. `notSupported` throws. */
export function createBrotliEncoder(
  parameters: Uint32Array,
  notSupported: (api: string) => never,
): Compressor {
  for (const [index, value] of parameters.entries()) {
    if (value !== unset && value > (greatest[index] ?? unset)) {
      const error = new Error('Initialization failed');
      throw Object.assign(error, { code: 'ERR_ZLIB_INITIALIZATION_FAILED' });
    }
  }
  const setting = (index: number, usual: number, least: number, most: number): number => {
    const value = parameters[index] ?? unset;
    return value === unset ? usual : Math.min(most, Math.max(least, value));
  };
  const mode = setting(parameter.mode, 0, 0, 2);
  const quality = setting(parameter.quality, 11, 0, 11);
  const windowBits = setting(parameter.windowBits, 22, 10, 24);

  function encode(input: Uint8Array): Uint8Array {
    if (input.length === 0) return emptyStream(quality < 2 ? Math.max(windowBits, 18) : windowBits);
    const brotli = theEncoder();
    // As much as an input that cannot be compressed takes.
    const room = input.length + Math.ceil(input.length / 64) + 1024;
    try {
      const [from, to] = [brotli._malloc(input.length), brotli._malloc(room)];
      brotli.HEAPU8.set(input, from);
      const length = brotli._encodeWithDictionary(
        quality,
        windowBits,
        mode,
        input.length,
        from,
        0,
        0,
        room,
        to,
      );
      const output = brotli.HEAPU8.slice(to, to + Math.max(0, length));
      brotli._free(from);
      brotli._free(to);
      if (length >= 0) return output;
    } catch {
      // Its memory is used up: the next one begins anew.
      encoder = undefined;
    }
    return notSupported(`Brotli compression of ${input.length} bytes`);
  }

  return createWholeCompressor((stream) => {
    let isFinished = false;

    return (buffers, flush) => {
      stream.take(buffers);
      if (flush === operation.flush && stream.joined().length > 0 && !isFinished) {
        notSupported('Flushing a stream of Brotli before its end');
      }
      if (flush === operation.finish && !isFinished) {
        isFinished = true;
        stream.output = encode(stream.joined());
      }
      return undefined;
    };
  });
}

/** What the decoder says of bad input, with Google's number and name of the error. */
const failures: readonly (readonly [RegExp, number, string])[] = [
  [/size nibble/, -1, 'EXUBERANT_NIBBLE'],
  [/reserved bit/, -2, 'RESERVED'],
  [/size byte/, -3, 'EXUBERANT_META_NIBBLE'],
  [/invalid symbols/, -5, 'SIMPLE_HUFFMAN_SAME'],
  [/num_codes or space/, -6, 'CL_SPACE'],
  [/HuffmanCodeLengths|BuildHuffmanTable/, -7, 'HUFFMAN_SPACE'],
  [/context_map/, -8, 'CONTEXT_MAP_REPEAT'],
  [/backward reference/, -12, 'DICTIONARY'],
  [/distance/, -16, 'DISTANCE'],
];

const isTruncation = /end of input|not enough bytes|bit_end_pos/;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : '');

/** Whether the decoder failed for want of input: it reads zeros after the end, and fails in another way on other bytes. */
function dependsOnMore(input: Uint8Array, failure: string): boolean {
  return [7, 58, 151, 214].some((seed) => {
    const longer = new Uint8Array(input.length + 64);
    longer.set(input);
    // Bytes without a pattern: equal ones are an error of their own in some places.
    for (let index = input.length, state = seed; index < longer.length; index++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      longer[index] = state >>> 16;
    }
    try {
      decompress(longer);
      return true;
    } catch (error) {
      return messageOf(error) !== failure;
    }
  });
}

/** Whether a stream that says that it is empty has something else in the byte in which it ends. */
function isBadlyPadded(input: Uint8Array): boolean {
  const bits = (input[0] ?? 0) | ((input[1] ?? 0) << 8);
  const sizeLength = (bits & 1) === 0 ? 1 : (bits & 0b1110) === 0 ? 7 : 4;
  const end = sizeLength + 2;
  const isEmpty = ((bits >> sizeLength) & 0b11) === 0b11;
  return isEmpty && (bits & (end > 8 ? 0xffff : 0xff)) >> end !== 0;
}

/** Decodes a stream; the error of one of which more has to come is `Z_BUF_ERROR`. */
function decode(input: Uint8Array): Uint8Array | CompressionError {
  if (input.length > 0 && isBadlyPadded(input)) {
    return { message: 'Decompression failed', errno: -15, code: 'ERR__ERROR_FORMAT_PADDING_2' };
  }
  try {
    return decompress(input);
  } catch (error) {
    const text = messageOf(error);
    if (isTruncation.test(text) || dependsOnMore(input, text)) {
      return { message: 'unexpected end of file', errno: -5, code: 'Z_BUF_ERROR' };
    }
    const [, errno, name] = failures.find(([pattern]) => pattern.test(text)) ?? [/./, -14, 'PADDING_1'];
    return { message: 'Decompression failed', errno, code: `ERR__ERROR_FORMAT_${name}` };
  }
}

/** `BrotliDecoder` */
export function createBrotliDecoder(): Compressor {
  return createWholeCompressor((stream) => {
    let isFinished = false;

    return (buffers, flush) => {
      const isEnd = flush === operation.finish;
      if (isFinished || (buffers.inputLength === 0 && !isEnd)) return undefined;
      stream.take(buffers);
      const result = decode(stream.joined());
      if (!(result instanceof Uint8Array)) {
        return isEnd || result.code !== 'Z_BUF_ERROR' ? result : undefined;
      }
      stream.output = result;
      isFinished = true;
      return undefined;
    };
  });
}
