/** Operations that Node can also do in a thread of its own: here they run in a task of their own. */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { areEqual, arrayBufferOf, bytesOf, type ByteSource } from './bytes.ts';
import { digestBytes, requireDigest } from './hash.ts';
import type { SecretKey } from './keys.ts';
import { AsyncWrap } from '../../wraps/async-wrap.ts';
import type { Digest } from './digests.ts';
import type { Realm } from '../../realm.ts';

/** How a job runs: `kCryptoJobAsync`, `kCryptoJobSync`, and with a promise. */
const mode = { async: 0, sync: 1, webCrypto: 2 };

/** `crypto.getRandomValues` gives this many bytes at a time. */
const maxRandomBytes = 65_536;

export function fillRandom(realm: Realm, bytes: Uint8Array<ArrayBuffer>): void {
  for (let start = 0; start < bytes.length; start += maxRandomBytes) {
    realm.host.crypto.getRandomValues(bytes.subarray(start, start + maxRandomBytes));
  }
}

/** Prepares a job: checks its arguments, throwing what is wrong with them, and returns what computes the result. */
type Prepare<Args extends unknown[]> = (...args: Args) => () => unknown;

function noXof({ isXof }: Digest): void {
  if (isXof) throw new Error('error:1C8000B7:Provider routines::xof digests not allowed');
}

function defineJob<Args extends unknown[]>(realm: Realm, type: string, prepare: Prepare<Args>): unknown {
  return class Job extends AsyncWrap {
    declare ondone?: unknown;
    readonly #mode: number;
    readonly #compute: () => unknown;

    constructor(jobMode: number, ...args: Args) {
      super(realm, type);
      this.#mode = jobMode;
      this.#compute = prepare(...args);
    }

    run(): unknown {
      if (this.#mode === mode.sync) return this.#outcome();
      if (this.#mode === mode.webCrypto) return this.#promise();
      // A job keeps the process alive until it is done.
      realm.loop.enqueue(() => {
        this.makeCallback(this.ondone, ...this.#outcome());
        this.emitDestroy();
      });
      return undefined;
    }

    /** The error if there is one, and the result. */
    #outcome(): [error: Error | undefined, result?: unknown] {
      try {
        return [undefined, this.#compute()];
      } catch (error) {
        // What computes throws nothing but errors.
        return [error as Error];
      }
    }

    #promise(): Promise<unknown> {
      return new Promise((resolve, reject) => {
        realm.loop.enqueue(() => {
          const [error, result] = this.#outcome();
          if (error === undefined) resolve(result);
          else reject(error);
        });
      });
    }
  };
}

function scryptFailure(detail: string): Error {
  const error = new RangeError(`Invalid scrypt params${detail}`);
  return Object.assign(error, { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
}

/** OpenSSL's conditions on scrypt's cost, block size and parallelization; `maxmem` is in bytes. */
function checkScrypt(N: number, r: number, p: number, maxmem: number): void {
  if (N < 2 || (BigInt(N) & (BigInt(N) - 1n)) !== 0n) throw scryptFailure('');
  const memory = 128 * r * p + 32 * r * (N + 2) * 4;
  if (p > 0x3fffffff / r || memory > maxmem) {
    throw scryptFailure(': error:030000AC:digital envelope routines::memory limit exceeded');
  }
}

/** The members of the binding that are jobs. */
export function jobMembers(
  realm: Realm,
  createCryptoKey: (...args: unknown[]) => object,
): Record<string, unknown> {
  const job = <Args extends unknown[]>(type: string, prepare: Prepare<Args>): unknown =>
    defineJob(realm, type, prepare);
  const bytes = (source: ByteSource): Uint8Array => Uint8Array.from(bytesOf(realm, source));

  return {
    RandomBytesJob: job(
      'RANDOMBYTESREQUEST',
      (target: ArrayBuffer | ArrayBufferView<ArrayBuffer>, offset: number, size: number) => () => {
        const view = ArrayBuffer.isView(target) ? target : new Uint8Array(target);
        fillRandom(realm, new Uint8Array(view.buffer, view.byteOffset + offset, size));
      },
    ),

    PBKDF2Job: job(
      'PBKDF2REQUEST',
      (password: ByteSource, salt: ByteSource, c: number, length: number, name: string) => {
        const digest = requireDigest(name);
        const [secret, saltBytes] = [bytes(password), bytes(salt)];
        return () => {
          noXof(digest);
          if (length === 0) throw new Error('Deriving bits failed');
          return arrayBufferOf(pbkdf2(digest.function, secret, saltBytes, { c, dkLen: length }));
        };
      },
    ),

    ScryptJob: job(
      'SCRYPTREQUEST',
      (
        password: ByteSource,
        salt: ByteSource,
        N: number,
        r: number,
        p: number,
        maxmem: number,
        length: number,
      ) => {
        checkScrypt(N, r, p, maxmem);
        const [secret, saltBytes] = [bytes(password), bytes(salt)];
        return () => {
          if (length === 0) return new ArrayBuffer(0);
          return arrayBufferOf(
            scrypt(secret, saltBytes, { N, r, p, dkLen: length, maxmem: Number.MAX_SAFE_INTEGER }),
          );
        };
      },
    ),

    HKDFJob: job(
      'DERIVEBITSREQUEST',
      (name: string, key: ByteSource, salt: ByteSource, info: ByteSource, length: number) => {
        const digest = requireDigest(name);
        if (length > 255 * digest.outputLength) {
          throw Object.assign(new RangeError('Invalid key length'), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
        }
        const [secret, saltBytes, infoBytes] = [bytes(key), bytes(salt), bytes(info)];
        return () => {
          noXof(digest);
          if (length === 0) throw new Error('Deriving bits failed');
          const { function: hash } = digest;
          return arrayBufferOf(expand(hash, extract(hash, secret, saltBytes), infoBytes, length));
        };
      },
    ),

    HashJob: job('HASHREQUEST', (name: string, data: ByteSource, bits?: number) => {
      const digest = requireDigest(name);
      const input = bytes(data);
      return () => arrayBufferOf(digestBytes(digest, input, bits === undefined ? undefined : bits / 8));
    }),

    HmacJob: job(
      'SIGNREQUEST',
      (signMode: number, name: string, key: ByteSource, data: ByteSource, signature?: ByteSource) => {
        const digest = requireDigest(name);
        const [secret, message] = [bytes(key), bytes(data)];
        return () => {
          const code = hmac(digest.function, secret, message);
          return signMode === 0 ? arrayBufferOf(code) : areEqual(code, bytes(signature ?? ''));
        };
      },
    ),

    SecretKeyGenJob: job('KEYGENREQUEST', (bits: number, ...cryptoKey: unknown[]) => () => {
      const random = new Uint8Array(Math.floor(bits / 8));
      fillRandom(realm, random);
      // The binding's own class, which Node's library checks keys against.
      const Handle = realm.internalBinding('crypto')['KeyObjectHandle'] as new () => SecretKey;
      const handle = new Handle();
      handle.init(0, random);
      return cryptoKey.length > 0 ? createCryptoKey(handle, ...cryptoKey) : handle;
    }),
  };
}
