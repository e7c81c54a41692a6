/** Keys as a program asks for them. */
import { bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import { fillRandom } from '../random.ts';
import { writeJwk } from './jwk.ts';
import { writeEcPrivate, writePkcs8, writeRsaPrivate, writeRsaPublic, writeSpki } from './key-der.ts';
import { encryptBlock, encryptPkcs8 } from './key-encryption.ts';
import { writePem } from './pem.ts';
import { base64Url, encoding, format } from './read-key.ts';
import { publicHalf, type KeyMaterial } from './key-material.ts';
import type { Realm } from '../../../realm.ts';

/** `kKeyFormat…`, `kKeyEncoding…`, and of a private key the cipher that encrypts it. */
export interface KeyOutput {
  readonly format: number | undefined;
  readonly encoding: number | undefined;
  readonly cipher: string | null | undefined;
  readonly passphrase: ByteSource | null | undefined;
}

/** PEM as text, DER as a Buffer, JWK as an object. Throws Node's error for a cipher that is not known. */
export function writeKey(
  realm: Realm,
  key: KeyMaterial,
  isPrivate: boolean,
  output: KeyOutput,
): string | Uint8Array | object {
  if (output.format === format.jwk) return writeJwk(isPrivate ? key : publicHalf(key), base64Url(realm));
  const { label, content } = isPrivate ? privateForm(key, output.encoding) : publicForm(key, output.encoding);
  const isPem = output.format === format.pem;
  if (!isPrivate || typeof output.cipher !== 'string') {
    return isPem ? writePem(label, content) : encodeBytes(realm, Uint8Array.from(content));
  }
  const passphrase = bytesOf(realm, output.passphrase ?? '');
  const random = (bytes: Uint8Array<ArrayBuffer>): void => fillRandom(realm, bytes);
  if (output.encoding !== encoding.pkcs8 && isPem) {
    const encrypted = encryptBlock(content, output.cipher, passphrase, random);
    return writePem(label, encrypted.content, encrypted.headers);
  }
  const encrypted = encryptPkcs8(content, output.cipher, passphrase, random);
  return isPem
    ? writePem('ENCRYPTED PRIVATE KEY', encrypted)
    : encodeBytes(realm, Uint8Array.from(encrypted));
}

interface Form {
  /** What PEM calls it. */
  readonly label: string;
  readonly content: Uint8Array;
}

function publicForm(key: KeyMaterial, form: number | undefined): Form {
  if (form === encoding.pkcs1 && 'rsa' in key) {
    return { label: 'RSA PUBLIC KEY', content: writeRsaPublic(key.rsa) };
  }
  return { label: 'PUBLIC KEY', content: writeSpki(key) };
}

function privateForm(key: KeyMaterial, form: number | undefined): Form {
  if (form === encoding.pkcs1 && 'rsa' in key) {
    return { label: 'RSA PRIVATE KEY', content: writeRsaPrivate(key.rsa) };
  }
  if (form === encoding.sec1) return { label: 'EC PRIVATE KEY', content: writeEcPrivate(key, false) };
  return { label: 'PRIVATE KEY', content: writePkcs8(key) };
}
