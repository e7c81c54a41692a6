/** Ciphers of Web Crypto. */
import { aeskw } from '@noble/ciphers/aes.js';
import { areEqual, arrayBufferOf, bytesOf, type ByteSource } from './bytes.ts';
import { chachaPoly, gcm, tagSize, type AuthenticatedCipher } from './ciphers/authenticated.ts';
import { blockSize, counterMode, WholeBlocks, type Transformation } from './ciphers/block-modes.ts';
import { defineJob } from './job.ts';
import type { Binding, Realm } from '../../realm.ts';

/** `kWebCryptoCipherEncrypt` */
const encryptMode = 0;

function concat([first, second]: readonly [Uint8Array, Uint8Array]): ArrayBuffer {
  const result = new Uint8Array(first.length + second.length);
  result.set(first);
  result.set(second, first.length);
  return result.buffer;
}

function run(cipher: Transformation, data: Uint8Array): ArrayBuffer {
  const first = cipher.update(data);
  return concat([first, cipher.finish()]);
}

/** Encrypts and appends the tag, or checks the tag at the end and decrypts. */
function runAuthenticated(
  create: (isEncryption: boolean) => AuthenticatedCipher,
  isEncryption: boolean,
  data: Uint8Array,
  known: Uint8Array,
  tagLength: number,
): ArrayBuffer {
  const cipher = create(isEncryption);
  cipher.authenticate(known);
  if (isEncryption) {
    const output = cipher.update(data);
    return concat([output, cipher.tag().subarray(0, tagLength)]);
  }
  const end = data.length - tagLength;
  if (end < 0) throw new Error('The ciphertext is shorter than its tag');
  const output = cipher.update(data.subarray(0, end));
  if (!areEqual(cipher.tag().subarray(0, tagLength), data.subarray(end)))
    throw new Error('Cipher job failed');
  return arrayBufferOf(output);
}

/** Counter mode whose last `bits` bits count; where they wrap around, the others stay. */
function countBits(key: Uint8Array, counter: Uint8Array, bits: number, data: Uint8Array): ArrayBuffer {
  const start = counter.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const limit = 1n << BigInt(bits);
  const blocks = Math.ceil(data.length / blockSize);
  if (BigInt(blocks) > limit) throw new Error('Cipher job failed');
  const untilWrap = limit - (start % limit);
  if (BigInt(blocks) <= untilWrap) return run(counterMode(key, counter), data);
  const first = data.subarray(0, Number(untilWrap) * blockSize);
  const wrapped = start - (start % limit);
  const restart = Uint8Array.from(counter, (_byte, index) =>
    Number((wrapped >> BigInt(8 * (blockSize - 1 - index))) & 255n),
  );
  return concat([
    counterMode(key, counter).update(first),
    counterMode(key, restart).update(data.subarray(first.length)),
  ]);
}

/** The members of the binding that are ciphers of Web Crypto. */
export function webCipherMembers(realm: Realm, shape: Binding): Record<string, unknown> {
  const bytes = (source: ByteSource | undefined): Uint8Array =>
    source === undefined ? new Uint8Array() : Uint8Array.from(bytesOf(realm, source));
  const variants = new Map(
    Object.entries(shape).flatMap(([name, value]) =>
      name.startsWith('kKeyVariantAES') ? [[value, name]] : [],
    ),
  );

  const AESCipherJob = defineJob(
    realm,
    'CIPHERREQUEST',
    (
      direction: number,
      keySource: ByteSource,
      dataSource: ByteSource,
      variant: number,
      ivSource?: ByteSource,
      option?: unknown,
      additionalData?: ByteSource,
    ) => {
      const name = variants.get(variant) ?? '';
      if (name.includes('OCB')) realm.notSupported('crypto.subtle with AES-OCB');
      const isEncryption = direction === encryptMode;
      const [key, data, iv] = [bytes(keySource), bytes(dataSource), bytes(ivSource)];
      const known = bytes(additionalData);
      return () => {
        if (name.includes('CBC')) return run(new WholeBlocks(isEncryption, key, iv), data);
        if (name.includes('CTR')) return countBits(key, iv, Number(option), data);
        if (name.includes('KW')) {
          return arrayBufferOf(isEncryption ? aeskw(key).encrypt(data) : aeskw(key).decrypt(data));
        }
        return runAuthenticated((mode) => gcm(mode, key, iv), isEncryption, data, known, Number(option));
      };
    },
  );

  const ChaCha20Poly1305CipherJob = defineJob(
    realm,
    'CIPHERREQUEST',
    (
      direction: number,
      keySource: ByteSource,
      dataSource: ByteSource,
      ivSource?: ByteSource,
      additionalData?: ByteSource,
    ) => {
      const [key, data, iv] = [bytes(keySource), bytes(dataSource), bytes(ivSource)];
      const known = bytes(additionalData);
      const isEncryption = direction === encryptMode;
      return () => runAuthenticated((mode) => chachaPoly(mode, key, iv), isEncryption, data, known, tagSize);
    },
  );

  return {
    AESCipherJob: class extends AESCipherJob {},
    ChaCha20Poly1305CipherJob: class extends ChaCha20Poly1305CipherJob {},
  };
}
