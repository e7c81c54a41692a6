/** Keys in DER: PKCS #1, PKCS #8, SEC 1, and the form of certificates. */
import { findCurveByOid, rawCurves } from './curves.ts';
import {
  bitString,
  der,
  DerReader,
  fromBigInt,
  integer,
  nothing,
  oid,
  sequence,
  tag,
  toBigInt,
} from './der.ts';
import { ecPair, ecPublic, rawPair, rawPublic, type KeyMaterial, type PssLimits } from './key-material.ts';
import type { RsaKey } from './rsa.ts';

/** Object identifiers, in hexadecimal digits. */
const rsaOid = '2a864886f70d010101';
const pssOid = '2a864886f70d01010a';
const mgf1Oid = '2a864886f70d010108';
const ecOid = '2a8648ce3d0201';
const otherKeys: Readonly<Record<string, string>> = {
  '2a8648ce380401': 'DSA',
  '2a864886f70d010301': 'Diffie-Hellman',
  '2a8648ce3e0201': 'Diffie-Hellman',
};

const hashOids: Readonly<Record<string, string>> = {
  sha1: '2b0e03021a',
  sha224: '608648016503040204',
  sha256: '608648016503040201',
  sha384: '608648016503040202',
  sha512: '608648016503040203',
};
const hashNames = new Map(Object.entries(hashOids).map(([name, id]) => [id, name]));

/** A type of key that this engine has no part for. */
export class UnsupportedKeyError extends Error {}

/** PKCS #1. Throws when it is none. */
export function readRsaPublic(bytes: Uint8Array): KeyMaterial {
  return { type: 'rsa', rsa: rsaPublic(bytes) };
}

function rsaPublic(bytes: Uint8Array): RsaKey {
  const values = new DerReader(bytes).sequence();
  return { n: values.integer(), e: values.integer() };
}

/** PKCS #1. Throws when it is none. */
export function readRsaPrivate(bytes: Uint8Array): KeyMaterial {
  return { type: 'rsa', rsa: rsaPrivate(bytes) };
}

function rsaPrivate(bytes: Uint8Array): RsaKey {
  const values = new DerReader(bytes).sequence();
  values.integer();
  const [n, e, d, p] = [values.integer(), values.integer(), values.integer(), values.integer()];
  const [q, dp, dq, qi] = [values.integer(), values.integer(), values.integer(), values.integer()];
  return { n, e, secret: { d, p, q, dp, dq, qi } };
}

/** SEC 1, whose curve may be known from around it. Throws when it is none. */
export function readEcPrivate(bytes: Uint8Array, outerCurve?: string): KeyMaterial {
  const values = new DerReader(bytes).sequence();
  values.integer();
  const secret = values.expect(tag.octetString);
  const name =
    values.nextTag === tag.context(0) ? new DerReader(values.expect(tag.context(0))).oid() : outerCurve;
  return ecPair(curveOf(name ?? ''), secret);
}

function curveOf(id: string): NonNullable<ReturnType<typeof findCurveByOid>> {
  const curve = findCurveByOid(id);
  if (!curve) throw new UnsupportedKeyError('A key on this elliptic curve');
  return curve;
}

/** PKCS #8 that is not encrypted. Throws when it is none. */
export function readPkcs8(bytes: Uint8Array): KeyMaterial {
  const values = new DerReader(bytes).sequence();
  values.integer();
  const algorithm = values.sequence();
  const id = algorithm.oid();
  const secret = values.expect(tag.octetString);
  if (id === rsaOid) return readRsaPrivate(secret);
  if (id === pssOid) return { type: 'rsa-pss', rsa: rsaPrivate(secret), ...readLimits(algorithm) };
  if (id === ecOid) return readEcPrivate(secret, algorithm.oid());
  const curve = rawCurves.find(({ oid: known }) => known === id);
  if (curve) return rawPair(curve, new DerReader(secret).expect(tag.octetString));
  throw unknownKey(id);
}

/** `SubjectPublicKeyInfo`. Throws when it is none. */
export function readSpki(bytes: Uint8Array): KeyMaterial {
  const values = new DerReader(bytes).sequence();
  const algorithm = values.sequence();
  const id = algorithm.oid();
  const key = values.bitString();
  if (id === rsaOid) return readRsaPublic(key);
  if (id === pssOid) return { type: 'rsa-pss', rsa: rsaPublic(key), ...readLimits(algorithm) };
  if (id === ecOid) return ecPublic(curveOf(algorithm.oid()), key);
  const curve = rawCurves.find(({ oid: known }) => known === id);
  if (curve) return rawPublic(curve, key);
  throw unknownKey(id);
}

function unknownKey(id: string): Error {
  const name = otherKeys[id];
  return name === undefined ? new RangeError('No key') : new UnsupportedKeyError(`A key for ${name}`);
}

/** The public key of a certificate. Throws when it is none. */
export function readCertificateKey(bytes: Uint8Array): KeyMaterial {
  const certificate = new DerReader(bytes).sequence().sequence();
  if (certificate.nextTag === tag.context(0)) certificate.next();
  // Serial number, signature, issuer, validity, subject.
  for (let index = 0; index < 5; index++) certificate.next();
  return readSpki(sequence(certificate.next().content));
}

function readLimits(algorithm: DerReader): { limits?: PssLimits } {
  if (algorithm.isAtEnd) return {};
  const values = algorithm.sequence();
  const limits = { hash: 'sha1', maskHash: 'sha1', saltLength: 20 };
  while (!values.isAtEnd) {
    const value = values.next();
    const content = new DerReader(value.content);
    if (value.tag === tag.context(0)) limits.hash = hashNames.get(content.sequence().oid()) ?? '';
    else if (value.tag === tag.context(1)) {
      const maskFunction = content.sequence();
      maskFunction.oid();
      limits.maskHash = hashNames.get(maskFunction.sequence().oid()) ?? '';
    } else if (value.tag === tag.context(2)) limits.saltLength = Number(content.integer());
  }
  return { limits };
}

function writeLimits({ hash, maskHash, saltLength }: PssLimits): Uint8Array {
  const hashAlgorithm = (name: string): Uint8Array => sequence(oid(hashOids[name] ?? ''), nothing());
  const parts: Uint8Array[] = [];
  if (hash !== 'sha1') parts.push(der(tag.context(0), hashAlgorithm(hash)));
  if (maskHash !== 'sha1') {
    parts.push(der(tag.context(1), sequence(oid(mgf1Oid), hashAlgorithm(maskHash))));
  }
  if (saltLength !== 20) parts.push(der(tag.context(2), integer(BigInt(saltLength))));
  return sequence(...parts);
}

/** Object identifier and parameters of a key. */
function algorithmOf(key: KeyMaterial): Uint8Array {
  if (key.type === 'rsa') return sequence(oid(rsaOid), nothing());
  if (key.type === 'rsa-pss') return sequence(oid(pssOid), ...(key.limits ? [writeLimits(key.limits)] : []));
  if (key.type === 'ec') return sequence(oid(ecOid), oid(key.curve.oid));
  return sequence(oid(key.curve.oid));
}

export function writeRsaPublic({ n, e }: RsaKey): Uint8Array {
  return sequence(integer(n), integer(e));
}

/** PKCS #1 of a private key. */
export function writeRsaPrivate({ n, e, secret }: RsaKey): Uint8Array {
  if (!secret) throw new TypeError('The key is public');
  const { d, p, q, dp, dq, qi } = secret;
  return sequence(...[0n, n, e, d, p, q, dp, dq, qi].map(integer));
}

/** SEC 1 of a private key; inside of PKCS #8 the curve is named outside. */
export function writeEcPrivate(key: KeyMaterial, isInside: boolean): Uint8Array {
  if (key.type !== 'ec' || !key.privateKey) throw new TypeError('No private key on a curve');
  const { curve, privateKey, publicKey } = key;
  return sequence(
    integer(1n),
    der(tag.octetString, fromBigInt(toBigInt(privateKey), curve.size)),
    ...(isInside ? [] : [der(tag.context(0), oid(curve.oid))]),
    der(tag.context(1), bitString(publicKey)),
  );
}

/** PKCS #8 of a private key. */
export function writePkcs8(key: KeyMaterial): Uint8Array {
  return sequence(integer(0n), algorithmOf(key), der(tag.octetString, secretOf(key)));
}

function secretOf(key: KeyMaterial): Uint8Array {
  if ('rsa' in key) return writeRsaPrivate(key.rsa);
  if (key.type === 'ec') return writeEcPrivate(key, true);
  return der(tag.octetString, key.privateKey ?? new Uint8Array());
}

/** `SubjectPublicKeyInfo` */
export function writeSpki(key: KeyMaterial): Uint8Array {
  return sequence(algorithmOf(key), bitString('rsa' in key ? writeRsaPublic(key.rsa) : key.publicKey));
}
