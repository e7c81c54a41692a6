/** Ciphers that also compute a tag: AES-GCM and ChaCha20-Poly1305. */
import { GHASH } from '@noble/ciphers/_polyval.js';
import { Poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20 } from '@noble/ciphers/chacha.js';
import { blockEncryption, blockSize, counterMode, Masked, type Transformation } from './block-modes.ts';

/** Bytes of a whole tag. */
export const tagSize = 16;

/** What a hash for messages in pieces of any length can do. */
interface Hash {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array;
}

/** Gives a hash whole blocks; `pad` fills the last one of a section up. */
class BlockFeeder {
  /** Bytes of the section. */
  length = 0;
  readonly #hash: Hash;
  readonly #rest = new Uint8Array(blockSize);

  constructor(hash: Hash) {
    this.#hash = hash;
  }

  update(data: Uint8Array): void {
    const used = this.length % blockSize;
    this.length += data.length;
    const missing = used === 0 ? 0 : Math.min(blockSize - used, data.length);
    this.#rest.set(data.subarray(0, missing), used);
    if (missing > 0 && used + missing === blockSize) this.#hash.update(this.#rest.slice());
    if (used + missing < blockSize && used > 0) return;
    const whole = Math.floor((data.length - missing) / blockSize) * blockSize;
    // A copy: noble wants it aligned.
    if (whole > 0) this.#hash.update(data.slice(missing, missing + whole));
    this.#rest.set(data.subarray(missing + whole));
  }

  pad(): void {
    const used = this.length % blockSize;
    if (used > 0) this.#hash.update(this.#rest.slice().fill(0, used));
  }
}

/** A cipher with a tag over its ciphertext and over data that is not encrypted. */
export class AuthenticatedCipher implements Transformation {
  readonly #isEncryption: boolean;
  readonly #cipher: Masked;
  readonly #hash: Hash;
  readonly #finishTag: (hash: Hash, known: number, secret: number) => Uint8Array;
  readonly #known: BlockFeeder;
  readonly #secret: BlockFeeder;

  constructor(
    isEncryption: boolean,
    cipher: Masked,
    hash: Hash,
    finishTag: (hash: Hash, known: number, secret: number) => Uint8Array,
  ) {
    this.#isEncryption = isEncryption;
    this.#cipher = cipher;
    this.#hash = hash;
    this.#finishTag = finishTag;
    this.#known = new BlockFeeder(hash);
    this.#secret = new BlockFeeder(hash);
  }

  /** Whether a part of the message was there already. */
  get hasBegun(): boolean {
    return this.#secret.length > 0;
  }

  /** Additional data: only before the message. */
  authenticate(data: Uint8Array): void {
    this.#known.update(data);
  }

  update(input: Uint8Array): Uint8Array {
    if (!this.hasBegun && input.length > 0) this.#known.pad();
    const output = this.#cipher.update(input);
    this.#secret.update(this.#isEncryption ? output : input);
    return output;
  }

  finish(): Uint8Array {
    return this.#cipher.finish();
  }

  /** The whole tag, once the message is over. */
  tag(): Uint8Array {
    (this.hasBegun ? this.#secret : this.#known).pad();
    return this.#finishTag(this.#hash, this.#known.length, this.#secret.length);
  }
}

/** Lengths of both sections; GCM has them in bits, big-endian, and Poly1305 in bytes, little-endian. */
function lengthBlock(known: number, secret: number, isLittleEndian: boolean): Uint8Array {
  const block = new Uint8Array(blockSize);
  const view = new DataView(block.buffer);
  const unit = isLittleEndian ? 1n : 8n;
  view.setBigUint64(0, BigInt(known) * unit, isLittleEndian);
  view.setBigUint64(8, BigInt(secret) * unit, isLittleEndian);
  return block;
}

/** AES-GCM; the initialization vector has at least one byte. */
export function gcm(isEncryption: boolean, key: Uint8Array, iv: Uint8Array): AuthenticatedCipher {
  const encrypt = blockEncryption(key);
  const hashKey = new Uint8Array(blockSize);
  encrypt(hashKey);
  const start = new Uint8Array(blockSize);
  if (iv.length === 12) {
    start.set(iv);
    start[blockSize - 1] = 1;
  } else {
    const hash = new GHASH(hashKey);
    hash.update(Uint8Array.from(iv));
    hash.update(lengthBlock(0, iv.length, false));
    start.set(hash.digest());
  }
  const counter = counterMode(key, start, 4);
  // The first block of the stream hides the tag.
  const mask = counter.update(new Uint8Array(blockSize));
  return new AuthenticatedCipher(isEncryption, counter, new GHASH(hashKey), (hash, known, secret) => {
    hash.update(lengthBlock(known, secret, false));
    return hash.digest().map((byte, index) => byte ^ (mask[index] ?? 0));
  });
}

const chachaBlock = 64;

/** ChaCha20; `nonce` has 12 bytes, `counter` is the number of the first block. */
export function chacha(key: Uint8Array, nonce: Uint8Array, counter: number): Masked {
  let block = counter;
  return new Masked(true, chachaBlock, () =>
    chacha20(
      Uint8Array.from(key),
      Uint8Array.from(nonce),
      new Uint8Array(chachaBlock),
      undefined,
      block++ >>> 0,
    ),
  );
}

/** ChaCha20-Poly1305; a short nonce is filled up with zeros in front. */
export function chachaPoly(isEncryption: boolean, key: Uint8Array, iv: Uint8Array): AuthenticatedCipher {
  const nonce = new Uint8Array(12);
  nonce.set(iv, nonce.length - iv.length);
  const hashKey = chacha(key, nonce, 0).update(new Uint8Array(32));
  return new AuthenticatedCipher(
    isEncryption,
    chacha(key, nonce, 1),
    new Poly1305(hashKey),
    (hash, known, secret) => {
      hash.update(lengthBlock(known, secret, true));
      return hash.digest();
    },
  );
}
