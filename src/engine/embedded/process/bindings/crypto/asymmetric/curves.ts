/** Elliptic curves by the names that OpenSSL, JWK and certificates give them. */
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { ed448, x448 } from '@noble/curves/ed448.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import type { ECDSA } from '@noble/curves/abstract/weierstrass.js';

/** A curve for ECDSA and ECDH. */
export interface Curve {
  /** OpenSSL's name. */
  readonly name: string;
  /** Name in a JWK. */
  readonly jwkName: string;
  /** Object identifier in hexadecimal digits. */
  readonly oid: string;
  /** Bytes of a coordinate and of a private key. */
  readonly size: number;
  readonly implementation: ECDSA;
}

const curves: readonly Curve[] = [
  { name: 'prime256v1', jwkName: 'P-256', oid: '2a8648ce3d030107', size: 32, implementation: p256 },
  { name: 'secp384r1', jwkName: 'P-384', oid: '2b81040022', size: 48, implementation: p384 },
  { name: 'secp521r1', jwkName: 'P-521', oid: '2b81040023', size: 66, implementation: p521 },
  { name: 'secp256k1', jwkName: 'secp256k1', oid: '2b8104000a', size: 32, implementation: secp256k1 },
];

/** What `crypto.getCurves()` lists: those of the pinned Node that are here. */
export const curveNames: readonly string[] = curves.map(({ name }) => name).toSorted();

/** A curve by OpenSSL's name or by that of a JWK. */
export function findCurve(name: string): Curve | undefined {
  const known = name === 'secp256r1' ? 'prime256v1' : name;
  return curves.find((curve) => curve.name === known || curve.jwkName === known);
}

export const findCurveByOid = (oid: string): Curve | undefined => curves.find((curve) => curve.oid === oid);

/** Whether the pinned Node has a curve of this name, or may have. */
export const isCurveOfNode = (name: string): boolean =>
  /^(?:sec[pt]|prime|c2|wap-|brainpool|Oakley-|SM2|P-224|B-|K-)/.test(name);

/** The types of keys that are bytes: for EdDSA and for key agreement. */
export type RawKeyType = 'ed25519' | 'ed448' | 'x25519' | 'x448';

/** What those types of keys have in common. */
export interface RawCurve {
  readonly type: RawKeyType;
  readonly jwkName: string;
  readonly oid: string;
  /** Bytes of a key. */
  readonly size: number;
  /** OpenSSL's number. */
  readonly nid: number;
  getPublicKey(privateKey: Uint8Array): Uint8Array;
}

export const rawCurves: readonly RawCurve[] = [
  {
    type: 'ed25519',
    jwkName: 'Ed25519',
    oid: '2b6570',
    size: 32,
    nid: 1087,
    getPublicKey: (key) => ed25519.getPublicKey(key),
  },
  {
    type: 'ed448',
    jwkName: 'Ed448',
    oid: '2b6571',
    size: 57,
    nid: 1088,
    getPublicKey: (key) => ed448.getPublicKey(key),
  },
  {
    type: 'x25519',
    jwkName: 'X25519',
    oid: '2b656e',
    size: 32,
    nid: 1034,
    getPublicKey: (key) => x25519.getPublicKey(key),
  },
  {
    type: 'x448',
    jwkName: 'X448',
    oid: '2b656f',
    size: 56,
    nid: 1035,
    getPublicKey: (key) => x448.getPublicKey(key),
  },
];

/** A type of key by its own name, in any case. */
export const findRawCurve = (type: string): RawCurve | undefined =>
  rawCurves.find((curve) => curve.type === type.toLowerCase());
