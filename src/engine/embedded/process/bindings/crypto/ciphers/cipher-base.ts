/** `CipherBase` of Node's C++: what `createCipheriv` and `createDecipheriv` drive. */
import { areEqual, bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import { codedError } from '../errors.ts';
import { AuthenticatedCipher, tagSize } from './authenticated.ts';
import { findCipher, isCipherOfNode, type CipherDescription } from './table.ts';
import type { Transformation } from './block-modes.ts';
import type { Realm } from '../../../realm.ts';

/** An authentication tag in bytes: -1 stands for the usual length. */
const usualLength = -1;
const gcmTagLengths = new Set([4, 8, 12, 13, 14, 15, 16]);

function invalidTag(length: number): Error {
  return codedError(TypeError, 'ERR_CRYPTO_INVALID_AUTH_TAG', `Invalid authentication tag length: ${length}`);
}

const invalidIv = (): Error =>
  codedError(TypeError, 'ERR_CRYPTO_INVALID_IV', 'Invalid initialization vector');

/** Throws Node's error for an initialization vector of a length that the cipher does not take. */
function checkIv(cipher: CipherDescription, iv: Uint8Array | undefined): void {
  if (!iv) {
    if (cipher.ivLength > 0) throw invalidIv();
  } else if (!cipher.isAuthenticated) {
    if (iv.length !== cipher.ivLength) throw invalidIv();
  } else if (iv.length === 0 || (cipher.mode === 'stream' && iv.length > cipher.ivLength)) throw invalidIv();
}

/** The length of the tag as it was asked for; undefined where that is still open. */
function readTagLength(cipher: CipherDescription, length: number): number | undefined {
  if (!cipher.isAuthenticated) return undefined;
  const isGcm = cipher.mode === 'gcm';
  if (length === usualLength) return isGcm ? undefined : tagSize;
  if (isGcm ? !gcmTagLengths.has(length) : length > tagSize) throw invalidTag(length);
  return length;
}

/** The class of the binding. */
export function cipherBase(realm: Realm): unknown {
  const warnShortTag = (): void => {
    const process = realm.process as { emitWarning?(message: string, type: string, code: string): void };
    const message =
      'Using AES-GCM authentication tags of less than 128 bits without specifying the authTagLength option when ' +
      'initializing decryption is deprecated.';
    process.emitWarning?.(message, 'DeprecationWarning', 'DEP0182');
  };

  return class CipherBase {
    readonly #isEncryption: boolean;
    readonly #isGcm: boolean;
    /** Undefined once the message is over. */
    #cipher: Transformation | undefined;
    #tagLength: number | undefined;
    #tag: Uint8Array | undefined;

    constructor(
      isEncryption: boolean,
      name: string,
      key: ByteSource,
      iv: ByteSource | null,
      tagLength: number,
    ) {
      const cipher = findCipher(name);
      if (!cipher) {
        if (isCipherOfNode(name)) realm.notSupported(`crypto.createCipheriv with the cipher ${name}`);
        throw codedError(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
      }
      const start = iv === null ? undefined : bytesOf(realm, iv);
      checkIv(cipher, start);
      this.#isEncryption = isEncryption;
      this.#isGcm = cipher.mode === 'gcm';
      this.#tagLength = readTagLength(cipher, tagLength);
      const secret = bytesOf(realm, key);
      if (secret.length !== cipher.keyLength) {
        throw codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', 'Invalid key length');
      }
      // Copies: the program may change its own, and noble wants them aligned.
      const copies = [Uint8Array.from(secret), Uint8Array.from(start ?? [])] as const;
      this.#cipher = cipher.create(isEncryption, ...copies);
    }

    update(data: ByteSource, encoding?: string): Uint8Array | string {
      if (!this.#cipher) throw new Error('Trying to add data in unsupported state');
      return encodeBytes(realm, this.#cipher.update(bytesOf(realm, data, encoding)));
    }

    final(): Uint8Array | string {
      const cipher = this.#cipher;
      if (!cipher) throw codedError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Invalid state');
      this.#cipher = undefined;
      const last = cipher.finish();
      if (cipher instanceof AuthenticatedCipher) {
        const tag = cipher.tag();
        if (this.#isEncryption) this.#tag = tag.slice(0, this.#tagLength ?? tagSize);
        else if (!this.#isAuthentic(tag)) {
          throw new Error('Unsupported state or unable to authenticate data');
        }
      }
      return encodeBytes(realm, last);
    }

    setAutoPadding(isPadded: boolean): boolean {
      this.#cipher?.setPadding?.(isPadded);
      return this.#cipher !== undefined;
    }

    getAuthTag(): Uint8Array | string | undefined {
      if (this.#cipher || !this.#isEncryption || !this.#tag) return undefined;
      return encodeBytes(realm, Uint8Array.from(this.#tag));
    }

    setAuthTag(source: ByteSource): boolean {
      if (!(this.#cipher instanceof AuthenticatedCipher) || this.#isEncryption || this.#tag) return false;
      const tag = Uint8Array.from(bytesOf(realm, source));
      const isExpected = this.#tagLength === undefined || this.#tagLength === tag.length;
      if (!isExpected || (this.#isGcm && !gcmTagLengths.has(tag.length))) throw invalidTag(tag.length);
      if (this.#isGcm && this.#tagLength === undefined && tag.length !== tagSize) warnShortTag();
      this.#tag = tag;
      return true;
    }

    setAAD(data: ByteSource): boolean {
      if (!(this.#cipher instanceof AuthenticatedCipher) || this.#cipher.hasBegun) return false;
      this.#cipher.authenticate(bytesOf(realm, data));
      return true;
    }

    #isAuthentic(computed: Uint8Array): boolean {
      // OpenSSL's ChaCha20-Poly1305 checks a tag only if there is one.
      if (!this.#tag) return !this.#isGcm;
      return areEqual(this.#tag, computed.subarray(0, this.#tag.length));
    }
  };
}

/** `getCipherInfo` of the binding: fills `info` in, or returns undefined when the cipher or a length is not possible. */
export function getCipherInfo(
  info: Record<string, unknown>,
  name: string | number,
  keyLength: number | undefined,
  ivLength: number | undefined,
): object | undefined {
  const cipher = findCipher(name);
  if (!cipher || (keyLength !== undefined && keyLength !== cipher.keyLength)) return undefined;
  if (ivLength !== undefined && ivLength !== cipher.ivLength) {
    const isPossible = cipher.isAuthenticated && ivLength > 0;
    if (!isPossible || (cipher.mode === 'stream' && ivLength > cipher.ivLength)) return undefined;
  }
  info['mode'] = cipher.mode;
  info['name'] = cipher.name;
  info['nid'] = cipher.nid;
  if (cipher.blockSize !== undefined) info['blockSize'] = cipher.blockSize;
  if (cipher.ivLength > 0) info['ivLength'] = ivLength ?? cipher.ivLength;
  info['keyLength'] = cipher.keyLength;
  return info;
}
