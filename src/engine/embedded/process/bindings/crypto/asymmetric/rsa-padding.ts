/** How messages are laid out in a block before RSA: PKCS #1 version 1.5, OAEP and PSS. */
import { areEqual } from '../bytes.ts';
import { concatBytes } from './der.ts';
import type { Digest } from '../digests.ts';
import type { FillRandom } from './rsa.ts';

const separator = new Uint8Array(1);

function hash({ function: compute }: Digest, ...parts: readonly Uint8Array[]): Uint8Array {
  return compute(concatBytes(...parts));
}

/** `EMSA-PKCS1-v1_5` and the block of a private encryption: undefined when the message is too long. */
export function padForSignature(message: Uint8Array, size: number): Uint8Array | undefined {
  const filling = size - message.length - 3;
  if (filling < 8) return undefined;
  return concatBytes(Uint8Array.of(0, 1), new Uint8Array(filling).fill(0xff), separator, message);
}

/** Undefined when the block is not of that form. */
export function unpadSignature(block: Uint8Array): Uint8Array | undefined {
  if (block[0] !== 0 || block[1] !== 1) return undefined;
  const end = block.findIndex((byte, index) => index > 1 && byte !== 0xff);
  return end >= 10 && block[end] === 0 ? block.slice(end + 1) : undefined;
}

/** `RSAES-PKCS1-v1_5`: undefined when the message is too long. */
export function padForEncryption(
  message: Uint8Array,
  size: number,
  random: FillRandom,
): Uint8Array | undefined {
  const filling = new Uint8Array(size - message.length - 3 < 8 ? 0 : size - message.length - 3);
  if (filling.length === 0) return undefined;
  random(filling);
  for (let zero = filling.indexOf(0); zero !== -1; zero = filling.indexOf(0))
    random(filling.subarray(zero, zero + 1));
  return concatBytes(Uint8Array.of(0, 2), filling, separator, message);
}

/** Undefined when the block is not of that form. */
export function unpadEncryption(block: Uint8Array): Uint8Array | undefined {
  const end = block.indexOf(0, 2);
  return block[0] === 0 && block[1] === 2 && end >= 10 ? block.slice(end + 1) : undefined;
}

/** Adds a mask made of `seed` to `target`, in place. */
function mask(digest: Digest, seed: Uint8Array, target: Uint8Array): void {
  for (let start = 0, counter = 0; start < target.length; start += digest.outputLength, counter++) {
    const count = new Uint8Array(4);
    new DataView(count.buffer).setUint32(0, counter);
    const block = hash(digest, seed, count);
    for (let index = 0; index < block.length && start + index < target.length; index++) {
      target[start + index] = (target[start + index] ?? 0) ^ (block[index] ?? 0);
    }
  }
}

/** `RSAES-OAEP`: undefined when the message is too long. */
export function padOaep(
  message: Uint8Array,
  size: number,
  digest: Digest,
  label: Uint8Array,
  random: FillRandom,
): Uint8Array | undefined {
  const { outputLength } = digest;
  const filling = size - message.length - 2 * outputLength - 2;
  if (filling < 0) return undefined;
  const data = concatBytes(hash(digest, label), new Uint8Array(filling), Uint8Array.of(1), message);
  const seed = new Uint8Array(outputLength);
  random(seed);
  mask(digest, seed, data);
  mask(digest, data, seed);
  return concatBytes(separator, seed, data);
}

/** Undefined when the block is not of that form, or the label another one. */
export function unpadOaep(block: Uint8Array, digest: Digest, label: Uint8Array): Uint8Array | undefined {
  const { outputLength } = digest;
  if (block.length < 2 * outputLength + 2 || block[0] !== 0) return undefined;
  const seed = block.slice(1, outputLength + 1);
  const data = block.slice(outputLength + 1);
  mask(digest, data, seed);
  mask(digest, seed, data);
  const end = data.findIndex((byte, index) => index >= outputLength && byte !== 0);
  if (end === -1 || data[end] !== 1) return undefined;
  return areEqual(hash(digest, label), data.subarray(0, outputLength)) ? data.slice(end + 1) : undefined;
}

/** How a signature of `RSASSA-PSS` is made. */
export interface PssOptions {
  readonly digest: Digest;
  readonly maskDigest: Digest;
  /** Bytes; undefined where the signature tells. */
  readonly saltLength: number | undefined;
}

/** The longest salt that fits. */
export function longestSalt(bits: number, digest: Digest): number {
  return Math.ceil((bits - 1) / 8) - digest.outputLength - 2;
}

/** `EMSA-PSS-ENCODE`; `bits` of the modulus. Undefined when it does not fit. */
export function padPss(
  messageHash: Uint8Array,
  bits: number,
  { digest, maskDigest, saltLength = 0 }: PssOptions,
  random: FillRandom,
): Uint8Array | undefined {
  const size = Math.ceil((bits - 1) / 8);
  const filling = size - digest.outputLength - saltLength - 2;
  if (filling < 0) return undefined;
  const salt = new Uint8Array(saltLength);
  random(salt);
  const proof = hash(digest, new Uint8Array(8), messageHash, salt);
  const data = concatBytes(new Uint8Array(filling), Uint8Array.of(1), salt);
  mask(maskDigest, proof, data);
  data[0] = (data[0] ?? 0) & (0xff >> (8 * size - (bits - 1)));
  const encoded = concatBytes(data, proof, Uint8Array.of(0xbc));
  return size < Math.ceil(bits / 8) ? concatBytes(separator, encoded) : encoded;
}

/** `EMSA-PSS-VERIFY` */
export function verifyPss(
  messageHash: Uint8Array,
  block: Uint8Array,
  bits: number,
  { digest, maskDigest, saltLength }: PssOptions,
): boolean {
  const size = Math.ceil((bits - 1) / 8);
  const encoded = block.slice(block.length - size);
  const dataLength = size - digest.outputLength - 1;
  const unused = 8 * size - (bits - 1);
  const isFramed = encoded.at(-1) === 0xbc && dataLength >= 1;
  if (!isFramed || ((encoded[0] ?? 0) & ~(0xff >> unused) & 0xff) !== 0) return false;
  const data = encoded.slice(0, dataLength);
  const proof = encoded.slice(dataLength, -1);
  mask(maskDigest, proof, data);
  data[0] = (data[0] ?? 0) & (0xff >> unused);
  const start = data.findIndex((byte) => byte !== 0);
  if (data[start] !== 1) return false;
  const salt = data.slice(start + 1);
  if (saltLength !== undefined && salt.length !== saltLength) return false;
  return areEqual(proof, hash(digest, new Uint8Array(8), messageHash, salt));
}
