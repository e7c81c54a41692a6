/** DER, the encoding of keys: values that are nested, each with a tag and a length. */

/** Tags of the values that keys are made of. */
export const tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  /** `[n]`, constructed */
  context: (number: number) => 0xa0 + number,
};

/** One value. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Reads the values of a content one after another. Whatever does not fit throws a `RangeError`. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.#bytes.length;
  }

  /** The tag of the next value; undefined at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#position];
  }

  next(): DerValue {
    const valueTag = this.#byte();
    let length = this.#byte();
    if (length >= 0x80) {
      const size = length & 0x7f;
      if (size === 0 || size > 4) throw new RangeError('A length that DER does not have');
      length = 0;
      for (let index = 0; index < size; index++) length = length * 256 + this.#byte();
    }
    const start = this.#position;
    this.#position += length;
    if (this.#position > this.#bytes.length) throw new RangeError('A value is longer than what holds it');
    return { tag: valueTag, content: this.#bytes.subarray(start, this.#position) };
  }

  /** The content of the next value, which must have this tag. */
  expect(expected: number): Uint8Array {
    const value = this.next();
    if (value.tag !== expected) throw new RangeError(`Tag ${value.tag}, not ${expected}`);
    return value.content;
  }

  sequence(): DerReader {
    return new DerReader(this.expect(tag.sequence));
  }

  integer(): bigint {
    return toBigInt(this.expect(tag.integer));
  }

  /** An object identifier in hexadecimal digits. */
  oid(): string {
    return toHex(this.expect(tag.oid));
  }

  /** The bytes of a string of whole bytes. */
  bitString(): Uint8Array {
    const content = this.expect(tag.bitString);
    if (content[0] !== 0) throw new RangeError('A string of bits that are not bytes');
    return content.subarray(1);
  }

  #byte(): number {
    const byte = this.#bytes[this.#position++];
    if (byte === undefined) throw new RangeError('A value is missing');
    return byte;
  }
}

/** One value of these parts. */
export function der(valueTag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const size: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size.unshift(rest % 256);
  const header = length < 0x80 ? [valueTag, length] : [valueTag, 0x80 + size.length, ...size];
  return concatBytes(Uint8Array.from(header), ...parts);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(tag.sequence, ...parts);

export const oid = (hex: string): Uint8Array => der(tag.oid, fromHex(hex));

export const nothing = (): Uint8Array => der(tag.null);

export const bitString = (bytes: Uint8Array): Uint8Array => der(tag.bitString, new Uint8Array(1), bytes);

export function integer(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const bytes = fromHex(hex.length % 2 === 1 ? `0${hex}` : hex);
  return der(tag.integer, ...((bytes[0] ?? 0) >= 0x80 ? [new Uint8Array(1), bytes] : [bytes]));
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    result.set(part, position);
    position += part.length;
  }
  return result;
}

/** A big-endian number. */
export function toBigInt(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`);
}

/** A big-endian number of so many bytes; without a length, of as many as it needs. Throws a `RangeError` when it is longer. */
export function fromBigInt(value: bigint, length?: number): Uint8Array<ArrayBuffer> {
  const digits = value === 0n ? '' : value.toString(16);
  const size = length ?? Math.ceil(digits.length / 2);
  if (digits.length > size * 2) throw new RangeError(`A number does not fit into ${size} bytes`);
  return fromHex(digits.padStart(size * 2, '0'));
}

function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}
