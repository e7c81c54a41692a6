/** Cryptography without OpenSSL. */
import { webCipherMembers } from './crypto/aes.ts';
import { agreeMembers } from './crypto/asymmetric/agree.ts';
import { curveNames } from './crypto/asymmetric/curves.ts';
import { diffieHellmanMembers } from './crypto/asymmetric/diffie-hellman.ts';
import { generateMembers } from './crypto/asymmetric/generate.ts';
import { rsaCipherMembers } from './crypto/asymmetric/rsa-cipher.ts';
import { signMembers } from './crypto/asymmetric/sign.ts';
import { areEqual, bytesOf } from './crypto/bytes.ts';
import { cipherBase, getCipherInfo } from './crypto/ciphers/cipher-base.ts';
import { cipherNames } from './crypto/ciphers/table.ts';
import { hashNames } from './crypto/digests.ts';
import { hashMembers } from './crypto/hash.ts';
import { jobMembers } from './crypto/jobs.ts';
import { keccakMembers } from './crypto/keccak.ts';
import { keyMembers } from './crypto/keys.ts';
import { primeMembers } from './crypto/primes.ts';
import { secureContextMembers } from './crypto/secure-context.ts';
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
  KEMEncapsulateJob: 'crypto.encapsulate (ML-KEM)',
  KEMDecapsulateJob: 'crypto.decapsulate (ML-KEM)',
  certVerifySpkac: 'crypto.Certificate.verifySpkac',
  certExportPublicKey: 'crypto.Certificate.exportPublicKey',
  certExportChallenge: 'crypto.Certificate.exportChallenge',
  parseX509: 'crypto.X509Certificate',
  DsaKeyPairGenJob: 'crypto.generateKeyPair',
  DhKeyPairGenJob: 'crypto.generateKeyPair',
};

/** `internalBinding('crypto')`. Certificates, and keys for algorithms that few programs use, stay stubs. */
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
    ...secureContextMembers(realm, shape),
    ...hashMembers(realm),
    ...jobMembers(realm, createCryptoKey),
    ...webCipherMembers(realm, shape),
    ...signMembers(realm),
    ...generateMembers(realm, createCryptoKey),
    ...rsaCipherMembers(realm),
    ...agreeMembers(realm),
    ...diffieHellmanMembers(realm),
    ...primeMembers(realm),
    ...keccakMembers(realm),
    getOpenSSLSecLevelCrypto: () => 2,
    CipherBase: cipherBase(realm),
    getCipherInfo,
    getHashes: () => [...hashNames],
    getCiphers: () => [...cipherNames],
    getSSLCiphers: () => [],
    getCurves: () => [...curveNames],
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
