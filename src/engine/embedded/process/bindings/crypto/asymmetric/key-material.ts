/** Public and private keys, apart from how they are written. */
import type { Curve, RawCurve } from './curves.ts';
import { modulusBits, type RsaKey } from './rsa.ts';
import { fromBigInt } from './der.ts';

/** What a key for `RSASSA-PSS` may be used with; absent: with anything. */
export interface PssLimits {
  readonly hash: string;
  readonly maskHash: string;
  readonly saltLength: number;
}

/** A key pair, or the public half of one. Points are not compressed. */
export type KeyMaterial =
  | { readonly type: 'rsa'; readonly rsa: RsaKey }
  | { readonly type: 'rsa-pss'; readonly rsa: RsaKey; readonly limits?: PssLimits }
  | {
      readonly type: 'ec';
      readonly curve: Curve;
      readonly publicKey: Uint8Array;
      readonly privateKey?: Uint8Array;
    }
  | {
      readonly type: RawCurve['type'];
      readonly curve: RawCurve;
      readonly publicKey: Uint8Array;
      readonly privateKey?: Uint8Array;
    };

/** A key for RSA. */
export type RsaMaterial = Extract<KeyMaterial, { rsa: RsaKey }>;

/** Whether the private half is there. */
export function isPrivate(key: KeyMaterial): boolean {
  return 'rsa' in key ? key.rsa.secret !== undefined : key.privateKey !== undefined;
}

/** The public half alone. */
export function publicHalf(key: KeyMaterial): KeyMaterial {
  if ('rsa' in key) return { ...key, rsa: { n: key.rsa.n, e: key.rsa.e } };
  const { privateKey: _privateKey, ...publicKey } = key;
  return publicKey;
}

/** A pair of a private key on a curve. Throws when the number is not one of the curve's. */
export function ecPair(curve: Curve, privateKey: Uint8Array): KeyMaterial {
  const secret = new Uint8Array(curve.size);
  secret.set(privateKey.subarray(-curve.size), Math.max(0, curve.size - privateKey.length));
  return {
    type: 'ec',
    curve,
    publicKey: curve.implementation.getPublicKey(secret, false),
    privateKey: secret,
  };
}

/** A public key on a curve from a point in any form. Throws when there is no such point. */
export function ecPublic(curve: Curve, point: Uint8Array): KeyMaterial {
  const publicKey = curve.implementation.Point.fromBytes(withoutHybrid(point)).toBytes(false);
  return { type: 'ec', curve, publicKey };
}

/** OpenSSL also reads a form that tells both coordinates and the sign of one of them. */
function withoutHybrid(point: Uint8Array): Uint8Array {
  const isHybrid = point[0] === 6 || point[0] === 7;
  return isHybrid ? Uint8Array.of(4, ...point.subarray(1)) : Uint8Array.from(point);
}

/** A pair of a private key that is bytes. Throws when it has another length. */
export function rawPair(curve: RawCurve, bytes: Uint8Array): KeyMaterial {
  if (bytes.length !== curve.size) throw new RangeError(`A private key of ${bytes.length} bytes`);
  const privateKey = Uint8Array.from(bytes);
  return { type: curve.type, curve, publicKey: curve.getPublicKey(privateKey), privateKey };
}

/** A public key that is bytes. Throws when it has another length. */
export function rawPublic(curve: RawCurve, bytes: Uint8Array): KeyMaterial {
  if (bytes.length !== curve.size) throw new RangeError(`A public key of ${bytes.length} bytes`);
  return { type: curve.type, curve, publicKey: Uint8Array.from(bytes) };
}

/** What `asymmetricKeyDetails` tells of a key; the exponent as a buffer. */
export function keyDetails(key: KeyMaterial): Record<string, unknown> {
  if ('rsa' in key) {
    const details = { modulusLength: modulusBits(key.rsa), publicExponent: fromBigInt(key.rsa.e).buffer };
    if (key.type === 'rsa' || !key.limits) return details;
    const { hash, maskHash, saltLength } = key.limits;
    return { ...details, hashAlgorithm: hash, mgf1HashAlgorithm: maskHash, saltLength };
  }
  return key.type === 'ec' ? { namedCurve: key.curve.name } : {};
}
