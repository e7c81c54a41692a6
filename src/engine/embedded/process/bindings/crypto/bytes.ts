/** Bytes as Node's crypto takes and returns them. */
import type { Realm } from '../../realm.ts';

/** The handle of a secret key. */
export interface SecretHandle {
  getSymmetricKeySize(): number;
}

/** A string with an encoding, a view, a buffer, or the handle of a secret key. */
export type ByteSource = string | ArrayBufferView | ArrayBufferLike | SecretHandle;

/** The bytes of secret keys. */
export const secretBytes = new WeakMap<object, Uint8Array>();

const bufferOf = (realm: Realm): BufferConstructor => {
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: BufferConstructor };
  return Buffer;
};

/** The bytes of a source; views are not copied. */
export function bytesOf(realm: Realm, source: ByteSource, encoding?: string): Uint8Array {
  if (typeof source === 'string') {
    const isBuffer = encoding === undefined || encoding === 'buffer';
    // Node's library has checked the encoding.
    return bufferOf(realm).from(source, isBuffer ? 'utf8' : (encoding as BufferEncoding));
  }
  const secret = secretBytes.get(source);
  if (secret) return secret;
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  // No handle without bytes is given to those who want them.
  return new Uint8Array(source as ArrayBufferLike);
}

/** A Buffer, or a string in an encoding. */
export function encodeBytes(realm: Realm, bytes: Uint8Array, encoding?: string): Uint8Array | string {
  const Buffer = bufferOf(realm);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return encoding !== undefined && Buffer.isEncoding(encoding) ? buffer.toString(encoding) : buffer;
}

/** A buffer that holds exactly these bytes. */
export function arrayBufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** Whether two byte strings are the same, in a time that depends on their length only. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? 0);
  return difference === 0;
}
