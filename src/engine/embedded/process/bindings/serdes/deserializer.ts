/** Reads values in V8's format. */
import { errorClasses, errorTag, formatVersion, regExpFlags, tag, viewClasses } from './tags.ts';

/** Methods that Node's library defines on its deserializers. */
interface Delegate {
  _readHostObject?(): object;
}

/** V8's message for whatever it cannot read. */
const unreadable = 'Unable to deserialize cloned data.';
const unsupported = 'Unable to deserialize cloned data due to invalid or unsupported version.';

export class Deserializer {
  /** The bytes; Node's library reads them here. */
  readonly buffer: Uint8Array;
  readonly #bytes: Uint8Array;
  #position = 0;
  #version = 0;
  readonly #objects: unknown[] = [];
  readonly #transferred = new Map<number, unknown>();

  constructor(buffer: Uint8Array) {
    this.buffer = buffer;
    this.#bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  }

  readHeader(): boolean {
    const [first, second = Infinity] = this.#bytes;
    if (first !== tag.version || second > formatVersion) throw new Error(unsupported);
    this.#version = second;
    this.#position = 2;
    return true;
  }

  readValue(): unknown {
    return this.#read();
  }

  getWireFormatVersion(): number {
    return this.#version;
  }

  transferArrayBuffer(id: number, buffer: unknown): void {
    this.#transferred.set(id, buffer);
  }

  readUint32(): number {
    return this.#varint();
  }

  readUint64(): [high: number, low: number] {
    const value = this.#bigVarint();
    return [Number(value >> 32n), Number(value & 0xffff_ffffn)];
  }

  readDouble(): number {
    const offset = this._readRawBytes(8);
    return new DataView(this.#bytes.buffer, this.#bytes.byteOffset).getFloat64(offset, true);
  }

  /** Passes over bytes; returns where they begin. */
  _readRawBytes(length: number): number {
    const offset = this.#position;
    if (length > this.#bytes.length - offset) throw new Error(unreadable);
    this.#position += length;
    return offset;
  }

  #byte(): number {
    const byte = this.#bytes[this._readRawBytes(1)];
    if (byte === undefined) throw new Error(unreadable);
    return byte;
  }

  /** The next tag, padding passed over. */
  #tag(): number {
    for (;;) {
      const next = this.#byte();
      if (next !== tag.padding) return next;
    }
  }

  #take(length: number): Uint8Array<ArrayBuffer> {
    const offset = this._readRawBytes(length);
    return Uint8Array.from(this.#bytes.subarray(offset, offset + length));
  }

  #bigVarint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
  }

  #varint(): number {
    return Number(BigInt.asUintN(32, this.#bigVarint()));
  }

  #add<Value>(object: Value): Value {
    this.#objects.push(object);
    return object;
  }

  #read(): unknown {
    return this.#readTagged(this.#tag());
  }

  #readTagged(next: number): unknown {
    switch (next) {
      case tag.undefined:
      case tag.theHole:
        return undefined;
      case tag.null:
        return null;
      case tag.true:
        return true;
      case tag.false:
        return false;
      case tag.int32: {
        const value = this.#varint();
        return (value >>> 1) ^ -(value & 1);
      }
      case tag.uint32:
        return this.#varint();
      case tag.double:
        return this.readDouble();
      case tag.bigInt:
        return this.#readBigInt();
      case tag.utf8String:
      case tag.oneByteString:
      case tag.twoByteString:
        return this.#readString(next);
      case tag.objectReference: {
        const id = this.#varint();
        if (id >= this.#objects.length) throw new Error(unreadable);
        return this.#readViewOf(this.#objects[id]);
      }
      case tag.beginObject:
        return this.#readProperties(this.#add({}), tag.endObject, 1);
      case tag.beginSparseArray:
        return this.#readProperties(
          this.#add(Array.from({ length: this.#varint() })),
          tag.endSparseArray,
          2,
          true,
        );
      case tag.beginDenseArray:
        return this.#readDenseArray();
      case tag.date:
        return this.#add(new Date(this.readDouble()));
      case tag.trueObject:
        return this.#add(Object(true));
      case tag.falseObject:
        return this.#add(Object(false));
      case tag.numberObject:
        return this.#add(Object(this.readDouble()));
      case tag.bigIntObject:
        return this.#add(Object(this.#readBigInt()));
      case tag.stringObject:
        return this.#add(Object(this.#readString(this.#tag())));
      case tag.regExp:
        return this.#readRegExp();
      case tag.beginMap:
        return this.#readMap();
      case tag.beginSet:
        return this.#readSet();
      case tag.arrayBuffer:
        return this.#readViewOf(this.#add(this.#take(this.#varint()).buffer));
      case tag.resizableArrayBuffer:
        return this.#readResizable();
      case tag.arrayBufferTransfer:
      case tag.sharedArrayBuffer:
        return this.#readViewOf(this.#add(this.#transferred.get(this.#varint())));
      case tag.hostObject:
        return this.#readHostObject();
      case tag.error:
        return this.#readError();
      default:
        throw new Error(unreadable);
    }
  }

  #readString(kind: number): string {
    const bytes = this.#take(this.#varint());
    if (kind === tag.utf8String) return new TextDecoder().decode(bytes);
    const units = kind === tag.twoByteString ? new Uint16Array(bytes.buffer) : bytes;
    return Array.from(units, (unit) => String.fromCharCode(unit)).join('');
  }

  #readBigInt(): bigint {
    const bits = this.#varint();
    const words = new BigUint64Array(this.#take(bits >> 1).buffer);
    const value = words.reduceRight((high, word) => (high << 64n) | word, 0n);
    return (bits & 1) === 0 ? value : -value;
  }

  /** Properties up to a tag, and the numbers after it, which repeat what is known. */
  #readProperties<Target extends object>(
    target: Target,
    end: number,
    numbers: number,
    isSparse = false,
  ): Target {
    if (isSparse && Array.isArray(target)) {
      const { length } = target;
      target.length = 0;
      target.length = length;
    }
    for (let next = this.#tag(); next !== end; next = this.#tag()) {
      const key = this.#readTagged(next);
      if (typeof key !== 'string' && typeof key !== 'number') throw new Error(unreadable);
      const value = this.#read();
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    }
    for (let count = 0; count < numbers; count++) this.#varint();
    return target;
  }

  #readDenseArray(): unknown[] {
    const length = this.#varint();
    if (length > this.#bytes.length - this.#position) throw new Error(unreadable);
    const array: unknown[] = this.#add([]);
    array.length = length;
    for (let index = 0; index < length; index++) {
      const next = this.#tag();
      if (next !== tag.theHole) array[index] = this.#readTagged(next);
    }
    return this.#readProperties(array, tag.endDenseArray, 2);
  }

  #readRegExp(): RegExp {
    const source = this.#readString(this.#tag());
    const bits = this.#varint();
    const flags = regExpFlags.split('').filter((_, index) => (bits & (1 << index)) !== 0);
    return this.#add(new RegExp(source, flags.join('')));
  }

  #readMap(): Map<unknown, unknown> {
    const map = this.#add(new Map<unknown, unknown>());
    for (let next = this.#tag(); next !== tag.endMap; next = this.#tag())
      map.set(this.#readTagged(next), this.#read());
    this.#varint();
    return map;
  }

  #readSet(): Set<unknown> {
    const set = this.#add(new Set());
    for (let next = this.#tag(); next !== tag.endSet; next = this.#tag()) set.add(this.#readTagged(next));
    this.#varint();
    return set;
  }

  #readResizable(): unknown {
    const length = this.#varint();
    const maxByteLength = this.#varint();
    const buffer = this.#add(new ArrayBuffer(length, { maxByteLength }));
    new Uint8Array(buffer).set(this.#take(length));
    return this.#readViewOf(buffer);
  }

  /** A buffer may be followed by a view of it, which is then the value. */
  #readViewOf(buffer: unknown): unknown {
    if (!(buffer instanceof ArrayBuffer) || this.#bytes[this.#position] !== tag.arrayBufferView)
      return buffer;
    this.#position++;
    const Class = viewClasses.get(this.#byte());
    const [offset, size] = [this.#varint(), this.#varint()];
    this.#varint();
    if (!Class) throw new Error(unreadable);
    const unit: unknown = Reflect.get(Class, 'BYTES_PER_ELEMENT');
    return this.#add(new Class(buffer, offset, typeof unit === 'number' ? size / unit : size));
  }

  #readHostObject(): object {
    const id = this.#objects.push(undefined) - 1;
    // Node's library extends the class with this.
    const object = (this as Delegate)._readHostObject?.();
    if (object === undefined) throw new Error(unreadable);
    this.#objects[id] = object;
    return object;
  }

  #readError(): Error {
    const id = this.#objects.push(undefined) - 1;
    let Class: ErrorConstructor = Error;
    let message: string | undefined;
    let stack: string | undefined;
    let options: ErrorOptions | undefined;
    for (let next = this.#tag(); next !== errorTag.end; next = this.#tag()) {
      if (next === errorTag.message) message = this.#readString(this.#tag());
      else if (next === errorTag.stack) stack = this.#readString(this.#tag());
      else if (next === errorTag.cause) options = { cause: this.#read() };
      else Class = errorClasses.get(next) ?? Class;
    }
    const error = new Class(message, options);
    Object.defineProperty(error, 'stack', { value: stack, writable: true, configurable: true });
    this.#objects[id] = error;
    return error;
  }
}
