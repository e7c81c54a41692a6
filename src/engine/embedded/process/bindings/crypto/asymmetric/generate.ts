/** New key pairs. */
import type { ByteSource } from '../bytes.ts';
import { codedError } from '../errors.ts';
import { requireDigest } from '../hash.ts';
import { defineJob } from '../job.ts';
import { createHandle, KeyHandle, keyType, type CreateCryptoKey } from '../keys.ts';
import { fillRandom } from '../random.ts';
import { findCurve, isCurveOfNode, rawCurves, type Curve } from './curves.ts';
import { ecPair, rawPair, type KeyMaterial, type PssLimits } from './key-material.ts';
import { generateRsaKey } from './rsa.ts';
import { writeKey } from './write-key.ts';
import type { Realm } from '../../../realm.ts';

/** `kKeyVariantRSA_PSS` */
const pssVariant = 1;
const smallestModulus = 512;

/** How both halves are given out, where that is not as key objects. */
type Encodings = [
  publicFormat?: number,
  publicEncoding?: number,
  privateFormat?: number,
  privateEncoding?: number,
  cipher?: string,
  passphrase?: ByteSource,
];

/** What Web Crypto gives instead: the algorithm, masks of usages, whether the private key can be exported. */
type WebKeys = [algorithm: object, publicUsages: number, privateUsages: number, isExtractable: boolean];

/** The curve of a name. Throws Node's error when there is none. */
export function requireCurve(realm: Realm, name: string): Curve {
  const curve = findCurve(name);
  if (curve) return curve;
  if (isCurveOfNode(name)) return realm.notSupported(`The elliptic curve ${name}`);
  throw codedError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
}

/** A new pair on a curve. */
export function generateEcPair(realm: Realm, curve: Curve): KeyMaterial & { readonly type: 'ec' } {
  // More bytes than the key has: what is left of them after the division by the order is as good as evenly spread.
  const seed = new Uint8Array(curve.implementation.lengths.seed ?? curve.size + 16);
  fillRandom(realm, seed);
  const pair = ecPair(curve, curve.implementation.utils.randomSecretKey(seed));
  if (pair.type !== 'ec') throw new TypeError('A pair on a curve has another type');
  return pair;
}

/** The members of the binding that make key pairs. */
export function generateMembers(realm: Realm, createCryptoKey: CreateCryptoKey): Record<string, unknown> {
  const handleOf = (type: number, key: KeyMaterial): KeyHandle =>
    KeyHandle.of(createHandle(realm), type, key);

  function give(key: KeyMaterial, outputs: Encodings | WebKeys): unknown {
    const [first] = outputs;
    if (typeof first === 'object') {
      const [algorithm, publicUsages, privateUsages, isExtractable] = outputs as WebKeys;
      return {
        publicKey: createCryptoKey(handleOf(keyType.public, key), algorithm, publicUsages, true),
        privateKey: createCryptoKey(handleOf(keyType.private, key), algorithm, privateUsages, isExtractable),
      };
    }
    const [publicFormat, publicEncoding, privateFormat, privateEncoding, cipher, passphrase] =
      outputs as Encodings;
    const half = (isPrivate: boolean, format?: number, encoding?: number): unknown =>
      format === undefined
        ? handleOf(isPrivate ? keyType.private : keyType.public, key)
        : writeKey(realm, key, isPrivate, { format, encoding, cipher, passphrase });
    return [half(false, publicFormat, publicEncoding), half(true, privateFormat, privateEncoding)];
  }

  function limitsOf(hash: unknown, maskHash: unknown, saltLength: unknown): PssLimits | undefined {
    if (hash === undefined && maskHash === undefined && saltLength === undefined) return undefined;
    const name = typeof hash === 'string' ? hash : 'sha1';
    const maskName = typeof maskHash === 'string' ? maskHash : name;
    const digest = requireDigest(name);
    requireDigest(maskName);
    const length = typeof saltLength === 'number' ? saltLength : digest.outputLength;
    return { hash: name.toLowerCase(), maskHash: maskName.toLowerCase(), saltLength: length };
  }

  const RsaKeyPairGenJob = defineJob(
    realm,
    'KEYPAIRGENREQUEST',
    (variant: number, bits: number, exponent: number, ...rest: unknown[]) => {
      // Web Crypto's algorithm stands right here also for PSS.
      const isPss = variant === pssVariant && typeof rest[0] !== 'object';
      const limits = isPss ? limitsOf(rest[0], rest[1], rest[2]) : undefined;
      const outputs = (isPss ? rest.slice(3) : rest) as Encodings | WebKeys;
      return () => {
        if (bits < smallestModulus) throw new Error('error:1C8000AB:Provider routines::key size too small');
        if (exponent < 3 || exponent % 2 === 0) {
          throw new Error('error:020000B2:rsa routines::pub exponent out of range');
        }
        const rsa = generateRsaKey(bits, BigInt(exponent), (bytes) => fillRandom(realm, bytes));
        return give(
          isPss ? { type: 'rsa-pss', rsa, ...(limits && { limits }) } : { type: 'rsa', rsa },
          outputs,
        );
      };
    },
  );

  const EcKeyPairGenJob = defineJob(
    realm,
    'KEYPAIRGENREQUEST',
    (name: string, _parameters: number | undefined, ...outputs: Encodings | WebKeys) => {
      const curve = requireCurve(realm, name);
      return () => give(generateEcPair(realm, curve), outputs);
    },
  );

  const NidKeyPairGenJob = defineJob(
    realm,
    'KEYPAIRGENREQUEST',
    (nid: number, ...outputs: Encodings | WebKeys) => {
      const curve = rawCurves.find((known) => known.nid === nid);
      if (!curve) return realm.notSupported('crypto.generateKeyPair for ML-DSA, ML-KEM and SLH-DSA');
      return () => {
        const secret = new Uint8Array(curve.size);
        fillRandom(realm, secret);
        return give(rawPair(curve, secret), outputs);
      };
    },
  );

  return {
    RsaKeyPairGenJob: class extends RsaKeyPairGenJob {},
    EcKeyPairGenJob: class extends EcKeyPairGenJob {},
    NidKeyPairGenJob: class extends NidKeyPairGenJob {},
  };
}
