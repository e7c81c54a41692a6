/** Public and private keys as JSON objects. */
import { codedError } from '../errors.ts';
import { findCurve, isCurveOfNode, rawCurves } from './curves.ts';
import { concatBytes, fromBigInt, toBigInt } from './der.ts';
import { UnsupportedKeyError } from './key-der.ts';
import { ecPair, ecPublic, rawPair, rawPublic, type KeyMaterial } from './key-material.ts';
import type { RsaKey } from './rsa.ts';

/** Base64url in both directions. */
export interface Base64Url {
  encode(bytes: Uint8Array): string;
  decode(text: string): Uint8Array;
}

type Jwk = Readonly<Record<string, unknown>>;

const invalid = (what: string): Error => codedError(TypeError, 'ERR_CRYPTO_INVALID_JWK', what);

/** The key of a JWK; `isPrivate`: with its private half. Throws Node's error when it is none. */
export function readJwk(jwk: Jwk, isPrivate: boolean, base64url: Base64Url): KeyMaterial {
  const { kty } = jwk;
  if (typeof kty !== 'string') throw invalid('Invalid JWK format');
  if (kty === 'RSA') return { type: 'rsa', rsa: readRsa(jwk, isPrivate, base64url) };
  if (kty === 'EC') return readEc(jwk, isPrivate, base64url);
  if (kty === 'OKP') return readRaw(jwk, isPrivate, base64url);
  if (kty === 'AKP') throw new UnsupportedKeyError('A key for ML-DSA or SLH-DSA');
  throw invalid(`${kty} is not a supported JWK key type`);
}

/** Members of a JWK as bytes; all must be strings. */
function bytesOf(jwk: Jwk, names: string, { decode }: Base64Url, message: string): Uint8Array[] {
  return names.split(' ').map((name) => {
    const value = jwk[name];
    if (typeof value !== 'string') throw invalid(message);
    return decode(value);
  });
}

function readRsa(jwk: Jwk, isPrivate: boolean, base64url: Base64Url): RsaKey {
  const message = 'Invalid JWK RSA key';
  const numbers = (names: string): bigint[] => bytesOf(jwk, names, base64url, message).map(toBigInt);
  const [n = 0n, e = 0n] = numbers('n e');
  if (!isPrivate) return { n, e };
  const [d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, qi = 0n] = numbers('d p q dp dq qi');
  return { n, e, secret: { d, p, q, dp, dq, qi } };
}

function readEc(jwk: Jwk, isPrivate: boolean, base64url: Base64Url): KeyMaterial {
  const message = 'Invalid JWK EC key';
  const { crv } = jwk;
  if (typeof crv !== 'string') throw invalid(message);
  const [x = new Uint8Array(), y = new Uint8Array()] = bytesOf(jwk, 'x y', base64url, message);
  const curve = findCurve(crv);
  if (!curve) {
    if (isCurveOfNode(crv)) throw new UnsupportedKeyError(`A key on the curve ${crv}`);
    throw codedError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
  }
  try {
    const publicKey = ecPublic(
      curve,
      concatBytes(Uint8Array.of(4), fromBigInt(toBigInt(x), curve.size), fromBigInt(toBigInt(y), curve.size)),
    );
    if (!isPrivate) return publicKey;
    const [d = new Uint8Array()] = bytesOf(jwk, 'd', base64url, message);
    return ecPair(curve, d);
  } catch {
    throw invalid(message);
  }
}

function readRaw(jwk: Jwk, isPrivate: boolean, base64url: Base64Url): KeyMaterial {
  const message = 'Invalid JWK OKP key';
  const curve = rawCurves.find(({ jwkName }) => jwkName === jwk['crv']);
  if (!curve) throw invalid(message);
  const [bytes = new Uint8Array()] = bytesOf(jwk, isPrivate ? 'd' : 'x', base64url, message);
  bytesOf(jwk, 'x', base64url, message);
  try {
    return isPrivate ? rawPair(curve, bytes) : rawPublic(curve, bytes);
  } catch {
    throw invalid(message);
  }
}

/** The members of a key's JWK, in Node's order. Throws Node's error for keys that have none. */
export function writeJwk(key: KeyMaterial, { encode }: Base64Url): Record<string, string> {
  if (key.type === 'rsa-pss') {
    throw codedError(Error, 'ERR_CRYPTO_JWK_UNSUPPORTED_KEY_TYPE', 'Unsupported JWK Key Type.');
  }
  if (key.type === 'rsa') {
    const { n, e, secret } = key.rsa;
    const numbers = { n, e, ...secret };
    const members = Object.entries(numbers).map(([name, value]) => [name, encode(fromBigInt(value))]);
    return { kty: 'RSA', ...(Object.fromEntries(members) as Record<string, string>) };
  }
  const secret = key.privateKey && { d: encode(key.privateKey) };
  if (key.type !== 'ec') {
    return { crv: key.curve.jwkName, ...secret, x: encode(key.publicKey), kty: 'OKP' };
  }
  const { size, jwkName } = key.curve;
  const [x, y] = [key.publicKey.subarray(1, size + 1), key.publicKey.subarray(size + 1)];
  return { kty: 'EC', x: encode(x), y: encode(y), crv: jwkName, ...secret };
}
