/** Text and bytes in Node's encodings, exactly as its C++ converts them: what is invalid never throws. */

import { nativeError } from '../native-error.ts';

/** The most characters that V8 gives a string. */
export const longestText = 0x1fffffe8;

/** The error of bytes that are too many for one string; frames of `binding` are left out. */
export function textTooLong(binding?: (...args: never[]) => unknown): Error {
  const message = `Cannot create a string longer than 0x${longestText.toString(16)} characters`;
  return nativeError(Error, 'ERR_STRING_TOO_LONG', message, binding);
}

/** Encodings by Node's names for them. */
export type Encoding = 'ascii' | 'utf8' | 'base64' | 'utf16le' | 'latin1' | 'hex' | 'buffer' | 'base64url';

/** The encodings in the order of C++'s `enum encoding`, which is how Node's library passes them. */
export const encodings: readonly Encoding[] = [
  'ascii',
  'utf8',
  'base64',
  'utf16le',
  'latin1',
  'hex',
  'buffer',
  'base64url',
];

const aliases: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf8',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  'utf-16le': 'utf16le',
  binary: 'latin1',
};

/** The encoding that a number or a name (in any case) means; UTF-8 when it means none. */
export function parseEncoding(value: unknown): Encoding {
  if (typeof value === 'number') return encodings[value] ?? 'utf8';
  if (typeof value !== 'string') return 'utf8';
  const name = value.toLowerCase();
  return encodings.find((each) => each === name) ?? aliases[name] ?? 'utf8';
}

// Captured before a program can change them.
const { apply } = Reflect;
const { fromCharCode } = String;
const { btoa, SharedArrayBuffer } = globalThis;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** UTF-8 to text; what is invalid becomes U+FFFD. */
export function utf8Slice(bytes: Uint8Array): string {
  // Browsers decode no shared memory.
  const isShared = SharedArrayBuffer !== undefined && bytes.buffer instanceof SharedArrayBuffer;
  return decoder.decode(isShared ? new Uint8Array(bytes) : bytes);
}

// As many arguments as every engine takes in one call.
const chunkLength = 8192;

function fromUnits(units: Uint8Array | Uint16Array): string {
  let text = '';
  for (let start = 0; start < units.length; start += chunkLength)
    text += apply(fromCharCode, undefined, units.subarray(start, start + chunkLength));
  return text;
}

/** One character a byte. */
export const latin1Slice = (bytes: Uint8Array): string => fromUnits(bytes);

/** One character a byte, of which the highest bit does not count. */
export const asciiSlice = (bytes: Uint8Array): string =>
  fromUnits(Uint8Array.from(bytes, (byte) => byte & 0x7f));

/** One character for two bytes, low byte first; an odd byte at the end does not count. */
export function ucs2Slice(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length >> 1);
  new Uint8Array(units.buffer).set(bytes.subarray(0, units.length * 2));
  return fromUnits(units);
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Two lower-case hexadecimal digits a byte. */
export function hexSlice(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexPairs[byte];
  return text;
}

/** Base64 with padding. */
export const base64Slice = (bytes: Uint8Array): string => btoa(latin1Slice(bytes));

/** Base64 with the alphabet for URLs, without padding. */
export const base64urlSlice = (bytes: Uint8Array): string =>
  base64Slice(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** A decoder for each encoding; `buffer` counts as bytes of UTF-8 text. */
export const slices: Readonly<Record<Encoding, (bytes: Uint8Array) => string>> = {
  ascii: asciiSlice,
  utf8: utf8Slice,
  base64: base64Slice,
  utf16le: ucs2Slice,
  latin1: latin1Slice,
  hex: hexSlice,
  buffer: utf8Slice,
  base64url: base64urlSlice,
};

/** Writes as much of the text as fits into the whole of `target`; answers how many bytes that are. */
export type Write = (target: Uint8Array, text: string) => number;

/** Writes whole characters only; a lone surrogate becomes U+FFFD. */
export const utf8Write: Write = (target, text) => {
  const isShared = SharedArrayBuffer !== undefined && target.buffer instanceof SharedArrayBuffer;
  if (!isShared) return encoder.encodeInto(text, target).written;
  const copy = new Uint8Array(target.length);
  const { written } = encoder.encodeInto(text, copy);
  target.set(copy.subarray(0, written));
  return written;
};

/** Writes the low byte of each UTF-16 unit. */
export const latin1Write: Write = (target, text) => {
  const length = Math.min(target.length, text.length);
  for (let index = 0; index < length; index++) target[index] = text.charCodeAt(index);
  return length;
};

/** Writes whole UTF-16 units, low byte first. */
export const ucs2Write: Write = (target, text) => {
  const length = Math.min(target.length >> 1, text.length);
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    target[2 * index] = unit;
    target[2 * index + 1] = unit >> 8;
  }
  return length * 2;
};

const noDigit = 0xff;
const hexDigits = new Uint8Array(256).fill(noDigit);
for (let digit = 0; digit < 16; digit++) {
  hexDigits['0123456789abcdef'.charCodeAt(digit)] = digit;
  hexDigits['0123456789ABCDEF'.charCodeAt(digit)] = digit;
}

/** Writes until the first pair that is not hexadecimal; only the low byte of each character is looked at. */
export const hexWrite: Write = (target, text) => {
  const length = Math.min(target.length, text.length >> 1);
  for (let index = 0; index < length; index++) {
    const high = hexDigits[text.charCodeAt(2 * index) & 0xff] ?? noDigit;
    const low = hexDigits[text.charCodeAt(2 * index + 1) & 0xff] ?? noDigit;
    if (high === noDigit || low === noDigit) return index;
    target[index] = high * 16 + low;
  }
  return length;
};

const base64Digits = new Uint8Array(256).fill(noDigit);
for (let digit = 0; digit < 64; digit++) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  for (const each of [`${alphabet}+/`, `${alphabet}-_`]) base64Digits[each.charCodeAt(digit)] = digit;
}
const padding = '='.charCodeAt(0);

/** Reads both alphabets, passes over what belongs to neither, and stops at the first `=`. */
export const base64Write: Write = (target, text) => {
  let written = 0;
  let bits = 0;
  let count = 0;
  for (let index = 0; index < text.length && written < target.length; index++) {
    // Node's decoder for text beyond Latin-1 looks at the low byte of each character, too.
    const unit = text.charCodeAt(index) & 0xff;
    if (unit === padding) break;
    const digit = base64Digits[unit] ?? noDigit;
    if (digit === noDigit) continue;
    bits = ((bits << 6) | digit) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      target[written++] = bits >> count;
    }
  }
  return written;
};

/** An encoder for each encoding. */
export const writes: Readonly<Record<Encoding, Write>> = {
  ascii: latin1Write,
  utf8: utf8Write,
  base64: base64Write,
  utf16le: ucs2Write,
  latin1: latin1Write,
  hex: hexWrite,
  buffer: utf8Write,
  base64url: base64Write,
};

/** How many bytes the text has in UTF-8. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    length += unit < 0x800 ? 1 : 2;
    // A pair of surrogates is four bytes, not three each.
    if (unit >= 0xd800 && unit < 0xdc00 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) index++;
  }
  return length;
}

/** The text as bytes of their own. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'utf8' || encoding === 'buffer') return encoder.encode(text);
  const bytes = new Uint8Array(encoding === 'utf16le' ? text.length * 2 : text.length);
  return bytes.subarray(0, writes[encoding](bytes, text));
}

const uint8ArrayPrototype = Uint8Array.prototype;

/** The bytes of any view or buffer, not copied: never a Buffer, whose methods are made of what uses this. */
export function bytesOf(value: ArrayBufferView | ArrayBufferLike): Uint8Array {
  if (value instanceof Uint8Array && Object.getPrototypeOf(value) === uint8ArrayPrototype) return value;
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}
