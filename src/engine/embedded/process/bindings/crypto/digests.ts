/** Hash functions by the names that OpenSSL gives them. */
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';
import type { CHash, Hash } from '@noble/hashes/utils.js';

/** A hash function; `isXof`: its output is as long as one likes. */
export interface Digest {
  readonly isXof: boolean;
  /** Bytes of output, of an XOF by default. */
  readonly outputLength: number;
  readonly function: CHash;
  create(outputLength?: number): RunningHash;
}

export type RunningHash = Hash<RunningHash>;

type Extendable = CHash & { create(options: { dkLen: number }): RunningHash };

function fixed(hash: CHash): Digest {
  // What noble's constructors make are hashes of their own kind.
  return {
    isXof: false,
    outputLength: hash.outputLen,
    function: hash,
    create: () => hash.create() as RunningHash,
  };
}

function extendable(hash: Extendable): Digest {
  return {
    isXof: true,
    outputLength: hash.outputLen,
    function: hash,
    create: (outputLength = hash.outputLen) => hash.create({ dkLen: outputLength }),
  };
}

/** Names in lower case; OpenSSL does not tell cases apart. */
const names: readonly (readonly [Digest, string])[] = [
  [fixed(md5), 'md5 rsa-md5 ssl3-md5 md5withrsaencryption 1.2.840.113549.2.5'],
  [fixed(ripemd160), 'ripemd160 ripemd ripemd-160 rmd160 rsa-ripemd160 ripemd160withrsa 1.3.36.3.2.1'],
  [fixed(sha1), 'sha1 sha-1 rsa-sha1 rsa-sha1-2 ssl3-sha1 sha1withrsaencryption 1.3.14.3.2.26'],
  [fixed(sha224), 'sha224 sha-224 sha2-224 rsa-sha224 sha224withrsaencryption 2.16.840.1.101.3.4.2.4'],
  [fixed(sha256), 'sha256 sha-256 sha2-256 rsa-sha256 sha256withrsaencryption 2.16.840.1.101.3.4.2.1'],
  [fixed(sha384), 'sha384 sha-384 sha2-384 rsa-sha384 sha384withrsaencryption 2.16.840.1.101.3.4.2.2'],
  [fixed(sha512), 'sha512 sha-512 sha2-512 rsa-sha512 sha512withrsaencryption 2.16.840.1.101.3.4.2.3'],
  [
    fixed(sha512_224),
    'sha512-224 sha-512/224 sha2-512/224 rsa-sha512/224 sha512-224withrsaencryption 2.16.840.1.101.3.4.2.5',
  ],
  [
    fixed(sha512_256),
    'sha512-256 sha-512/256 sha2-512/256 rsa-sha512/256 sha512-256withrsaencryption 2.16.840.1.101.3.4.2.6',
  ],
  [fixed(sha3_224), 'sha3-224 rsa-sha3-224 id-rsassa-pkcs1-v1_5-with-sha3-224 2.16.840.1.101.3.4.2.7'],
  [fixed(sha3_256), 'sha3-256 rsa-sha3-256 id-rsassa-pkcs1-v1_5-with-sha3-256 2.16.840.1.101.3.4.2.8'],
  [fixed(sha3_384), 'sha3-384 rsa-sha3-384 id-rsassa-pkcs1-v1_5-with-sha3-384 2.16.840.1.101.3.4.2.9'],
  [fixed(sha3_512), 'sha3-512 rsa-sha3-512 id-rsassa-pkcs1-v1_5-with-sha3-512 2.16.840.1.101.3.4.2.10'],
  [extendable(shake128), 'shake128 shake-128 2.16.840.1.101.3.4.2.11'],
  [extendable(shake256), 'shake256 shake-256 2.16.840.1.101.3.4.2.12'],
  [fixed(blake2b), 'blake2b512 blake2b-512 1.3.6.1.4.1.1722.12.2.1.16'],
  [fixed(blake2s), 'blake2s256 blake2s-256 1.3.6.1.4.1.1722.12.2.2.8'],
];

const digests = new Map(
  names.flatMap(([digest, list]) => list.split(' ').map((name) => [name, digest] as const)),
);

/** The hash function of a name, or undefined. */
export function findDigest(name: string): Digest | undefined {
  return digests.get(name.toLowerCase());
}

/** What `crypto.getHashes()` lists, in OpenSSL's spelling: those of the pinned Node that are here. */
export const hashNames = (
  'RSA-MD5 RSA-RIPEMD160 RSA-SHA1 RSA-SHA1-2 RSA-SHA224 RSA-SHA256 RSA-SHA3-224 RSA-SHA3-256 RSA-SHA3-384 RSA-SHA3-512 ' +
  'RSA-SHA384 RSA-SHA512 RSA-SHA512/224 RSA-SHA512/256 blake2b512 blake2s256 id-rsassa-pkcs1-v1_5-with-sha3-224 ' +
  'id-rsassa-pkcs1-v1_5-with-sha3-256 id-rsassa-pkcs1-v1_5-with-sha3-384 id-rsassa-pkcs1-v1_5-with-sha3-512 md5 ' +
  'md5WithRSAEncryption ripemd ripemd160 ripemd160WithRSA rmd160 sha1 sha1WithRSAEncryption sha224 ' +
  'sha224WithRSAEncryption sha256 sha256WithRSAEncryption sha3-224 sha3-256 sha3-384 sha3-512 sha384 ' +
  'sha384WithRSAEncryption sha512 sha512-224 sha512-224WithRSAEncryption sha512-256 sha512-256WithRSAEncryption ' +
  'sha512WithRSAEncryption shake128 shake256 ssl3-md5 ssl3-sha1'
).split(' ');
