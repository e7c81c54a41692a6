/** Text from chunks of bytes that may end in the middle of a character. */
import { bytesOf, longestText, parseEncoding, slices, textTooLong, type Encoding } from './buffer/codecs.ts';
import type { BindingFactory } from '../realm.ts';

// The layout of a decoder's state, which Node's library reads, too: up to four held bytes, then counters.
const missing = 4;
const held = 5;
const encodingField = 6;

const at = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;

/** How many bytes at the end begin a UTF-8 character that needs more of them, and how many more it needs. */
function openUtf8(bytes: Uint8Array): [heldCount: number, missingCount: number] {
  for (let count = 1; count <= Math.min(3, bytes.length); count++) {
    const byte = at(bytes, bytes.length - count);
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf8 ? 0 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 0;
    return length > count ? [count, length - count] : [0, 0];
  }
  return [0, 0];
}

function openUcs2(bytes: Uint8Array): [heldCount: number, missingCount: number] {
  if (bytes.length % 2 === 1) return [1, 1];
  const isHighSurrogate = (at(bytes, bytes.length - 1) & 0xfc) === 0xd8;
  return isHighSurrogate ? [2, 2] : [0, 0];
}

function openBase64(bytes: Uint8Array): [heldCount: number, missingCount: number] {
  const rest = bytes.length % 3;
  return rest === 0 ? [0, 0] : [rest, 3 - rest];
}

const openers: Partial<Record<Encoding, (bytes: Uint8Array) => [number, number]>> = {
  utf8: openUtf8,
  utf16le: openUcs2,
  base64: openBase64,
  base64url: openBase64,
};

/** Takes bytes that a held character waits for; answers the finished text and what is left of the chunk. */
function finishHeld(
  state: Uint8Array,
  chunk: Uint8Array,
  encoding: Encoding,
): [text: string, rest: Uint8Array] {
  let count = Math.min(chunk.length, at(state, missing));
  if (encoding === 'utf8') {
    const stranger = chunk.subarray(0, count).findIndex((byte) => (byte & 0xc0) !== 0x80);
    if (stranger >= 0) {
      // The character will never be finished: what there is of it is decoded as it is.
      count = stranger;
      state[missing] = count;
    }
  }
  state.set(chunk.subarray(0, count), at(state, held));
  state[missing] = at(state, missing) - count;
  state[held] = at(state, held) + count;
  const rest = chunk.subarray(count);
  if (at(state, missing) > 0) return ['', rest];
  const bytes = state.slice(0, at(state, held));
  state[held] = 0;
  return [slices[encoding](bytes), rest];
}

function decode(decoder: Uint8Array, view: ArrayBufferView): string {
  const state = bytesOf(decoder);
  const encoding = parseEncoding(at(state, encodingField));
  const open = openers[encoding];
  const chunk = bytesOf(view);
  if (chunk.length > longestText) throw textTooLong(decode);
  if (open === undefined) return slices[encoding](chunk);
  const [text, rest] = at(state, missing) > 0 ? finishHeld(state, chunk, encoding) : ['', chunk];
  if (rest.length === 0) return text;
  const [heldCount, missingCount] = open(rest);
  const whole = rest.length - heldCount;
  state.set(rest.subarray(whole));
  state[held] = heldCount;
  state[missing] = missingCount;
  return text + slices[encoding](rest.subarray(0, whole));
}

function flush(decoder: Uint8Array): string {
  const state = bytesOf(decoder);
  const encoding = parseEncoding(at(state, encodingField));
  const count = at(state, held);
  // Half a UTF-16 unit is no text.
  const bytes = state.subarray(0, encoding === 'utf16le' ? count & ~1 : count);
  const text = slices[encoding](bytes);
  state[held] = 0;
  state[missing] = 0;
  return text;
}

/** `internalBinding('string_decoder')`. */
export const stringDecoder: BindingFactory = (_realm, shape) => ({ ...shape, decode, flush });
