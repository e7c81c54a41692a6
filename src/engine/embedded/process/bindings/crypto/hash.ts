/** Hashes and message authentication codes. */
import { hmac } from '@noble/hashes/hmac.js';
import { bytesOf, encodeBytes, type ByteSource } from './bytes.ts';
import { findDigest, type Digest, type RunningHash } from './digests.ts';
import type { Realm } from '../../realm.ts';

/** Hash functions that HMAC, PBKDF2 and HKDF can be made of; throws Node's error for any other name. */
export function requireDigest(name: string): Digest {
  const digest = findDigest(name);
  if (!digest)
    throw Object.assign(new TypeError(`Invalid digest: ${name}`), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  return digest;
}

/** OpenSSL's error for an output length that the hash function does not have. */
function invalidLength(): Error {
  const reason = 'not XOF or invalid length';
  const library = 'digital envelope routines';
  const code = 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH';
  return Object.assign(new Error(`error:030000B2:${library}::${reason}`), { library, reason, code });
}

const noBytes = new Uint8Array();

/** Starts a hash. An XOF of no bytes is one that nobody reads. */
function start(digest: Digest, outputLength?: number): RunningHash {
  if (!digest.isXof && outputLength !== undefined && outputLength !== digest.outputLength)
    throw invalidLength();
  return digest.create(outputLength === 0 ? undefined : outputLength);
}

/** Hashes data at once. */
export function digestBytes(digest: Digest, data: Uint8Array, outputLength?: number): Uint8Array {
  const hash = start(digest, outputLength);
  return outputLength === 0 ? noBytes : hash.update(data).digest();
}

/** The members of the binding that hash. */
export function hashMembers(realm: Realm): Record<string, unknown> {
  class Hash {
    readonly #hash: RunningHash;
    #result: Uint8Array | undefined;
    readonly #digest: Digest;
    readonly #outputLength: number | undefined;

    constructor(algorithm: string | Hash, outputLength?: number) {
      this.#outputLength = outputLength;
      if (algorithm instanceof Hash) {
        this.#digest = algorithm.#digest;
        const { isXof, outputLength: usualLength } = this.#digest;
        if (!isXof && outputLength !== undefined && outputLength !== usualLength) throw invalidLength();
        this.#hash = algorithm.#hash.clone();
        // The length of an XOF's output is a number that noble reads when it finishes.
        if (isXof)
          Object.assign(this.#hash, { outputLen: outputLength === 0 ? 1 : (outputLength ?? usualLength) });
        return;
      }
      const digest = findDigest(algorithm);
      if (!digest) throw new Error('Digest method not supported');
      this.#digest = digest;
      this.#hash = start(digest, outputLength);
    }

    update(data: ByteSource, encoding?: string): boolean {
      this.#hash.update(bytesOf(realm, data, encoding));
      return true;
    }

    digest(encoding?: string): Uint8Array | string {
      this.#result ??= this.#outputLength === 0 ? noBytes : this.#hash.digest();
      return encodeBytes(realm, Uint8Array.from(this.#result), encoding);
    }
  }

  class Hmac {
    #hash: RunningHash | undefined;

    init(algorithm: string, key: ByteSource): void {
      const digest = requireDigest(algorithm);
      if (digest.isXof) throw new Error('error:00000000:lib(0)::reason(0)');
      // An HMAC is a hash of its own kind.
      this.#hash = hmac.create(digest.function, bytesOf(realm, key)) as unknown as RunningHash;
    }

    update(data: ByteSource, encoding?: string): boolean {
      this.#hash?.update(bytesOf(realm, data, encoding));
      return this.#hash !== undefined;
    }

    digest(encoding?: string): Uint8Array | string {
      const bytes = this.#hash?.digest() ?? noBytes;
      this.#hash = undefined;
      return encodeBytes(realm, bytes, encoding);
    }
  }

  /** `crypto.hash` */
  function oneShotDigest(
    algorithm: string,
    _id: number,
    _cache: object,
    input: ByteSource,
    encoding: string,
    _encodingId: number,
    outputLength?: number,
  ): Uint8Array | string {
    const digest = findDigest(algorithm);
    if (!digest) throw new Error(`Digest method ${algorithm} is not supported`);
    if (!digest.isXof && outputLength !== undefined && outputLength !== digest.outputLength) {
      throw new Error(
        `Output length ${outputLength} is invalid for ${algorithm.toLowerCase()}, which does not support XOF`,
      );
    }
    return encodeBytes(realm, digestBytes(digest, bytesOf(realm, input), outputLength), encoding);
  }

  return { Hash, Hmac, oneShotDigest };
}
