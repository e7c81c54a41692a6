/** Secrets that two parties agree on: ECDH and its relatives. */
import { x25519 } from '@noble/curves/ed25519.js';
import { x448 } from '@noble/curves/ed448.js';
import { arrayBufferOf, bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import { codedError, opensslError, wrongKeyType } from '../errors.ts';
import { defineJob } from '../job.ts';
import { privateKeyOf, publicKeyOf } from '../keys.ts';
import { generateEcPair, requireCurve } from './generate.ts';
import { ecPair, ecPublic, type KeyMaterial } from './key-material.ts';
import type { Curve } from './curves.ts';
import type { Realm } from '../../../realm.ts';
import type { KeyArguments } from './read-key.ts';

/** `POINT_CONVERSION_…` */
const form = { compressed: 2, uncompressed: 4, hybrid: 6 };

const failed = (message: string): Error => codedError(Error, 'ERR_CRYPTO_OPERATION_FAILED', message);

/** The secret of a private and a public key. Throws OpenSSL's errors. */
export function agree(privateKey: KeyMaterial, publicKey: KeyMaterial): Uint8Array {
  if ('rsa' in privateKey || 'rsa' in publicKey || !privateKey.privateKey) throw wrongKeyType();
  if (privateKey.type !== publicKey.type)
    throw opensslError('03000099:digital envelope routines::different key types');
  const secret = privateKey.privateKey;
  try {
    if (privateKey.type === 'x25519') return x25519.getSharedSecret(secret, publicKey.publicKey);
    if (privateKey.type === 'x448') return x448.getSharedSecret(secret, publicKey.publicKey);
  } catch {
    // The public key is a point of small order.
    throw opensslError('1C8000AF:Provider routines::failed during derivation');
  }
  if (privateKey.type !== 'ec' || publicKey.type !== 'ec') throw wrongKeyType();
  if (privateKey.curve !== publicKey.curve) {
    throw opensslError('1C8000CB:Provider routines::mismatching domain parameters');
  }
  return sharedX(privateKey.curve, secret, publicKey.publicKey);
}

/** The first coordinate of the shared point. Throws when the point is not on the curve. */
function sharedX(curve: Curve, secret: Uint8Array, point: Uint8Array): Uint8Array {
  return curve.implementation.getSharedSecret(secret, point, true).slice(1);
}

/** A point in one of OpenSSL's forms. */
function formOf(curve: Curve, point: Uint8Array, wanted: number): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(
    curve.implementation.Point.fromBytes(point).toBytes(wanted === form.compressed),
  );
  if (wanted === form.hybrid) bytes[0] = form.hybrid + ((bytes.at(-1) ?? 0) & 1);
  return bytes;
}

/** The members of the binding for the agreement on elliptic curves. */
export function agreeMembers(realm: Realm): Record<string, unknown> {
  const bytes = (source: ByteSource): Uint8Array<ArrayBuffer> => Uint8Array.from(bytesOf(realm, source));

  class ECDH {
    readonly #curve: Curve;
    #privateKey: Uint8Array | undefined;
    #publicKey: Uint8Array | undefined;

    constructor(name: string) {
      this.#curve = requireCurve(realm, name);
    }

    generateKeys(): void {
      this.#take(generateEcPair(realm, this.#curve));
    }

    computeSecret(source: ByteSource): Uint8Array | string {
      const invalid = codedError(
        Error,
        'ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY',
        'Public key is not valid for specified curve',
      );
      let point: KeyMaterial;
      try {
        point = ecPublic(this.#curve, bytes(source));
      } catch {
        throw invalid;
      }
      if (!this.#privateKey || point.type !== 'ec') throw failed('Failed to compute ECDH key');
      return encodeBytes(realm, sharedX(this.#curve, this.#privateKey, point.publicKey));
    }

    getPublicKey(wanted: number): Uint8Array | string {
      if (!this.#publicKey) throw failed('Failed to get ECDH public key');
      return encodeBytes(realm, formOf(this.#curve, this.#publicKey, wanted));
    }

    getPrivateKey(): Uint8Array | string {
      if (!this.#privateKey) throw failed('Failed to get ECDH private key');
      return encodeBytes(realm, Uint8Array.from(this.#privateKey));
    }

    setPrivateKey(source: ByteSource): void {
      try {
        this.#take(ecPair(this.#curve, bytes(source)));
      } catch {
        throw codedError(
          RangeError,
          'ERR_CRYPTO_INVALID_KEYTYPE',
          'Private key is not valid for specified curve.',
        );
      }
    }

    setPublicKey(source: ByteSource): void {
      try {
        const { publicKey } = ecPublic(this.#curve, bytes(source)) as { publicKey: Uint8Array };
        this.#publicKey = publicKey;
      } catch {
        throw failed('Failed to convert Buffer to EC_POINT');
      }
    }

    #take(pair: KeyMaterial): void {
      if (pair.type !== 'ec') return;
      this.#privateKey = pair.privateKey;
      this.#publicKey = pair.publicKey;
    }
  }

  const DHBitsJob = defineJob(realm, 'DERIVEBITSREQUEST', (...args: [...KeyArguments, ...KeyArguments]) => {
    const [data, format, type, passphrase, curve] = args;
    const publicKey = publicKeyOf(realm, data, { format, type, passphrase, curve });
    const [secretData, secretFormat, secretType, secretPassphrase, secretCurve] = args.slice(
      5,
    ) as KeyArguments;
    const privateKey = privateKeyOf(realm, secretData, {
      format: secretFormat,
      type: secretType,
      passphrase: secretPassphrase,
      curve: secretCurve,
    });
    return () => arrayBufferOf(agree(privateKey, publicKey));
  });

  return {
    ECDH,
    DHBitsJob: class extends DHBitsJob {},
    ECDHConvertKey(source: ByteSource, name: string, wanted: number): Uint8Array | string {
      const curve = requireCurve(realm, name);
      const point = bytes(source);
      if (point.length === 0) throw failed('Failed to convert Buffer to EC_POINT');
      try {
        const { publicKey } = ecPublic(curve, point) as { publicKey: Uint8Array };
        return encodeBytes(realm, formOf(curve, publicKey, wanted));
      } catch {
        throw failed('Failed to convert Buffer to EC_POINT');
      }
    },
  };
}
