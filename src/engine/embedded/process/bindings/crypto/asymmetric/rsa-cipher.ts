/** Encryption with RSA. */
import { arrayBufferOf, bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import { findDigest, type Digest } from '../digests.ts';
import { codedError, opensslError, wrongKeyType } from '../errors.ts';
import { requireDigest } from '../hash.ts';
import { defineJob } from '../job.ts';
import { KeyHandle, publicKeyOf } from '../keys.ts';
import { fillRandom } from '../random.ts';
import {
  padForEncryption,
  padForSignature,
  padOaep,
  unpadEncryption,
  unpadOaep,
  unpadSignature,
} from './rsa-padding.ts';
import { modulusSize, privateOperation, publicOperation, type RsaKey } from './rsa.ts';
import { padding } from './sign.ts';
import type { KeyMaterial } from './key-material.ts';
import type { Realm } from '../../../realm.ts';
import type { KeyArguments } from './read-key.ts';

const tooLarge = '0200006E:rsa routines::data too large for key size';
const tooSmall = '0200007A:rsa routines::data too small for key size';
const badPaddingMode = '1C8000A5:Provider routines::illegal or unsupported padding mode';
/** What OpenSSL notes before an error of a private encryption. */
const signatureStack = [
  '030000EA:digital envelope routines::provider signature failure',
  '1C880004:Provider routines::RSA lib',
];

function requireRsa(key: KeyMaterial): RsaKey {
  if (key.type !== 'rsa') throw wrongKeyType();
  return key.rsa;
}

/** A block without any padding: the message must fill it. */
function unpadded(message: Uint8Array, size: number, stack: readonly string[]): Uint8Array {
  if (message.length > size) throw opensslError(tooLarge, stack);
  if (message.length < size) throw opensslError(tooSmall, stack);
  return message;
}

/** A mode of `padding` that the operation does not know is an error. */
function requireMode(mode: number, modes: readonly number[]): void {
  if (!modes.includes(mode)) throw opensslError(badPaddingMode);
}

const encryptionModes = [padding.none, padding.pkcs1, padding.oaep];
const signatureModes = [padding.none, padding.pkcs1];

type Operation = (
  key: RsaKey,
  message: Uint8Array,
  mode: number,
  digest: Digest,
  label: Uint8Array,
) => Uint8Array;

type CipherArguments = [
  ...KeyArguments,
  message: ByteSource,
  mode: number,
  hash: string | undefined,
  label: ByteSource | undefined,
];

/** The members of the binding that encrypt with RSA. */
export function rsaCipherMembers(realm: Realm): Record<string, unknown> {
  const bytes = (source: ByteSource | undefined): Uint8Array =>
    source === undefined ? new Uint8Array() : Uint8Array.from(bytesOf(realm, source));
  const random = (target: Uint8Array): void => fillRandom(realm, target);

  function oaepDigest(name: string | undefined): Digest {
    const digest = findDigest(name ?? 'sha1');
    if (!digest) throw codedError(Error, 'ERR_OSSL_EVP_INVALID_DIGEST', 'Invalid digest used');
    return digest;
  }

  const encrypt: Operation = (key, message, mode, digest, label) => {
    requireMode(mode, encryptionModes);
    const size = modulusSize(key);
    const block =
      mode === padding.none
        ? unpadded(message, size, [])
        : mode === padding.pkcs1
          ? padForEncryption(message, size, random)
          : padOaep(message, size, digest, label, random);
    const result = block && publicOperation(key, block);
    if (!result) throw opensslError(tooLarge);
    return result;
  };

  const decrypt: Operation = (key, message, mode, digest, label) => {
    requireMode(mode, encryptionModes);
    const block = message.length > modulusSize(key) ? undefined : privateOperation(key, message);
    if (mode === padding.none) {
      if (!block) throw opensslError('02000084:rsa routines::data too large for modulus');
      return block;
    }
    if (mode === padding.pkcs1) return (block && unpadEncryption(block)) ?? decoy(message);
    const result = block && unpadOaep(block, digest, label);
    if (!result) throw opensslError('02000079:rsa routines::oaep decoding error');
    return result;
  };

  /** OpenSSL does not tell that the padding is wrong, which would help an attacker: it returns random bytes. */
  function decoy(message: Uint8Array): Uint8Array {
    const result = new Uint8Array((message.at(-1) ?? 0) % 200);
    random(result);
    return result;
  }

  function encryptPrivately(key: RsaKey, message: Uint8Array, mode: number): Uint8Array {
    requireMode(mode, signatureModes);
    const size = modulusSize(key);
    const block =
      mode === padding.none ? unpadded(message, size, signatureStack) : padForSignature(message, size);
    const result = block && privateOperation(key, block);
    if (!result) throw opensslError(tooLarge, signatureStack);
    return result;
  }

  function decryptPublicly(key: RsaKey, message: Uint8Array, mode: number): Uint8Array {
    requireMode(mode, signatureModes);
    const block = publicOperation(key, message);
    const result = block && mode === padding.pkcs1 ? unpadSignature(block) : block;
    if (!result) {
      throw opensslError('0200008A:rsa routines::invalid padding', [
        ...signatureStack,
        '02000072:rsa routines::padding check failed',
      ]);
    }
    return result;
  }

  /** A function of the binding: its arguments are a key, a message and how to lay it out. */
  const operation =
    (run: Operation) =>
    (...args: CipherArguments): Uint8Array | string => {
      const [data, format, type, passphrase, curve, message, mode, hash, label] = args;
      const key = publicKeyOf(realm, data, { format, type, passphrase, curve });
      const digest = oaepDigest(hash);
      const result = run(requireRsa(key), bytes(message), mode, digest, bytes(label));
      return encodeBytes(realm, Uint8Array.from(result));
    };

  return {
    publicEncrypt: operation(encrypt),
    privateDecrypt: operation(decrypt),
    privateEncrypt: operation(encryptPrivately),
    publicDecrypt: operation(decryptPublicly),

    RSACipherJob: class extends defineJob(
      realm,
      'CIPHERREQUEST',
      (
        direction: number,
        handle: KeyHandle,
        data: ByteSource,
        _variant: number,
        hash: string,
        label?: ByteSource,
      ) => {
        const key = requireRsa(KeyHandle.material(handle));
        const [message, digest, labelBytes] = [bytes(data), requireDigest(hash), bytes(label)];
        const run = direction === 0 ? encrypt : decrypt;
        return () => arrayBufferOf(run(key, message, padding.oaep, digest, labelBytes));
      },
    ) {},
  };
}
