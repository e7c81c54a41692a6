/** Diffie and Hellman's agreement modulo a prime. */
import { bytesOf, encodeBytes, type ByteSource } from '../bytes.ts';
import { codedError, opensslError } from '../errors.ts';
import { fillRandom } from '../random.ts';
import { fromBigInt, toBigInt } from './der.ts';
import { hasSmallFactor, isProbablePrime, modPow, randomPrime } from './rsa.ts';
import type { Realm } from '../../../realm.ts';

/** The groups of RFC 2409 and 3526: bits of the prime, and the number that makes it one. */
const groups: Readonly<Record<string, readonly [bits: number, addend: number]>> = {
  modp1: [768, 149_686],
  modp2: [1024, 129_093],
  modp5: [1536, 741_804],
  modp14: [2048, 124_476],
  modp15: [3072, 1_690_314],
  modp16: [4096, 240_904],
  modp17: [6144, 929_484],
  modp18: [8192, 4_743_158],
};

/** OpenSSL's smallest modulus, in bits. */
const smallestModulus = 512;
/** `DH_CHECK_…` */
const check = { notPrime: 1, notSafePrime: 2, tooSmall: 0x80 };

/** Pi times 2 to the power of `bits`, rounded down, by Machin's formula. */
function scaledPi(bits: number): bigint {
  const guard = 32n;
  const one = 1n << (BigInt(bits) + guard);
  const arctan = (inverse: bigint): bigint => {
    let power = one / inverse;
    let sum = power;
    for (let odd = 3n, sign = -1n; power !== 0n; odd += 2n, sign = -sign) {
      power /= inverse * inverse;
      sum += (sign * power) / odd;
    }
    return sum;
  };
  return (16n * arctan(5n) - 4n * arctan(239n)) >> guard;
}

/** The prime of a group: its first and last 64 bits are ones, those between come from pi. */
function groupPrime(bits: number, addend: number): bigint {
  const size = BigInt(bits);
  return (1n << size) - (1n << (size - 64n)) - 1n + ((scaledPi(bits - 130) + BigInt(addend)) << 64n);
}

const missing = (what: string): Error =>
  codedError(Error, 'ERR_CRYPTO_INVALID_STATE', `No ${what} key - did you forget to generate one?`);

const badGenerator = (): Error => opensslError('02800065:Diffie-Hellman routines::bad generator');

/** The members of the binding that agree modulo a prime. */
export function diffieHellmanMembers(realm: Realm): Record<string, unknown> {
  const random = (bytes: Uint8Array): void => fillRandom(realm, bytes);

  class Agreement {
    readonly #prime: bigint;
    readonly #generator: bigint;
    readonly verifyError: number;
    #privateKey: bigint | undefined;
    #publicKey: bigint | undefined;

    constructor(prime: bigint, generator: bigint, verifyError: number) {
      this.#prime = prime;
      this.#generator = generator;
      this.verifyError = verifyError;
    }

    generateKeys(): Uint8Array | string {
      if (this.#privateKey === undefined) {
        const bytes = new Uint8Array(this.#size);
        random(bytes);
        this.#privateKey = (toBigInt(bytes) % (this.#prime - 3n)) + 2n;
      }
      this.#publicKey = modPow(this.#generator, this.#privateKey, this.#prime);
      return this.getPublicKey();
    }

    computeSecret(source: ByteSource): Uint8Array | string {
      const other = toBigInt(bytesOf(realm, source));
      const length = (size: string): Error =>
        codedError(RangeError, 'ERR_CRYPTO_INVALID_KEYLEN', `Supplied key is too ${size}`);
      if (other <= 1n) throw length('small');
      if (other >= this.#prime - 1n) throw length('large');
      if (this.#privateKey === undefined) {
        throw codedError(Error, 'ERR_CRYPTO_OPERATION_FAILED', 'Failed to compute shared secret');
      }
      return encodeBytes(realm, fromBigInt(modPow(other, this.#privateKey, this.#prime), this.#size));
    }

    getPrime(): Uint8Array | string {
      return encodeBytes(realm, fromBigInt(this.#prime));
    }

    getGenerator(): Uint8Array | string {
      return encodeBytes(realm, fromBigInt(this.#generator));
    }

    getPublicKey(): Uint8Array | string {
      if (this.#publicKey === undefined) throw missing('public');
      return encodeBytes(realm, fromBigInt(this.#publicKey));
    }

    getPrivateKey(): Uint8Array | string {
      if (this.#privateKey === undefined) throw missing('private');
      return encodeBytes(realm, fromBigInt(this.#privateKey));
    }

    setPublicKey(source: ByteSource): void {
      this.#publicKey = toBigInt(bytesOf(realm, source));
    }

    setPrivateKey(source: ByteSource): void {
      this.#privateKey = toBigInt(bytesOf(realm, source));
    }

    get #size(): number {
      return fromBigInt(this.#prime).length;
    }
  }

  /** What OpenSSL finds wrong with a prime. */
  function problemsOf(prime: bigint): number {
    const bits = prime.toString(2).length;
    const size = bits < smallestModulus ? check.tooSmall : 0;
    if (!isProbablePrime(prime, random, 10)) return size | check.notPrime;
    return isProbablePrime((prime - 1n) / 2n, random, 10) ? size : size | check.notSafePrime;
  }

  function readGenerator(source: number | ByteSource): bigint {
    const generator = typeof source === 'number' ? BigInt(source) : toBigInt(bytesOf(realm, source));
    if (generator <= 1n) throw badGenerator();
    return generator;
  }

  function newPrime(bits: number): bigint {
    if (bits < 2) throw opensslError('0280007E:Diffie-Hellman routines::modulus too small');
    if (bits < smallestModulus) throw codedError(TypeError, 'ERR_INVALID_ARG_VALUE', 'Invalid DH parameters');
    return randomPrime(
      bits,
      random,
      (prime) =>
        (prime & 3n) === 3n && !hasSmallFactor(prime, true) && isProbablePrime(prime >> 1n, random, 1),
    );
  }

  return {
    DiffieHellman: class extends Agreement {
      constructor(sizeOrPrime: number | ByteSource, generator: number | ByteSource) {
        const prime =
          typeof sizeOrPrime === 'number' ? newPrime(sizeOrPrime) : toBigInt(bytesOf(realm, sizeOrPrime));
        super(prime, readGenerator(generator), typeof sizeOrPrime === 'number' ? 0 : problemsOf(prime));
      }
    },

    DiffieHellmanGroup: class extends Agreement {
      constructor(name: string) {
        const group = groups[name.toLowerCase()];
        if (!group) throw codedError(Error, 'ERR_CRYPTO_UNKNOWN_DH_GROUP', 'Unknown DH group');
        super(groupPrime(...group), 2n, 0);
      }
    },
  };
}
