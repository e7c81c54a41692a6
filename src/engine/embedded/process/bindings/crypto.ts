/** Cryptography without OpenSSL: hashes, HMAC, key derivation, random values and secret keys. */
import { aesCipherJob } from './crypto/aes.ts';
import { areEqual, bytesOf } from './crypto/bytes.ts';
import { hashNames } from './crypto/digests.ts';
import { hashMembers } from './crypto/hash.ts';
import { jobMembers } from './crypto/jobs.ts';
import { keyMembers } from './crypto/keys.ts';
import type { BindingFactory } from '../realm.ts';

const isBytes = (value: unknown): value is ArrayBuffer | ArrayBufferView =>
  ArrayBuffer.isView(value) ||
  value instanceof ArrayBuffer ||
  Object.prototype.toString.call(value) === '[object SharedArrayBuffer]';

function invalidArgument(name: string): Error {
  const message = `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`;
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

/** What a reader calls the members of the binding that stay stubs. */
const missing: Readonly<Record<string, string>> = {
  CipherBase: 'crypto.createCipheriv and crypto.createDecipheriv',
  getCipherInfo: 'crypto.getCipherInfo',
  Sign: 'crypto.createSign and crypto.sign',
  Verify: 'crypto.createVerify and crypto.verify',
  DiffieHellman: 'crypto.createDiffieHellman',
  DiffieHellmanGroup: 'crypto.getDiffieHellman',
  ECDH: 'crypto.createECDH',
  publicEncrypt: 'crypto.publicEncrypt',
  publicDecrypt: 'crypto.publicDecrypt',
  privateEncrypt: 'crypto.privateEncrypt',
  privateDecrypt: 'crypto.privateDecrypt',
  parseX509: 'crypto.X509Certificate',
  SecureContext: 'TLS (node:tls, node:https)',
  Argon2Job: 'crypto.argon2',
  RandomPrimeJob: 'crypto.generatePrime',
  CheckPrimeJob: 'crypto.checkPrime',
  RsaKeyPairGenJob: 'crypto.generateKeyPair',
  EcKeyPairGenJob: 'crypto.generateKeyPair',
  NidKeyPairGenJob: 'crypto.generateKeyPair',
  DsaKeyPairGenJob: 'crypto.generateKeyPair',
  DhKeyPairGenJob: 'crypto.generateKeyPair',
  SignJob: 'crypto.subtle.sign with this algorithm',
};

/** `internalBinding('crypto')`. Ciphers, asymmetric keys, signatures and certificates stay stubs. */
export const crypto: BindingFactory = (realm, shape) => {
  const { members, createCryptoKey } = keyMembers(realm);
  const stubs = Object.entries(missing).map(([name, api]) => {
    // A function, not an arrow: Node's library makes some with `new`.
    const stub = function (): void {
      realm.notSupported(api);
    };
    return [name, stub] as const;
  });
  return {
    ...shape,
    ...Object.fromEntries(stubs),
    ...members,
    ...hashMembers(realm),
    ...jobMembers(realm, createCryptoKey),
    AESCipherJob: aesCipherJob(realm, shape),
    getHashes: () => [...hashNames],
    getCiphers: () => [],
    getSSLCiphers: () => [],
    getCurves: () => [],
    getCachedAliases: () => Object.create(null) as object,
    getFipsCrypto: () => 0,
    secureHeapUsed: () => undefined,
    secureBuffer: (length: number) => new Uint8Array(length),
    timingSafeEqual(one: unknown, other: unknown): boolean {
      if (!isBytes(one)) throw invalidArgument('buf1');
      if (!isBytes(other)) throw invalidArgument('buf2');
      if (one.byteLength !== other.byteLength) {
        const error = new RangeError('Input buffers must have the same byte length');
        throw Object.assign(error, { code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH' });
      }
      return areEqual(bytesOf(realm, one), bytesOf(realm, other));
    },
  };
};
