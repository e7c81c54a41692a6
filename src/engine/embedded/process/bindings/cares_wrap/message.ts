/** DNS messages (RFC 1035): questions as bytes, and what replies say. */

/** Numbers of record types, by the names that Node's library has for queries. */
export const recordTypes = {
  A: 1,
  Ns: 2,
  Cname: 5,
  Soa: 6,
  Ptr: 12,
  Mx: 15,
  Txt: 16,
  Aaaa: 28,
  Srv: 33,
  Naptr: 35,
  Tlsa: 52,
  Any: 255,
  Caa: 257,
} as const;

const IN = 1;
const recursionDesired = 0x0100;
const isReplyBit = 0x8000;
const pointerBits = 0xc0;
const headerSize = 12;
const longestLabel = 63;
const longestName = 253;

/** One record of a reply; `data` reads its content. */
export interface ResourceRecord {
  readonly type: number;
  /** Seconds. */
  readonly ttl: number;
  readonly data: MessageReader;
}

/** A reply: `code` is its response code, 0 when it went well. */
export interface Reply {
  readonly id: number;
  readonly code: number;
  readonly answers: readonly ResourceRecord[];
}

/** Reads the fields of a message, or of a part that ends at `end`. A field past the end throws a RangeError. */
export class MessageReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #offset: number;

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    if (end > bytes.length) throw new RangeError('The message is cut off.');
    this.#bytes = bytes;
    this.#offset = offset;
    this.#end = end;
  }

  get hasMore(): boolean {
    return this.#offset < this.#end;
  }

  uint8(): number {
    return this.take(1)[0] ?? 0;
  }

  uint16(): number {
    return this.uint8() * 0x100 + this.uint8();
  }

  uint32(): number {
    return this.uint16() * 0x10000 + this.uint16();
  }

  take(length: number): Uint8Array {
    const from = this.#offset;
    if (from + length > this.#end) throw new RangeError('The message is cut off.');
    this.#offset += length;
    return this.#bytes.subarray(from, this.#offset);
  }

  rest(): Uint8Array {
    return this.take(this.#end - this.#offset);
  }

  /** A part of its own, which this reader passes over. */
  part(length: number): MessageReader {
    const from = this.#offset;
    this.take(length);
    return new MessageReader(this.#bytes, from, this.#offset);
  }

  /** Text with its length before it; one byte a character. */
  text(): string {
    return String.fromCharCode(...this.take(this.uint8()));
  }

  /** The name of a host; parts of it may stand earlier in the message. */
  name(): string {
    const labels: string[] = [];
    let length = this.uint8();
    while (length > 0) {
      if ((length & pointerBits) === pointerBits) {
        const target = (length & ~pointerBits) * 0x100 + this.uint8();
        // Names point backwards only, so that this ends.
        if (target >= this.#offset - 2) throw new RangeError('The name points at itself.');
        const rest = new MessageReader(this.#bytes, target).name();
        return [...labels, ...(rest === '' ? [] : [rest])].join('.');
      }
      labels.push(String.fromCharCode(...this.take(length)));
      length = this.uint8();
    }
    return labels.join('.');
  }
}

/** A question for all records of a type; undefined where no host can have that name. */
export function encodeQuery(id: number, name: string, type: number): Uint8Array | undefined {
  const bare = name.replace(/\.$/, '');
  const labels = bare === '' ? [] : bare.split('.');
  const isValid =
    bare.length <= longestName && labels.every(({ length }) => length > 0 && length <= longestLabel);
  if (!isValid) return undefined;
  const encoded = labels.flatMap((label) => [
    label.length,
    ...Array.from(label, (each) => each.charCodeAt(0)),
  ]);
  const fields = [id, recursionDesired, 1, 0, 0, 0];
  const bytes = (values: readonly number[]): number[] => values.flatMap((value) => [value >> 8, value & 255]);
  return Uint8Array.from([...bytes(fields), ...encoded, 0, ...bytes([type, IN])]);
}

/** Reads a reply; undefined where the bytes are none. */
export function parseReply(bytes: Uint8Array): Reply | undefined {
  try {
    const reader = new MessageReader(bytes);
    const id = reader.uint16();
    const flags = reader.uint16();
    if ((flags & isReplyBit) === 0 || bytes.length < headerSize) return undefined;
    const [questions, count] = [reader.uint16(), reader.uint16()];
    reader.uint32();
    for (let index = 0; index < questions; index++) {
      reader.name();
      reader.uint32();
    }
    return { id, code: flags & 15, answers: Array.from({ length: count }, () => readRecord(reader)) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readRecord(reader: MessageReader): ResourceRecord {
  reader.name();
  const type = reader.uint16();
  reader.uint16();
  const ttl = reader.uint32();
  return { type, ttl, data: reader.part(reader.uint16()) };
}
