/** Signatures with RSA, ECDSA and EdDSA. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { ed448 } from '@noble/curves/ed448.js';
import { arrayBufferOf, areEqual, bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import { findDigest, type Digest, type RunningHash } from '../digests.ts';
import { codedError, opensslError, wrongKeyType } from '../errors.ts';
import { requireDigest } from '../hash.ts';
import { defineJob } from '../job.ts';
import { privateKeyOf, publicKeyOf } from '../keys.ts';
import { fillRandom } from '../random.ts';
import { der, nothing, oid, sequence, tag } from './der.ts';
import {
  longestSalt,
  padForSignature,
  padPss,
  unpadSignature,
  verifyPss,
  type PssOptions,
} from './rsa-padding.ts';
import { modulusBits, modulusSize, privateOperation, publicOperation } from './rsa.ts';
import type { KeyMaterial, RsaMaterial } from './key-material.ts';
import type { Realm } from '../../../realm.ts';
import type { KeyArguments } from './read-key.ts';

/** `RSA_PKCS1_PADDING` and the like. */
export const padding = { pkcs1: 1, none: 3, oaep: 4, pss: 6 };
/** `RSA_PSS_SALTLEN_DIGEST` and the like. */
const saltLength = { digest: -1 };
/** `kSigEncP1363` */
const p1363 = 1;

/** What a signature is made with, apart from key and message. */
export interface SignatureOptions {
  /** Absent: the one that the type of the key is used with. */
  readonly digest: Digest | undefined;
  readonly padding: number | undefined;
  /** Bytes, or one of OpenSSL's negative numbers. */
  readonly saltLength: number | undefined;
  /** Of ECDSA: `kSigEncDER` or `kSigEncP1363`. */
  readonly encoding: number | undefined;
  /** Of Ed448. */
  readonly context: Uint8Array | undefined;
}

/** Object identifiers of hash functions, in hexadecimal digits: by the first of their names in `digests.ts`. */
const digestOids: Readonly<Record<string, string>> = {
  md5: '2a864886f70d0205',
  ripemd160: '2b24030201',
  sha1: '2b0e03021a',
  sha224: '608648016503040204',
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
  'sha512-224': '608648016503040205',
  'sha512-256': '608648016503040206',
  'sha3-224': '608648016503040207',
  'sha3-256': '608648016503040208',
  'sha3-384': '608648016503040209',
  'sha3-512': '60864801650304020a',
};

function digestInfo(digest: Digest, hash: Uint8Array): Uint8Array {
  const [, id] = Object.entries(digestOids).find(([name]) => findDigest(name) === digest) ?? [];
  if (id === undefined) throw opensslError('1C80007A:Provider routines::invalid digest');
  return sequence(sequence(oid(id), nothing()), der(tag.octetString, hash));
}

function pssOptions(key: RsaMaterial, digest: Digest, options: SignatureOptions): PssOptions {
  const limits = key.type === 'rsa-pss' ? key.limits : undefined;
  const maskDigest = (limits && findDigest(limits.maskHash)) ?? digest;
  const length = options.saltLength ?? limits?.saltLength;
  return {
    digest,
    maskDigest,
    saltLength: length === saltLength.digest ? digest.outputLength : length,
  };
}

const usesPss = (key: KeyMaterial, options: SignatureOptions): boolean =>
  key.type === 'rsa-pss' || options.padding === padding.pss;

function checkUse(key: RsaMaterial, digest: Digest, options: SignatureOptions): void {
  if (key.type === 'rsa-pss' && key.limits && findDigest(key.limits.hash) !== digest) {
    throw opensslError('1C8000AE:Provider routines::digest not allowed');
  }
  if (options.padding === undefined) return;
  if (options.padding === padding.none)
    throw opensslError('1C8000A8:Provider routines::invalid padding mode');
  const isPossible =
    key.type === 'rsa-pss'
      ? options.padding === padding.pss
      : [padding.pkcs1, padding.pss].includes(options.padding);
  if (!isPossible) throw opensslError('1C8000A5:Provider routines::illegal or unsupported padding mode');
}

/** Signs a hash. Throws OpenSSL's errors. */
export function signHash(
  realm: Realm,
  key: KeyMaterial,
  digest: Digest,
  hash: Uint8Array,
  options: SignatureOptions,
): Uint8Array {
  const random = (bytes: Uint8Array): void => fillRandom(realm, bytes);
  if (key.type === 'ec' && key.privateKey) {
    const entropy = new Uint8Array(key.curve.size);
    random(entropy);
    return key.curve.implementation.sign(hash, key.privateKey, {
      prehash: false,
      lowS: false,
      format: options.encoding === p1363 ? 'compact' : 'der',
      extraEntropy: entropy,
    });
  }
  if (!('rsa' in key))
    throw codedError(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  checkUse(key, digest, options);
  const tooLarge = '0200006E:rsa routines::data too large for key size';
  const part = '1C880004:Provider routines::RSA lib';
  const failure = '030000EA:digital envelope routines::provider signature failure';
  if (usesPss(key, options)) {
    const pss = pssOptions(key, digest, options);
    const isOpen = pss.saltLength === undefined || pss.saltLength < 0;
    const salt = isOpen ? longestSalt(modulusBits(key.rsa), digest) : pss.saltLength;
    const block = padPss(hash, modulusBits(key.rsa), { ...pss, saltLength: salt }, random);
    const signature = block && privateOperation(key.rsa, block);
    if (!signature) throw opensslError(tooLarge, [failure, part, tooLarge, part]);
    return signature;
  }
  const block = padForSignature(digestInfo(digest, hash), modulusSize(key.rsa));
  const signature = block && privateOperation(key.rsa, block);
  if (!signature) throw opensslError('02000070:rsa routines::digest too big for rsa key');
  return signature;
}

/** Checks the signature of a hash. */
export function verifyHash(
  key: KeyMaterial,
  digest: Digest,
  hash: Uint8Array,
  signature: Uint8Array,
  options: SignatureOptions,
): boolean {
  if (key.type === 'ec') {
    try {
      return key.curve.implementation.verify(signature, hash, key.publicKey, {
        prehash: false,
        lowS: false,
        format: options.encoding === p1363 ? 'compact' : 'der',
      });
    } catch {
      // Bytes that are no signature at all.
      return false;
    }
  }
  if (!('rsa' in key))
    throw codedError(Error, 'ERR_CRYPTO_UNSUPPORTED_OPERATION', 'Unsupported crypto operation');
  checkUse(key, digest, options);
  if (signature.length !== modulusSize(key.rsa)) return false;
  const block = publicOperation(key.rsa, signature);
  if (!block) return false;
  if (usesPss(key, options)) {
    const pss = pssOptions(key, digest, options);
    const isOpen = pss.saltLength === undefined || pss.saltLength < 0;
    const salt = isOpen ? undefined : pss.saltLength;
    return verifyPss(hash, block, modulusBits(key.rsa), { ...pss, saltLength: salt });
  }
  const info = unpadSignature(block);
  return info !== undefined && areEqual(info, digestInfo(digest, hash));
}

/** The hash function that a key is used with when none is named: SHA-256, as in OpenSSL. */
function digestFor(key: KeyMaterial, options: SignatureOptions): Digest {
  return options.digest ?? requireDigest(key.type === 'rsa-pss' ? (key.limits?.hash ?? 'sha256') : 'sha256');
}

/** Signs a message, or checks a signature when there is one. Throws OpenSSL's errors. */
function signOrVerify(
  realm: Realm,
  key: KeyMaterial,
  message: Uint8Array,
  options: SignatureOptions,
  signature?: Uint8Array,
): ArrayBuffer | boolean {
  if (key.type === 'x25519' || key.type === 'x448') throw wrongKeyType();
  if (key.type === 'ed25519' || key.type === 'ed448') {
    if (options.digest) throw opensslError('1C80007A:Provider routines::invalid digest');
    const context = key.type === 'ed448' && options.context ? { context: options.context } : {};
    const curve = key.type === 'ed448' ? ed448 : ed25519;
    if (!signature) return arrayBufferOf(curve.sign(message, key.privateKey ?? new Uint8Array(), context));
    try {
      return curve.verify(signature, message, key.publicKey, { ...context, zip215: false });
    } catch {
      // Bytes that are no signature at all.
      return false;
    }
  }
  const digest = digestFor(key, options);
  const hash = digest.function(message);
  return signature
    ? verifyHash(key, digest, hash, signature, options)
    : arrayBufferOf(signHash(realm, key, digest, hash, options));
}

/** The members of the binding that sign and verify. */
export function signMembers(realm: Realm): Record<string, unknown> {
  const bytes = (source: ByteSource): Uint8Array<ArrayBuffer> => Uint8Array.from(bytesOf(realm, source));

  class Signer {
    #digest: Digest | undefined;
    #hash: RunningHash | undefined;

    init(name: string): void {
      this.#digest = findDigest(name);
      if (!this.#digest || this.#digest.isXof)
        throw codedError(TypeError, 'ERR_CRYPTO_INVALID_DIGEST', 'Invalid digest');
      this.#hash = this.#digest.create();
    }

    update(data: ByteSource, encoding?: string): void {
      if (!this.#hash) throw codedError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
      this.#hash.update(bytesOf(realm, data, encoding));
    }

    protected finish(): { digest: Digest; hash: Uint8Array } {
      if (!this.#digest || !this.#hash)
        throw codedError(Error, 'ERR_CRYPTO_INVALID_STATE', 'Not initialised');
      const result = { digest: this.#digest, hash: this.#hash.digest() };
      this.#hash = undefined;
      return result;
    }
  }

  class Sign extends Signer {
    sign(
      ...args: [...KeyArguments, rsaPadding?: number, salt?: number, encoding?: number]
    ): Uint8Array | string {
      const [data, format, type, passphrase, curve, rsaPadding, salt, encoding] = args;
      const key = privateKeyOf(realm, data, { format, type, passphrase, curve });
      const { digest, hash } = this.finish();
      const options = { digest, padding: rsaPadding, saltLength: salt, encoding, context: undefined };
      return encodeBytes(realm, Uint8Array.from(signHash(realm, key, digest, hash, options)));
    }
  }

  class Verify extends Signer {
    verify(
      ...args: [...KeyArguments, signature: ByteSource, rsaPadding?: number, salt?: number, encoding?: number]
    ): boolean {
      const [data, format, type, passphrase, curve, signature, rsaPadding, salt, encoding] = args;
      const key = publicKeyOf(realm, data, { format, type, passphrase, curve });
      const { digest, hash } = this.finish();
      const options = { digest, padding: rsaPadding, saltLength: salt, encoding, context: undefined };
      return verifyHash(key, digest, hash, bytes(signature), options);
    }
  }

  const SignJob = defineJob(
    realm,
    'SIGNREQUEST',
    (
      mode: number,
      ...args: [
        ...KeyArguments,
        message: ByteSource,
        digestName: string | undefined,
        salt: number | undefined,
        rsaPadding: number | undefined,
        encoding: number | undefined,
        context: ByteSource | undefined,
        signature: ByteSource | undefined,
      ]
    ) => {
      const [data, format, type, passphrase, curve, messageSource, digestName, salt, rsaPadding, encoding] =
        args;
      const [context, signature] = args.slice(10) as [ByteSource | undefined, ByteSource | undefined];
      const form = { format, type, passphrase, curve };
      const key = mode === 0 ? privateKeyOf(realm, data, form) : publicKeyOf(realm, data, form);
      const message = bytes(messageSource);
      const options = {
        digest: digestName === undefined || digestName === null ? undefined : requireDigest(digestName),
        padding: rsaPadding,
        saltLength: salt,
        encoding,
        context: context === undefined ? undefined : bytes(context),
      };
      const given = mode === 0 ? undefined : bytes(signature ?? '');
      return () => signOrVerify(realm, key, message, options, given);
    },
  );

  return { Sign, Verify, SignJob: class extends SignJob {} };
}
