/** AES in the modes that need no authentication, in pieces of any length. */
import { unsafe } from '@noble/ciphers/aes.js';
import { opensslErrorTwice } from '../errors.ts';

/** Bytes of an AES block. */
export const blockSize = 16;

/** Encrypts or decrypts a message piece by piece. */
export interface Transformation {
  update(input: Uint8Array): Uint8Array;
  /** The last piece. Throws OpenSSL's error when the message does not end as it must. */
  finish(): Uint8Array;
  /** Whether blocks are filled up at the end; only those modes have it. */
  setPadding?(isPadded: boolean): void;
}

const nothing = new Uint8Array();

function xorInto(target: Uint8Array, other: Uint8Array): void {
  for (let index = 0; index < target.length; index++)
    target[index] = (target[index] ?? 0) ^ (other[index] ?? 0);
}

/** A function that encrypts one block in place. */
export function blockEncryption(key: Uint8Array): (block: Uint8Array) => void {
  const schedule = unsafe.expandKeyLE(key);
  return (block) => void unsafe.encryptBlock(schedule, block);
}

function blockDecryption(key: Uint8Array): (block: Uint8Array) => void {
  const schedule = unsafe.expandKeyDecLE(key);
  return (block) => void unsafe.decryptBlock(schedule, block);
}

/** Whole blocks: ECB, and CBC where there is an initialization vector. */
export class WholeBlocks implements Transformation {
  readonly #isEncryption: boolean;
  readonly #apply: (block: Uint8Array) => void;
  /** The last block of ciphertext; undefined in ECB. */
  readonly #previous: Uint8Array | undefined;
  #rest: Uint8Array = nothing;
  #isPadded = true;

  constructor(isEncryption: boolean, key: Uint8Array, iv: Uint8Array | undefined) {
    this.#isEncryption = isEncryption;
    this.#apply = isEncryption ? blockEncryption(key) : blockDecryption(key);
    this.#previous = iv && Uint8Array.from(iv);
  }

  setPadding(isPadded: boolean): void {
    this.#isPadded = isPadded;
  }

  update(input: Uint8Array): Uint8Array {
    const data = new Uint8Array(this.#rest.length + input.length);
    data.set(this.#rest);
    data.set(input, this.#rest.length);
    // The last block of what is decrypted may hold the padding.
    const kept = !this.#isEncryption && this.#isPadded ? 1 : 0;
    const length = Math.max(0, Math.floor((data.length - kept) / blockSize)) * blockSize;
    this.#rest = data.slice(length);
    return this.#transform(data.slice(0, length));
  }

  finish(): Uint8Array {
    const rest = this.#rest;
    if (this.#isEncryption && this.#isPadded) {
      const padding = blockSize - rest.length;
      const block = new Uint8Array(blockSize).fill(padding);
      block.set(rest);
      return this.#transform(block);
    }
    const isWhole = this.#isPadded ? rest.length === blockSize : rest.length === 0;
    if (!isWhole) throw opensslErrorTwice('1C80006B:Provider routines::wrong final block length');
    return this.#isPadded ? this.#withoutPadding(this.#transform(rest)) : rest;
  }

  #withoutPadding(block: Uint8Array): Uint8Array {
    const padding = block.at(-1) ?? 0;
    const isValid = padding >= 1 && padding <= blockSize;
    if (!isValid || block.subarray(-padding).some((byte) => byte !== padding)) {
      throw opensslErrorTwice('1C800064:Provider routines::bad decrypt');
    }
    return block.slice(0, -padding);
  }

  /** In place. */
  #transform(data: Uint8Array): Uint8Array {
    // Aligned, as noble wants its blocks.
    const block = new Uint8Array(blockSize);
    for (let start = 0; start < data.length; start += blockSize) {
      const source = data.subarray(start, start + blockSize);
      block.set(source);
      if (this.#isEncryption && this.#previous) xorInto(block, this.#previous);
      this.#apply(block);
      if (!this.#isEncryption && this.#previous) {
        xorInto(block, this.#previous);
        this.#previous.set(source);
      }
      source.set(block);
      if (this.#isEncryption) this.#previous?.set(block);
    }
    return data;
  }
}

/** Makes the next block of bytes that a message is combined with; `previous` is the ciphertext of the last block. */
type NextMask = (previous: Uint8Array) => Uint8Array;

/** A message that is combined with a stream of bytes, so that it keeps its length: CTR, OFB, CFB. */
export class Masked implements Transformation {
  readonly #isEncryption: boolean;
  readonly #next: NextMask;
  readonly #ciphertext: Uint8Array;
  #mask: Uint8Array = nothing;
  #used = 0;

  constructor(isEncryption: boolean, segment: number, next: NextMask) {
    this.#isEncryption = isEncryption;
    this.#next = next;
    this.#ciphertext = new Uint8Array(segment);
    this.#used = segment;
  }

  update(input: Uint8Array): Uint8Array {
    const output = new Uint8Array(input.length);
    const segment = this.#ciphertext.length;
    for (let index = 0; index < input.length; index++) {
      if (this.#used === segment) {
        this.#mask = this.#next(this.#ciphertext);
        this.#used = 0;
      }
      const byte = input[index] ?? 0;
      const result = byte ^ (this.#mask[this.#used] ?? 0);
      output[index] = result;
      this.#ciphertext[this.#used++] = this.#isEncryption ? result : byte;
    }
    return output;
  }

  finish(): Uint8Array {
    return nothing;
  }
}

/** Adds 1 to the last `length` bytes, as a big-endian number that wraps around. */
function increment(counter: Uint8Array, length: number): void {
  for (let index = counter.length - 1; index >= counter.length - length; index--) {
    const sum = (counter[index] ?? 0) + 1;
    counter[index] = sum;
    if (sum < 256) return;
  }
}

/** Counter mode; the last `counterLength` bytes of the block count. */
export function counterMode(key: Uint8Array, iv: Uint8Array, counterLength = blockSize): Masked {
  const encrypt = blockEncryption(key);
  const counter = Uint8Array.from(iv);
  const mask = new Uint8Array(blockSize);
  return new Masked(true, blockSize, () => {
    mask.set(counter);
    encrypt(mask);
    increment(counter, counterLength);
    return mask;
  });
}

/** Output feedback. */
export function outputFeedback(key: Uint8Array, iv: Uint8Array): Masked {
  const encrypt = blockEncryption(key);
  const mask = Uint8Array.from(iv);
  return new Masked(true, blockSize, () => {
    encrypt(mask);
    return mask;
  });
}

/** Cipher feedback with segments of `segment` bytes. */
export function cipherFeedback(
  isEncryption: boolean,
  key: Uint8Array,
  iv: Uint8Array,
  segment: number,
): Masked {
  const encrypt = blockEncryption(key);
  const register = Uint8Array.from(iv);
  const mask = new Uint8Array(blockSize);
  let isFirst = true;
  return new Masked(isEncryption, segment, (ciphertext) => {
    if (!isFirst) {
      register.copyWithin(0, segment);
      register.set(ciphertext, blockSize - segment);
    }
    isFirst = false;
    mask.set(register);
    encrypt(mask);
    return mask;
  });
}
