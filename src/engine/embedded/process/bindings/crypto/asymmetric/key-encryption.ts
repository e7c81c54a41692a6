/** Private keys that are encrypted with a passphrase: PKCS #8, and PEM of the old form. */
import { md5 } from '@noble/hashes/legacy.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { findCipher, type CipherDescription } from '../ciphers/table.ts';
import { findDigest } from '../digests.ts';
import { codedError, opensslError } from '../errors.ts';
import { concatBytes, der, DerReader, integer, nothing, oid, sequence, tag } from './der.ts';
import type { PemBlock } from './pem.ts';
import type { FillRandom } from './rsa.ts';

/** Object identifiers, in hexadecimal digits. */
const pbes2 = '2a864886f70d01050d';
const pbkdf2Oid = '2a864886f70d01050c';
const hmacOids: Readonly<Record<string, string>> = {
  '2a864886f70d0207': 'sha1',
  '2a864886f70d0208': 'sha224',
  '2a864886f70d0209': 'sha256',
  '2a864886f70d020a': 'sha384',
  '2a864886f70d020b': 'sha512',
};
const hmacSha256 = '2a864886f70d0209';
const cipherOids: Readonly<Record<string, string>> = {
  '608648016503040102': 'aes-128-cbc',
  '608648016503040116': 'aes-192-cbc',
  '60864801650304012a': 'aes-256-cbc',
};
/** OpenSSL's number of rounds. */
const rounds = 2048;

function run(
  cipher: CipherDescription,
  isEncryption: boolean,
  parts: readonly [key: Uint8Array, iv: Uint8Array],
  data: Uint8Array,
): Uint8Array {
  const transformation = cipher.create(isEncryption, ...parts);
  const first = transformation.update(data);
  return concatBytes(first, transformation.finish());
}

/** OpenSSL's error for a passphrase that is not the right one. */
const badDecrypt = (): Error =>
  opensslError('1C800064:Provider routines::bad decrypt', [
    '11800074:PKCS12 routines::pkcs12 cipherfinal error',
    '1C800064:Provider routines::bad decrypt',
    '11800074:PKCS12 routines::pkcs12 cipherfinal error',
    '1C800064:Provider routines::bad decrypt',
  ]);

/** Decrypts with a passphrase that may be wrong; throws OpenSSL's error then. */
function decrypt(
  cipher: CipherDescription,
  parts: readonly [key: Uint8Array, iv: Uint8Array],
  data: Uint8Array,
): Uint8Array {
  try {
    return run(cipher, false, parts, data);
  } catch {
    throw badDecrypt();
  }
}

/** Whether PKCS #8 is encrypted: it begins with the name of an algorithm instead of a version. */
export function isEncryptedPkcs8(bytes: Uint8Array): boolean {
  try {
    return new DerReader(bytes).sequence().nextTag === tag.sequence;
  } catch {
    return false;
  }
}

/** PKCS #8 inside of encrypted PKCS #8. Throws a `RangeError` for an encryption that is not known. */
export function decryptPkcs8(bytes: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const values = new DerReader(bytes).sequence();
  const algorithm = values.sequence();
  if (algorithm.oid() !== pbes2) throw new RangeError('An encryption of keys that is not PBES2');
  const parameters = algorithm.sequence();
  const [derivation, encryption] = [parameters.sequence(), parameters.sequence()];
  if (derivation.oid() !== pbkdf2Oid) throw new RangeError('A derivation of keys that is not PBKDF2');
  const settings = derivation.sequence();
  const salt = settings.expect(tag.octetString);
  const iterations = Number(settings.integer());
  if (settings.nextTag === tag.integer) settings.next();
  const hash = findDigest(settings.isAtEnd ? 'sha1' : (hmacOids[settings.sequence().oid()] ?? ''));
  const cipher = findCipher(cipherOids[encryption.oid()] ?? '');
  if (!hash || !cipher) throw new RangeError('A hash or cipher that is not known');
  const iv = encryption.expect(tag.octetString);
  const key = pbkdf2(hash.function, passphrase, salt, { c: iterations, dkLen: cipher.keyLength });
  return decrypt(cipher, [key, Uint8Array.from(iv)], values.expect(tag.octetString));
}

/** The cipher for a private key that is written. Throws Node's error when there is none. */
function cipherFor(name: string): CipherDescription & { readonly oid: string } {
  const cipher = findCipher(name);
  const [id] = Object.entries(cipherOids).find(([, known]) => known === cipher?.name) ?? [];
  if (!cipher || id === undefined) throw codedError(Error, 'ERR_CRYPTO_UNKNOWN_CIPHER', 'Unknown cipher');
  return { ...cipher, oid: id };
}

/** Encrypted PKCS #8. */
export function encryptPkcs8(
  bytes: Uint8Array,
  name: string,
  passphrase: Uint8Array,
  random: FillRandom,
): Uint8Array {
  const cipher = cipherFor(name);
  const [salt, iv] = [new Uint8Array(16), new Uint8Array(cipher.ivLength)];
  random(salt);
  random(iv);
  const key = pbkdf2(sha256, passphrase, salt, { c: rounds, dkLen: cipher.keyLength });
  const derivation = sequence(
    oid(pbkdf2Oid),
    sequence(der(tag.octetString, salt), integer(BigInt(rounds)), sequence(oid(hmacSha256), nothing())),
  );
  const encryption = sequence(oid(cipher.oid), der(tag.octetString, iv));
  return sequence(
    sequence(oid(pbes2), sequence(derivation, encryption)),
    der(tag.octetString, run(cipher, true, [key, iv], bytes)),
  );
}

/** `EVP_BytesToKey` with MD5 and one round; the salt is the beginning of the initialization vector. */
function oldKey(passphrase: Uint8Array, iv: Uint8Array, length: number): Uint8Array {
  let key = new Uint8Array();
  let block = new Uint8Array();
  while (key.length < length) {
    block = Uint8Array.from(md5(concatBytes(block, passphrase, iv.subarray(0, 8))));
    key = concatBytes(key, block);
  }
  return key.slice(0, length);
}

/** Whether a block of PEM is encrypted by its header. */
export const isEncryptedBlock = ({ headers }: PemBlock): boolean => headers.has('DEK-Info');

/** The content of a block of PEM that its header says is encrypted. */
export function decryptBlock({ headers, content }: PemBlock, passphrase: Uint8Array): Uint8Array {
  const [name = '', hex = ''] = (headers.get('DEK-Info') ?? '').split(',');
  const cipher = findCipher(name);
  if (!cipher) throw new RangeError('A cipher that is not known');
  const iv = Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
  return decrypt(cipher, [oldKey(passphrase, iv, cipher.keyLength), iv], content);
}

/** Encrypts for a block of PEM, with the header that says how. */
export function encryptBlock(
  content: Uint8Array,
  name: string,
  passphrase: Uint8Array,
  random: FillRandom,
): { readonly content: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  const cipher = cipherFor(name);
  const iv = new Uint8Array(cipher.ivLength);
  random(iv);
  const hex = Array.from(iv, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  return {
    content: run(cipher, true, [oldKey(passphrase, iv, cipher.keyLength), iv], content),
    headers: { 'Proc-Type': '4,ENCRYPTED', 'DEK-Info': `${cipher.name.toUpperCase()},${hex}` },
  };
}
