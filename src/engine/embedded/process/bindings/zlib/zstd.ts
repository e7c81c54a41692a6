/** Zstandard. Both directions take a whole frame in before its output comes. */
import { createWholeCompressor } from './whole-stream.ts';
import { xxh64 } from './xxh64.ts';
import { compressFrame, decompressFrame, ZstdError } from './zstd-library.ts';
import type { CompressionError, Compressor } from './compressor.ts';

/** `ZSTD_e_continue`, `ZSTD_e_flush`, `ZSTD_e_end` */
const directive = { continue: 0, flush: 1, end: 2 };
/** `ZSTD_c_compressionLevel`, `ZSTD_c_contentSizeFlag`, `ZSTD_c_checksumFlag` */
const parameter = { level: 100, contentSize: 200, checksum: 201 };
/** The least and the greatest value of each other parameter; those without a pair have none of use here. */
const ranges: Readonly<Record<number, readonly [least: number, most: number]>> = {
  101: [10, 31],
  102: [6, 30],
  103: [6, 30],
  104: [1, 30],
  105: [3, 7],
  106: [0, 131_072],
  107: [1, 9],
  130: [0, 131_072],
  160: [0, 1],
  161: [6, 30],
  162: [4, 4096],
  163: [1, 8],
  164: [0, 25],
  200: [0, 1],
  201: [0, 1],
  202: [0, 1],
  400: [0, 0],
  401: [0, 0],
  402: [0, 0],
};
const unset = 0xffff_ffff;
const usualLevel = 3;

const magic = 0xfd2fb528;
const skippableMagic = 0x184d2a50;

/** Logarithms of the windows of all levels from 1 on, for content of a size that is not known. */
const windowLogs = [19, 20, 21, 21, 21, 21, 21, 21, 22, 22, 22, 22, 22, 22, 22, 22, 23, 23, 23, 25, 26, 27];

const messages: Readonly<Record<number, readonly [name: string, message: string]>> = {
  1: ['GENERIC', 'Error (generic)'],
  10: ['prefix_unknown', 'Unknown frame descriptor'],
  14: ['frameParameter_unsupported', 'Unsupported frame parameter'],
  16: ['frameParameter_windowTooLarge', 'Frame requires too much memory for decoding'],
  20: ['corruption_detected', 'Data corruption detected'],
  22: ['checksum_wrong', "Restored data doesn't match checksum"],
  30: ['dictionary_corrupted', 'Dictionary is corrupted'],
  32: ['dictionary_wrong', 'Dictionary mismatch'],
  64: ['memory_allocation', 'Allocation error : not enough memory'],
  72: ['srcSize_wrong', 'Src size is incorrect'],
};

function failure(number: number): CompressionError {
  const [name, message] = messages[number] ?? messages[1] ?? ['GENERIC', ''];
  return { message, errno: number, code: `ZSTD_error_${name}` };
}

/** Where the parts of a frame end, and the size of what it holds where the header tells it. */
interface Frame {
  readonly headerLength: number;
  readonly length: number;
  readonly contentSize: number | undefined;
}

/** Measures the frame at the beginning; undefined when more has to come. Throws a `ZstdError` when there is none. */
function measure(bytes: Uint8Array): Frame | undefined {
  if (bytes.length < 5) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(0, true);
  if ((start & 0xfffffff0) >>> 0 === skippableMagic) {
    const length = bytes.length < 8 ? Infinity : 8 + view.getUint32(4, true);
    return length <= bytes.length ? { headerLength: length, length, contentSize: 0 } : undefined;
  }
  if (start !== magic) throw new ZstdError(10);
  const descriptor = view.getUint8(4);
  const isSingleSegment = (descriptor & 32) !== 0;
  const dictionaryLength = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeLength = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  const sizeAt = 5 + (isSingleSegment ? 0 : 1) + dictionaryLength;
  const headerLength = sizeAt + sizeLength;
  if (bytes.length < headerLength) return undefined;
  let contentSize: number | undefined = sizeLength === 0 ? undefined : sizeLength === 2 ? 256 : 0;
  for (let index = 0; index < sizeLength; index++) {
    contentSize = (contentSize ?? 0) + view.getUint8(sizeAt + index) * 256 ** index;
  }
  let position = headerLength;
  for (let isLast = false; !isLast;) {
    if (position + 3 > bytes.length) return undefined;
    const block = view.getUint16(position, true) | (view.getUint8(position + 2) << 16);
    isLast = (block & 1) !== 0;
    // A block of one byte that is repeated.
    position += 3 + (((block >> 1) & 3) === 1 ? 1 : block >> 3);
  }
  if ((descriptor & 4) !== 0) position += 4;
  return position <= bytes.length ? { headerLength, length: position, contentSize } : undefined;
}

/** `ZstdCompress` with the parameters of Node's binding. `notSupported` throws. */
export function createZstdCompressor(
  parameters: Uint32Array,
  pledgedSize: number | undefined,
  dictionary: Uint8Array,
  notSupported: (api: string) => never,
): Compressor {
  const given = parameters[parameter.level] ?? unset;
  // The array has no sign, and -1 cannot be told from a parameter that is not set.
  const level = given === unset || given === 0 ? usualLevel : Math.min(22, given | 0);
  for (const [index, value] of parameters.entries()) {
    if (value === unset || index === parameter.level) continue;
    const [least, most] = ranges[index] ?? [1, 0];
    // 0 also stands for the usual value.
    const isValid = index in ranges && (value === 0 || (value >= least && value <= most));
    if (!isValid) {
      const error = new Error('Setting parameter failed');
      throw Object.assign(error, { code: 'ERR_ZLIB_INITIALIZATION_FAILED' });
    }
    const isUsual = index === parameter.contentSize ? value === 1 : value === 0;
    if (!isUsual && index !== parameter.checksum) notSupported(`Parameter ${index} of Zstandard compression`);
  }
  const hasChecksum = parameters[parameter.checksum] === 1;

  /** The frame as it is when its header was written before its size was known. */
  function withoutSize(frame: Uint8Array): Uint8Array {
    const headerLength = measure(frame)?.headerLength ?? 0;
    const log = windowLogs[Math.max(1, level) - 1] ?? 27;
    return Uint8Array.of(...frame.subarray(0, 4), 0, (log - 10) << 3, ...frame.subarray(headerLength));
  }

  function withChecksum(frame: Uint8Array, content: Uint8Array): Uint8Array {
    const result = new Uint8Array(frame.length + 4);
    result.set(frame);
    result[4] = (frame[4] ?? 0) | 4;
    new DataView(result.buffer).setUint32(frame.length, Number(xxh64(content) & 0xffff_ffffn), true);
    return result;
  }

  return createWholeCompressor((stream) => {
    /** Whether an earlier call began the frame, so that its size was not known then. */
    let hasBegun = false;

    return (buffers, flush) => {
      if (stream.hasOutput) return undefined;
      const isNew = buffers.inputLength > 0;
      stream.take(buffers);
      if (flush === directive.flush && (isNew || hasBegun)) {
        notSupported('Flushing a stream of Zstandard before its end');
      }
      if (flush === directive.end) {
        const input = stream.joined();
        if (pledgedSize !== undefined && pledgedSize !== input.length) return failure(72);
        const whole = compressFrame(input, level, dictionary);
        const frame = hasBegun && pledgedSize === undefined ? withoutSize(whole) : whole;
        stream.output = hasChecksum ? withChecksum(frame, input) : frame;
        stream.forget();
        hasBegun = false;
      } else hasBegun ||= isNew;
      return undefined;
    };
  });
}

/** `ZstdDecompress`: of what follows the first frame nothing is read. */
export function createZstdDecompressor(dictionary: Uint8Array): Compressor {
  return createWholeCompressor((stream) => {
    let isFinished = false;

    return (buffers, flush) => {
      if (isFinished) return undefined;
      try {
        stream.take(buffers);
        const input = stream.joined();
        const frame = measure(input);
        if (frame) {
          isFinished = true;
          stream.output = decompressFrame(input.subarray(0, frame.length), frame.contentSize, dictionary);
          buffers.inputLength = input.length - frame.length;
          buffers.inputStart -= buffers.inputLength;
        } else if (flush === directive.end) {
          return { message: 'unexpected end of file', errno: -5, code: 'Z_BUF_ERROR' };
        }
      } catch (error) {
        return failure(error instanceof ZstdError ? error.number : 64);
      }
      return undefined;
    };
  });
}
