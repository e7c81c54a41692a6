/** Random values, key derivation, and the jobs of hashes and of secret keys. */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import { areEqual, arrayBufferOf, bytesOf, type ByteSource } from './bytes.ts';
import { digestBytes, requireDigest } from './hash.ts';
import { defineJob, type Prepare } from './job.ts';
import { createHandle, type CreateCryptoKey } from './keys.ts';
import { fillRandom } from './random.ts';
import type { Digest } from './digests.ts';
import type { Realm } from '../../realm.ts';

function noXof({ isXof }: Digest): void {
  if (isXof) throw new Error('error:1C8000B7:Provider routines::xof digests not allowed');
}

function scryptFailure(detail: string): Error {
  const error = new RangeError(`Invalid scrypt params${detail}`);
  return Object.assign(error, { code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS' });
}

/** OpenSSL's conditions on scrypt's cost, block size and parallelization; `maxmem` is in bytes. */
function checkScrypt(N: number, r: number, p: number, maxmem: number): void {
  if (N < 2 || (BigInt(N) & (BigInt(N) - 1n)) !== 0n) throw scryptFailure('');
  const memory = 128 * r * p + 32 * r * (N + 2) * 4;
  const isTooCostly = r < 4 && N >= 2 ** (16 * r);
  if (p > 0x3fffffff / r || isTooCostly || memory > maxmem) {
    throw scryptFailure(': error:030000AC:digital envelope routines::memory limit exceeded');
  }
}

/** The members of the binding that are jobs. */
export function jobMembers(realm: Realm, createCryptoKey: CreateCryptoKey): Record<string, unknown> {
  const job = <Args extends unknown[]>(type: string, prepare: Prepare<Args>) =>
    defineJob(realm, type, prepare);
  const bytes = (source: ByteSource): Uint8Array => Uint8Array.from(bytesOf(realm, source));

  return {
    RandomBytesJob: class extends job(
      'RANDOMBYTESREQUEST',
      (target: ArrayBufferLike | ArrayBufferView, offset: number, size: number) => () => {
        const view = ArrayBuffer.isView(target) ? target : new Uint8Array(target);
        fillRandom(realm, new Uint8Array(view.buffer, view.byteOffset + offset, size));
      },
    ) {},

    PBKDF2Job: class extends job(
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
    ) {},

    ScryptJob: class extends job(
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
    ) {},

    HKDFJob: class extends job(
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
    ) {},

    HashJob: class extends job('HASHREQUEST', (name: string, data: ByteSource, bits?: number) => {
      const digest = requireDigest(name);
      const input = bytes(data);
      return () => arrayBufferOf(digestBytes(digest, input, bits === undefined ? undefined : bits / 8));
    }) {},

    HmacJob: class extends job(
      'SIGNREQUEST',
      (signMode: number, name: string, key: ByteSource, data: ByteSource, signature?: ByteSource) => {
        const digest = requireDigest(name);
        const [secret, message] = [bytes(key), bytes(data)];
        return () => {
          const code = hmac(digest.function, secret, message);
          return signMode === 0 ? arrayBufferOf(code) : areEqual(code, bytes(signature ?? ''));
        };
      },
    ) {},

    SecretKeyGenJob: class extends job('KEYGENREQUEST', (bits: number, ...cryptoKey: unknown[]) => () => {
      const random = new Uint8Array(Math.floor(bits / 8));
      fillRandom(realm, random);
      const handle = createHandle(realm);
      handle.init(0, random);
      return cryptoKey.length > 0 ? createCryptoKey(handle, ...cryptoKey) : handle;
    }) {},
  };
}
