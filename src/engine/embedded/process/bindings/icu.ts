/** The little of ICU that Node's library asks for: widths of text on a terminal, and legacy encodings. */
import { bytesOf, encode, slices, type Encoding } from './buffer/codecs.ts';
import { isWide } from './icu/wide.ts';
import { nativeError } from './native-error.ts';
import type { BindingFactory } from '../realm.ts';

const isZeroWidth = /^[\p{Cc}\p{Cf}\p{Me}\p{Mn}]$/u;
const softHyphen = '\u00ad';
const joiner = '\u200d';
const isEmoji = /^[\p{Emoji_Presentation}\p{Emoji_Modifier}]$/u;

/** Columns that the text takes on a terminal. */
function getStringWidth(text: string, _ambiguousIsWide?: boolean, expandEmojiSequence = true): number {
  let width = 0;
  let before = '';
  for (const character of text) {
    const isJoined = !expandEmojiSequence && before === joiner && isEmoji.test(character);
    before = character;
    if (isJoined) continue;
    if (isWide(character.codePointAt(0) ?? 0)) width += 2;
    else if (character === softHyphen || !isZeroWidth.test(character)) width += 1;
  }
  return width;
}

/** ICU's error codes that can come up, by number. */
const errorNames: ReadonlyMap<number, string> = new Map([
  [0, 'U_ZERO_ERROR'],
  [1, 'U_ILLEGAL_ARGUMENT_ERROR'],
  [10, 'U_INVALID_CHAR_FOUND'],
]);
const illegalArgument = 1;

// Flags of `getConverter` and `decode`.
const flush = 1;
const fatal = 2;
const ignoreBOM = 4;

const transcodable: ReadonlySet<string> = new Set([
  'ascii',
  'latin1',
  'utf16le',
  'utf8',
] satisfies Encoding[]);
const isTranscodable = (name: unknown): name is Encoding =>
  typeof name === 'string' && transcodable.has(name);

/** Buffer's own ASCII drops the highest bit; ICU's has no character for such a byte, except on the way to UTF-16. */
function decodeForICU(bytes: Uint8Array, from: Encoding, to: Encoding): string {
  if (from === 'ascii') {
    const text = slices.latin1(bytes);
    return to === 'utf16le' ? text : text.replaceAll(/[\x80-\xff]/g, '\ufffd');
  }
  const isCutOff = from === 'utf16le' && to === 'utf16le' && bytes.length % 2 === 1;
  return slices[from](bytes) + (isCutOff ? '\ufffd' : '');
}

/** `internalBinding('icu')`. */
export const icu: BindingFactory = (realm, shape) => {
  const { TextDecoder } = realm.host;
  class Converter {
    readonly #decoder: TextDecoder;

    constructor(decoder: TextDecoder) {
      this.#decoder = decoder;
    }

    static decode(converter: Converter, bytes: Uint8Array, stream: boolean): string {
      return converter.#decoder.decode(bytes, { stream });
    }
  }

  function decode(
    converter: Converter,
    input: ArrayBufferView | ArrayBuffer,
    flags: number,
    name: string,
  ): string {
    try {
      return Converter.decode(converter, new Uint8Array(bytesOf(input)), (flags & flush) === 0);
    } catch {
      const message = `The encoded data was not valid for encoding ${name}`;
      throw nativeError(TypeError, 'ERR_ENCODING_INVALID_ENCODED_DATA', message, decode);
    }
  }

  return {
    ...shape,
    getStringWidth,
    icuErrName: (code: number) => errorNames.get(code) ?? '[BOGUS UErrorCode]',
    hasConverter(name: string): boolean {
      try {
        return new TextDecoder(name) instanceof TextDecoder;
      } catch {
        return false;
      }
    },
    getConverter(name: string, flags: number): Converter | undefined {
      try {
        const options = { fatal: (flags & fatal) !== 0, ignoreBOM: (flags & ignoreBOM) !== 0 };
        return new Converter(new TextDecoder(name, options));
      } catch {
        return undefined;
      }
    },
    decode,
    transcode(source: Uint8Array, from: unknown, to: unknown): unknown {
      if (!isTranscodable(from) || !isTranscodable(to)) return illegalArgument;
      const limit = to === 'ascii' ? 0x7f : to === 'latin1' ? 0xff : Infinity;
      const text = decodeForICU(bytesOf(source), from, to);
      // ICU writes a question mark for each character that the target does not have.
      const kept = Array.from(text, (each) => ((each.codePointAt(0) ?? 0) > limit ? '?' : each)).join('');
      const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: typeof globalThis.Buffer };
      return Buffer.from(encode(kept, to));
    },
  };
};
