/** Writes values in V8's format. */
import { ByteWriter } from './byte-writer.ts';
import { errorClasses, errorTag, formatVersion, regExpFlags, tag, viewClasses } from './tags.ts';
import type { Realm } from '../../realm.ts';

/** Methods that Node's library defines on its serializers. */
interface Delegate {
  _writeHostObject?(object: object): void;
  _getSharedArrayBufferId?(buffer: SharedArrayBuffer): number;
  _getDataCloneError?: new (message: string) => Error;
}

const nameOf = (value: object): string => Object.prototype.toString.call(value).slice(8, -1);

/** A program may have put anything where an error's message was. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Classes of built-in objects that V8 does not clone. */
const uncloneable = [WeakMap, WeakSet, WeakRef, Promise, FinalizationRegistry];

/** What V8 keeps in a word without a box. */
const isSmallInteger = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);

/** V8 keeps the numbers of such an array as doubles, all of them, and writes them so. */
function isOfDoubles(array: readonly unknown[]): array is readonly number[] {
  return array.every((element) => typeof element === 'number') && !array.every(isSmallInteger);
}

export class Serializer {
  readonly #realm: Realm;
  readonly #out = new ByteWriter();
  readonly #ids = new Map<object, number>();
  readonly #transferred = new Map<object, number>();
  #viewsAreHostObjects = false;

  constructor(realm: Realm) {
    this.#realm = realm;
  }

  writeHeader(): void {
    this.#out.byte(tag.version);
    this.#out.byte(formatVersion);
  }

  /** Throws `_getDataCloneError` if the value cannot be cloned. */
  writeValue(value: unknown): boolean {
    this.#write(value);
    return true;
  }

  releaseBuffer(): Uint8Array {
    const { Buffer } = this.#realm.requireBuiltin('buffer') as { Buffer: BufferConstructor };
    return Buffer.from(this.#out.take().buffer);
  }

  transferArrayBuffer(id: number, buffer: object): void {
    this.#transferred.set(buffer, id);
  }

  writeUint32(value: number): void {
    this.#out.varint(value >>> 0);
  }

  writeUint64(high: number, low: number): void {
    this.#out.varint((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0));
  }

  writeDouble(value: number): void {
    this.#out.double(value);
  }

  writeRawBytes(source: ArrayBufferView | ArrayBuffer): void {
    const isView = ArrayBuffer.isView(source);
    this.#out.bytes(
      isView ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : new Uint8Array(source),
    );
  }

  _setTreatArrayBufferViewsAsHostObjects(isOn: boolean): void {
    this.#viewsAreHostObjects = isOn;
  }

  get #delegate(): Delegate {
    // Node's library extends the class with these.
    return this as unknown as Delegate;
  }

  #write(value: unknown): void {
    switch (typeof value) {
      case 'undefined':
        return this.#out.byte(tag.undefined);
      case 'boolean':
        return this.#out.byte(value ? tag.true : tag.false);
      case 'number':
        return this.#writeNumber(value);
      case 'bigint':
        this.#out.byte(tag.bigInt);
        return this.#writeBigInt(value);
      case 'string':
        return this.#writeString(value);
      case 'object':
        if (value === null) return this.#out.byte(tag.null);
        return this.#writeObject(value);
      case 'symbol':
      case 'function':
        return this.#fail(String(value));
    }
  }

  #writeNumber(value: number): void {
    if (!isSmallInteger(value)) return this.#writeDouble(value);
    this.#out.byte(tag.int32);
    this.#out.zigZag(value);
  }

  #writeDouble(value: number): void {
    this.#out.byte(tag.double);
    this.#out.double(value);
  }

  /** The sign in bit 0, the number of bytes above it, then the bytes in words of eight. */
  #writeBigInt(value: bigint): void {
    const words: bigint[] = [];
    for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 64n)
      words.push(rest & 0xffff_ffff_ffff_ffffn);
    this.#out.varint((words.length * 16) | (value < 0n ? 1 : 0));
    this.#out.bytes(new Uint8Array(BigUint64Array.from(words).buffer));
  }

  #writeString(text: string): void {
    let isOneByte = true;
    for (let index = 0; index < text.length && isOneByte; index++) isOneByte = text.charCodeAt(index) < 256;
    if (isOneByte) {
      this.#out.byte(tag.oneByteString);
      this.#out.varint(text.length);
      for (let index = 0; index < text.length; index++) this.#out.byte(text.charCodeAt(index));
      return;
    }
    const size = text.length * 2;
    const sizeOfSize = size < 0x80 ? 1 : Math.ceil(Math.log2(size + 1) / 7);
    if ((this.#out.length + 1 + sizeOfSize) % 2 === 1) this.#out.byte(tag.padding);
    this.#out.byte(tag.twoByteString);
    this.#out.varint(size);
    const units = Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
    this.#out.bytes(new Uint8Array(units.buffer));
  }

  #writeObject(object: object): void {
    const isView = ArrayBuffer.isView(object);
    // V8 writes the buffer of a view before the view itself.
    if (isView && !this.#viewsAreHostObjects && !this.#ids.has(object)) {
      this.#writeObject(object.buffer);
    }
    const known = this.#ids.get(object);
    if (known !== undefined) {
      this.#out.byte(tag.objectReference);
      return this.#out.varint(known);
    }
    this.#ids.set(object, this.#ids.size);
    if (isView) return this.#viewsAreHostObjects ? this.#writeHostObject(object) : this.#writeView(object);
    if (Array.isArray(object)) return this.#writeArray(object);
    if (object instanceof Date) {
      this.#out.byte(tag.date);
      return this.#out.double(object.getTime());
    }
    if (object instanceof Map) return this.#writeMap(object);
    if (object instanceof Set) return this.#writeSet(object);
    if (object instanceof RegExp) return this.#writeRegExp(object);
    if (object instanceof ArrayBuffer) return this.#writeArrayBuffer(object);
    if (object instanceof Error) return this.#writeError(object);
    const kind = nameOf(object);
    if (kind === 'SharedArrayBuffer') return this.#writeShared(object as SharedArrayBuffer);
    if (kind === 'Boolean' || kind === 'Number' || kind === 'String' || kind === 'BigInt') {
      return this.#writeWrapper(object.valueOf());
    }
    const isForbidden = uncloneable.some((Class) => object instanceof Class) || kind === 'Arguments';
    if (isForbidden) return this.#fail(kind === 'Arguments' ? '#<Object>' : `#<${kind}>`);
    if (/Generator|Iterator|Symbol/.test(kind)) return this.#fail(`[object ${kind}]`);
    this.#out.byte(tag.beginObject);
    this.#out.varint(this.#writeProperties(object, Object.keys(object), tag.endObject));
  }

  /** Properties and the tag at their end; returns how many. */
  #writeProperties(object: object, keys: readonly string[], end: number): number {
    let count = 0;
    for (const key of keys) {
      // A getter may have deleted it.
      if (!Object.hasOwn(object, key)) continue;
      const index = Number(key);
      if (String(index >>> 0) === key && index < 2 ** 32 - 1) this.#writeNumber(index);
      else this.#writeString(key);
      this.#write(Reflect.get(object, key));
      count++;
    }
    this.#out.byte(end);
    return count;
  }

  #writeArray(array: readonly unknown[]): void {
    const { length } = array;
    const keys = Object.keys(array);
    const isIndex = (key: string): boolean => String(Number(key) >>> 0) === key;
    const isDense = keys.filter(isIndex).length === length;
    this.#out.byte(isDense ? tag.beginDenseArray : tag.beginSparseArray);
    this.#out.varint(length);
    if (isDense && isOfDoubles(array)) for (const element of array) this.#writeDouble(element);
    else if (isDense) for (const element of array) this.#write(element);
    const named = isDense ? keys.filter((key) => !isIndex(key)) : keys;
    this.#out.varint(this.#writeProperties(array, named, isDense ? tag.endDenseArray : tag.endSparseArray));
    this.#out.varint(length);
  }

  #writeMap(map: Map<unknown, unknown>): void {
    const entries = [...map];
    this.#out.byte(tag.beginMap);
    for (const [key, value] of entries) {
      this.#write(key);
      this.#write(value);
    }
    this.#out.byte(tag.endMap);
    this.#out.varint(entries.length * 2);
  }

  #writeSet(set: Set<unknown>): void {
    const values = [...set];
    this.#out.byte(tag.beginSet);
    for (const value of values) this.#write(value);
    this.#out.byte(tag.endSet);
    this.#out.varint(values.length);
  }

  #writeRegExp({ source, flags }: RegExp): void {
    this.#out.byte(tag.regExp);
    this.#writeString(source);
    let bits = 0;
    for (const flag of flags) bits |= 1 << regExpFlags.indexOf(flag);
    this.#out.varint(bits);
  }

  #writeWrapper(value: unknown): void {
    if (typeof value === 'boolean') return this.#out.byte(value ? tag.trueObject : tag.falseObject);
    if (typeof value === 'number') {
      this.#out.byte(tag.numberObject);
      return this.#out.double(value);
    }
    if (typeof value === 'bigint') {
      this.#out.byte(tag.bigIntObject);
      return this.#writeBigInt(value);
    }
    this.#out.byte(tag.stringObject);
    this.#writeString(String(value));
  }

  #writeArrayBuffer(buffer: ArrayBuffer): void {
    const id = this.#transferred.get(buffer);
    if (id !== undefined) {
      this.#out.byte(tag.arrayBufferTransfer);
      return this.#out.varint(id);
    }
    this.#out.byte(buffer.resizable ? tag.resizableArrayBuffer : tag.arrayBuffer);
    this.#out.varint(buffer.byteLength);
    if (buffer.resizable) this.#out.varint(buffer.maxByteLength);
    this.#out.bytes(new Uint8Array(buffer));
  }

  #writeShared(buffer: SharedArrayBuffer): void {
    const delegate = this.#delegate;
    if (!delegate._getSharedArrayBufferId) return this.#fail('#<SharedArrayBuffer>');
    this.#out.byte(tag.sharedArrayBuffer);
    this.#out.varint(delegate._getSharedArrayBufferId(buffer));
  }

  #writeView(view: ArrayBufferView): void {
    this.#out.byte(tag.arrayBufferView);
    for (const [subtag, Class] of viewClasses) if (view instanceof Class) this.#out.byte(subtag);
    this.#out.varint(view.byteOffset);
    this.#out.varint(view.byteLength);
    this.#out.varint(0);
  }

  #writeHostObject(object: object): void {
    this.#out.byte(tag.hostObject);
    const delegate = this.#delegate;
    if (!delegate._writeHostObject) return this.#fail(`#<${nameOf(object)}>`);
    delegate._writeHostObject(object);
  }

  #writeError(error: Error): void {
    this.#out.byte(tag.error);
    for (const [subtag, Class] of errorClasses) if (error.name === Class.name) this.#out.byte(subtag);
    const write = (subtag: number, text: string): void => {
      this.#out.byte(subtag);
      this.#writeString(text);
    };
    if (Object.hasOwn(error, 'message')) write(errorTag.message, textOf(error.message));
    if (typeof error.stack === 'string') write(errorTag.stack, error.stack);
    if (Object.hasOwn(error, 'cause')) {
      this.#out.byte(errorTag.cause);
      this.#write(error.cause);
    }
    this.#out.byte(errorTag.end);
  }

  #fail(what: string): never {
    const Failure = this.#delegate._getDataCloneError ?? Error;
    throw new Failure(`${what} could not be cloned.`);
  }
}
