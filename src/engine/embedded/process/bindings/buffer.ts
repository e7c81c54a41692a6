/** What Buffer's methods are made of. */
import * as codecs from './buffer/codecs.ts';
import { compare, search, searchPairs, searchStart } from './buffer/search.ts';
import { nativeError } from './native-error.ts';
import type { BindingFactory } from '../realm.ts';

type View = ArrayBufferView | ArrayBufferLike;
type Caller = (...args: never[]) => unknown;

const { bytesOf, parseEncoding } = codecs;

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** A non-negative index as C++ reads one: absent is `fallback`, fractions are cut off. */
function indexArgument(value: unknown, fallback: number, caller: Caller): number {
  if (value === undefined) return fallback;
  const index = Math.trunc(Number(value)) || 0;
  if (index < 0) throw nativeError(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range', caller);
  return index;
}

function viewArgument(value: unknown, caller: Caller): Uint8Array {
  if (ArrayBuffer.isView(value)) return bytesOf(value);
  throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a buffer', caller);
}

/** `sizeOf` tells how many characters some bytes become at most. */
function sliceWith(decode: (bytes: Uint8Array) => string, sizeOf = (length: number) => length): Caller {
  return function slice(view: unknown, start?: unknown, end?: unknown): string {
    const bytes = viewArgument(view, slice);
    if (bytes.length === 0) return '';
    const from = indexArgument(start, 0, slice);
    const to = indexArgument(end, bytes.length, slice);
    if (to <= from) return '';
    if (to > bytes.length) throw nativeError(RangeError, 'ERR_OUT_OF_RANGE', 'Index out of range', slice);
    if (sizeOf(to - from) > codecs.longestText) throw codecs.textTooLong(slice);
    return decode(bytes.subarray(from, to));
  };
}

function writeWith(encode: codecs.Write): Caller {
  return function write(view: unknown, text: unknown, offset?: unknown, length?: unknown): number {
    const bytes = viewArgument(view, write);
    if (typeof text !== 'string')
      throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string', write);
    const from = indexArgument(offset, 0, write);
    if (from > bytes.length) {
      const message = '"offset" is outside of buffer bounds';
      throw nativeError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', message, write);
    }
    const room = Math.min(indexArgument(length, bytes.length - from, write), bytes.length - from);
    return room === 0 ? 0 : encode(bytes.subarray(from, from + room), text);
  };
}

/** Fills with a number, a text or bytes; -1 when there is nothing to fill with, -2 out of bounds. */
function fill(
  view: View,
  value: unknown,
  start: unknown,
  end: unknown,
  encoding: unknown,
): number | undefined {
  const bytes = bytesOf(view);
  const from = indexArgument(start, 0, fill);
  const to = indexArgument(end, bytes.length, fill);
  if (from > to || to > bytes.length) return -2;
  if (from === to) return undefined;
  if (typeof value !== 'string' && !ArrayBuffer.isView(value)) {
    bytes.fill(Number(value) & 0xff, from, to);
    return undefined;
  }
  const pattern = typeof value === 'string' ? codecs.encode(value, parseEncoding(encoding)) : bytesOf(value);
  if (pattern.length === 0) return -1;
  let filled = Math.min(pattern.length, to - from);
  bytes.set(pattern.subarray(0, filled), from);
  // What is filled already is the pattern for as much again.
  for (; from + filled < to; filled *= 2)
    bytes.copyWithin(from + filled, from, Math.min(from + filled, to - filled));
  return undefined;
}

/** Both kinds of search, in the bytes up to `end`. */
function indexOfBytes(
  view: View,
  needle: Uint8Array,
  offset: number,
  encoding: codecs.Encoding,
  forward: boolean,
  end: number,
): number {
  const isWide = encoding === 'utf16le';
  const all = bytesOf(view);
  const bytes = isWide ? all.subarray(0, all.length & ~1) : all;
  const start = searchStart(bytes.length, Math.trunc(offset), needle.length, forward);
  const stop = Math.max(0, Math.min(Math.trunc(end) || 0, bytes.length));
  const haystack = bytes.subarray(0, isWide ? stop & ~1 : stop);
  if (needle.length === 0) return Math.min(start, haystack.length);
  if (start < 0 || (forward && start + needle.length > haystack.length)) return -1;
  return (isWide ? searchPairs : search)(haystack, needle, start, forward);
}

function compareOffset(
  source: View,
  target: View,
  targetStart: number,
  sourceStart: number,
  targetEnd: number,
  sourceEnd: number,
): number {
  const [a, b] = [bytesOf(source), bytesOf(target)];
  const outOfRange = (name: string): Error =>
    nativeError(RangeError, 'ERR_OUT_OF_RANGE', `The value of "${name}" is out of range.`, compareOffset);
  if (sourceStart > a.length) throw outOfRange('sourceStart');
  if (targetStart > b.length) throw outOfRange('targetStart');
  return compare(a.subarray(sourceStart, sourceEnd), b.subarray(targetStart, targetEnd));
}

const swap =
  (size: number) =>
  (view: View): void => {
    const bytes = bytesOf(view);
    for (let at = 0; at + size <= bytes.length; at += size) bytes.subarray(at, at + size).reverse();
  };

const fatalDecoder = new TextDecoder('utf-8', { fatal: true });
function isUtf8(view: View): boolean {
  const bytes = bytesOf(view);
  try {
    // A copy, because browsers decode no shared memory.
    fatalDecoder.decode(new Uint8Array(bytes));
    return true;
  } catch {
    return false;
  }
}

const isOneCharacterTooMany = /^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]={0,2}$/;

/** `internalBinding('buffer')`. */
export const buffer: BindingFactory = ({ host }, shape) => {
  const { atob, btoa } = host;
  return {
    ...shape,
    // Node's bootstrap calls it once and deletes it; buffers of ours are made by Node's library.
    setBufferPrototype() {},
    atob(text: string): string | number {
      try {
        return atob(text);
      } catch {
        // Node tells one character too many (-1) from a character that does not belong there (-2).
        return isOneCharacterTooMany.test(text.replaceAll(/[\t\n\f\r ]/g, '')) ? -1 : -2;
      }
    },
    btoa(text: string): string | number {
      try {
        return btoa(text);
      } catch {
        return -1;
      }
    },
    byteLengthUtf8: codecs.utf8Length,
    copy(source: View, target: View, targetStart: number, sourceStart: number, length: number): number {
      bytesOf(target).set(bytesOf(source).subarray(sourceStart, sourceStart + length), targetStart);
      return length;
    },
    compare: (a: View, b: View) => compare(bytesOf(a), bytesOf(b)),
    compareOffset,
    fill,
    indexOfString: (
      view: View,
      text: string,
      offset: number,
      encoding: unknown,
      forward: boolean,
      end: number,
    ) => {
      const known = parseEncoding(encoding);
      return indexOfBytes(view, codecs.encode(text, known), offset, known, forward, end);
    },
    indexOfBuffer: (
      view: View,
      needle: View,
      offset: number,
      encoding: unknown,
      forward: boolean,
      end: number,
    ) => indexOfBytes(view, bytesOf(needle), offset, parseEncoding(encoding), forward, end),
    indexOfNumber: (view: View, byte: number, offset: number, forward: boolean, end: number) =>
      indexOfBytes(view, Uint8Array.of(byte), offset, 'latin1', forward, end),
    copyArrayBuffer(
      target: ArrayBufferLike,
      targetStart: number,
      source: ArrayBufferLike,
      sourceStart: number,
      length: number,
    ): void {
      new Uint8Array(target, targetStart, length).set(new Uint8Array(source, sourceStart, length));
    },
    createUnsafeArrayBuffer: (size: number) => new ArrayBuffer(size),
    swap16: swap(2),
    swap32: swap(4),
    swap64: swap(8),
    isUtf8,
    isAscii: (view: View) => isAscii(bytesOf(view)),
    asciiSlice: sliceWith(codecs.asciiSlice),
    base64Slice: sliceWith(codecs.base64Slice, (length) => Math.ceil(length / 3) * 4),
    base64urlSlice: sliceWith(codecs.base64urlSlice, (length) => Math.ceil((length * 4) / 3)),
    latin1Slice: sliceWith(codecs.latin1Slice),
    hexSlice: sliceWith(codecs.hexSlice, (length) => length * 2),
    ucs2Slice: sliceWith(codecs.ucs2Slice, (length) => length / 2),
    utf8Slice: sliceWith(codecs.utf8Slice),
    base64Write: writeWith(codecs.base64Write),
    base64urlWrite: writeWith(codecs.base64Write),
    hexWrite: writeWith(codecs.hexWrite),
    ucs2Write: writeWith(codecs.ucs2Write),
    asciiWriteStatic: writeWith(codecs.latin1Write),
    latin1WriteStatic: writeWith(codecs.latin1Write),
    utf8WriteStatic: writeWith(codecs.utf8Write),
    // A browser has no key that keeps an ArrayBuffer from being transferred; Node's library checks its own mark first.
    setDetachKey(): void {},
  };
};
