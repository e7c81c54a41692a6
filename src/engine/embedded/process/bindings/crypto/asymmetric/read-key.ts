/** Keys as a program gives them: in PEM, DER, JWK, as bytes, or as a key object. */
import { bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import {
  codedError,
  opensslError,
  unreadableKey,
  unreadablePrivateKey,
  unreadablePublicKey,
} from '../errors.ts';
import { findCurve, findRawCurve, isCurveOfNode } from './curves.ts';
import { readJwk, type Base64Url } from './jwk.ts';
import {
  readCertificateKey,
  readEcPrivate,
  readPkcs8,
  readRsaPrivate,
  readRsaPublic,
  readSpki,
  UnsupportedKeyError,
} from './key-der.ts';
import { decryptBlock, decryptPkcs8, isEncryptedBlock, isEncryptedPkcs8 } from './key-encryption.ts';
import { ecPair, ecPublic, rawPair, rawPublic, type KeyMaterial } from './key-material.ts';
import { readPem, type PemBlock } from './pem.ts';
import type { Realm } from '../../../realm.ts';

/** `kKeyFormat…` */
export const format = { der: 0, pem: 1, jwk: 2, rawPublic: 3, rawPrivate: 4, rawSeed: 5, store: 6 };
/** `kKeyEncoding…` */
export const encoding = { pkcs1: 0, pkcs8: 1, spki: 2, sec1: 3 };

/** How a key is given. `type`: an encoding, or of bytes the type of the key. */
export interface KeyForm {
  readonly format: number | null | undefined;
  readonly type: number | string | null | undefined;
  readonly passphrase: ByteSource | null | undefined;
  readonly curve: string | null | undefined;
}

/** How Node's library passes a key to a job: the data, then the members of a `KeyForm`. */
export type KeyArguments = [
  data: unknown,
  format: number | undefined,
  type: number | string | undefined,
  passphrase: ByteSource | undefined,
  curve: string | undefined,
];

/** Base64url by Node's own Buffer. */
export function base64Url(realm: Realm): Base64Url {
  return {
    encode: (bytes) => String(encodeBytes(realm, bytes, 'base64url')),
    decode: (text) => bytesOf(realm, text, 'base64url'),
  };
}

const passphraseMissing = (): Error =>
  codedError(TypeError, 'ERR_MISSING_PASSPHRASE', 'Passphrase required for encrypted key');

/** OpenSSL would ask at a terminal. */
const passphraseNotTyped = (): Error => {
  const cancelled = '07880109:common libcrypto routines::interrupted or cancelled';
  return opensslError(cancelled, [
    '04800068:PEM routines::bad password read',
    cancelled,
    '1C80009F:Provider routines::unable to get passphrase',
    cancelled,
    cancelled,
  ]);
};

/** Reads a private key. Throws Node's or OpenSSL's error when it is none. */
export function readPrivateKey(realm: Realm, data: unknown, form: KeyForm): KeyMaterial {
  return read(realm, unreadablePrivateKey, () => {
    switch (form.format ?? undefined) {
      case format.jwk:
        // The format says so.
        return readJwk(data as Record<string, unknown>, true, base64Url(realm));
      case format.rawPublic:
      case format.rawPrivate:
      case format.rawSeed:
        return readRaw(realm, data as ByteSource, form);
      case format.der:
        return readPrivateDer(given(realm, data), form, passphraseOf(realm, form));
      case format.pem: {
        const blocks = readPem(latin1(given(realm, data)));
        const key = firstOf(blocks, (block) => readPrivateBlock(block, passphraseOf(realm, form)));
        if (!key) throw unreadableKey();
        return key;
      }
      case undefined:
      default:
        return realm.notSupported('A private key that a URL names');
    }
  });
}

/** Reads a public key, or takes the public key out of a certificate or of a private key. Throws Node's or OpenSSL's error. */
export function readPublicKey(realm: Realm, data: unknown, form: KeyForm): KeyMaterial {
  return read(realm, unreadablePublicKey, () => {
    switch (form.format ?? undefined) {
      case format.jwk: {
        const jwk = data as Record<string, unknown>;
        return readJwk(jwk, typeof jwk['d'] === 'string', base64Url(realm));
      }
      case format.rawPublic:
      case format.rawPrivate:
      case format.rawSeed:
        return readRaw(realm, data as ByteSource, form);
      case format.der:
        if (form.type === encoding.pkcs1) return readPkcs1(given(realm, data));
        if (form.type === encoding.spki) return readSpki(given(realm, data));
        return readPrivateKey(realm, data, form);
      case undefined:
      default: {
        const blocks = readPem(latin1(given(realm, data)));
        const key = firstOf(blocks, readPublicBlock);
        return key ?? readPrivateKey(realm, data, form);
      }
    }
  });
}

/** A public key of PKCS #1, or the one of a private key. */
function readPkcs1(data: Uint8Array): KeyMaterial {
  try {
    return readRsaPrivate(data);
  } catch {
    return readRsaPublic(data);
  }
}

/** Turns the errors of the readers of DER into that of OpenSSL. */
function read(realm: Realm, unreadable: () => Error, readKey: () => KeyMaterial): KeyMaterial {
  try {
    return readKey();
  } catch (error) {
    if (error instanceof UnsupportedKeyError) return realm.notSupported(error.message);
    // Node's and OpenSSL's errors have a code.
    if (error instanceof Error && ('code' in error || 'opensslErrorStack' in error)) throw error;
    throw unreadable();
  }
}

function firstOf(
  blocks: readonly PemBlock[],
  readBlock: (block: PemBlock) => KeyMaterial | undefined,
): KeyMaterial | undefined {
  for (const block of blocks) {
    try {
      const key = readBlock(block);
      if (key) return key;
    } catch (error) {
      if (error instanceof RangeError || !(error instanceof Error)) throw unreadableKey();
      if (!('code' in error) && !(error instanceof UnsupportedKeyError)) throw unreadableKey();
      throw error;
    }
  }
  return undefined;
}

function readPublicBlock({ label, content }: PemBlock): KeyMaterial | undefined {
  if (label === 'PUBLIC KEY') return readSpki(content);
  if (label === 'RSA PUBLIC KEY') return readRsaPublic(content);
  return label === 'CERTIFICATE' ? readCertificateKey(content) : undefined;
}

function readPrivateBlock(block: PemBlock, passphrase: Uint8Array | undefined): KeyMaterial | undefined {
  if (block.label === 'ENCRYPTED PRIVATE KEY') {
    if (!passphrase) throw passphraseNotTyped();
    return readPkcs8(decryptPkcs8(block.content, passphrase));
  }
  if (isEncryptedBlock(block) && !passphrase) throw passphraseNotTyped();
  const content = isEncryptedBlock(block) && passphrase ? decryptBlock(block, passphrase) : block.content;
  if (block.label === 'PRIVATE KEY') return readPkcs8(content);
  if (block.label === 'RSA PRIVATE KEY') return readRsaPrivate(content);
  if (block.label === 'EC PRIVATE KEY') return readEcPrivate(content);
  if (block.label === 'DSA PRIVATE KEY') throw new UnsupportedKeyError('A key for DSA');
  return undefined;
}

function readPrivateDer(data: Uint8Array, form: KeyForm, passphrase: Uint8Array | undefined): KeyMaterial {
  if (form.type === encoding.pkcs1) return readRsaPrivate(data);
  if (form.type === encoding.sec1) return readEcPrivate(data);
  if (!isEncryptedPkcs8(data)) return readPkcs8(data);
  if (!passphrase) throw passphraseMissing();
  return readPkcs8(decryptPkcs8(data, passphrase));
}

/** Bytes that are a key by themselves, of a type that is named. */
function readRaw(realm: Realm, data: ByteSource, form: KeyForm): KeyMaterial {
  const name = String(form.type);
  const isPublic = form.format === format.rawPublic;
  const key = bytesOf(realm, data);
  const failure = (): Error => codedError(Error, 'ERR_INVALID_ARG_VALUE', 'Invalid key data');
  try {
    if (name.toLowerCase() === 'ec') {
      const curve = findCurve(form.curve ?? '');
      if (!curve) {
        if (isCurveOfNode(form.curve ?? '')) return realm.notSupported(`A key on the curve ${form.curve}`);
        throw codedError(TypeError, 'ERR_CRYPTO_INVALID_CURVE', 'Invalid EC curve name');
      }
      return isPublic ? ecPublic(curve, key) : ecPair(curve, key);
    }
    const curve = findRawCurve(name);
    if (!curve) return realm.notSupported(`A key of the type ${name} that is bytes`);
    return isPublic ? rawPublic(curve, key) : rawPair(curve, key);
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw error;
    throw failure();
  }
}

function given(realm: Realm, data: unknown): Uint8Array {
  // Node's library has checked it.
  return bytesOf(realm, data as ByteSource);
}

function latin1(data: Uint8Array): string {
  let text = '';
  for (const byte of data) text += String.fromCharCode(byte);
  return text;
}

function passphraseOf(realm: Realm, { passphrase }: KeyForm): Uint8Array | undefined {
  return passphrase === undefined || passphrase === null ? undefined : bytesOf(realm, passphrase);
}
