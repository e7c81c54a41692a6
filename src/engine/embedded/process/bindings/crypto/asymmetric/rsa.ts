/** RSA on big integers. */
import { fromBigInt, toBigInt } from './der.ts';

/** An RSA key; of a private one, what comes after `e` is there. */
export interface RsaKey {
  readonly n: bigint;
  readonly e: bigint;
  readonly secret?: RsaSecret;
}

/** The private exponent, the primes, and what makes computing with them faster. */
export interface RsaSecret {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

/** Fills with random bytes. */
export type FillRandom = (bytes: Uint8Array<ArrayBuffer>) => void;

/** Bits of the modulus. */
export const modulusBits = ({ n }: RsaKey): number => n.toString(2).length;

/** Bytes of the modulus. */
export const modulusSize = (key: RsaKey): number => Math.ceil(modulusBits(key) / 8);

/** `base` to the power of `exponent`, modulo `modulus`: four bits of the exponent at a time. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  const powers = [1n, base % modulus];
  for (let index = 2; index < 16; index++) {
    powers.push(((powers[index - 1] ?? 1n) * (powers[1] ?? 1n)) % modulus);
  }
  let result = 1n;
  for (const digit of exponent.toString(16)) {
    for (let square = 0; square < 4; square++) result = (result * result) % modulus;
    const power = powers[Number.parseInt(digit, 16)] ?? 1n;
    if (power !== 1n) result = (result * power) % modulus;
  }
  return result % modulus;
}

/** The inverse of `value` modulo `modulus`; they have no common factor. */
export function modInverse(value: bigint, modulus: bigint): bigint {
  let [previous, current] = [modulus, ((value % modulus) + modulus) % modulus];
  let [previousFactor, factor] = [0n, 1n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous - quotient * current];
    [previousFactor, factor] = [factor, previousFactor - quotient * factor];
  }
  return ((previousFactor % modulus) + modulus) % modulus;
}

/** The public operation, on a number of as many bytes as the modulus. Undefined when the number is too large. */
export function publicOperation(key: RsaKey, block: Uint8Array): Uint8Array | undefined {
  const value = toBigInt(block);
  return value < key.n ? fromBigInt(modPow(value, key.e, key.n), modulusSize(key)) : undefined;
}

/** The private operation, by the Chinese remainder theorem. Undefined when the number is too large. */
export function privateOperation(key: RsaKey, block: Uint8Array): Uint8Array | undefined {
  const value = toBigInt(block);
  if (!key.secret || value >= key.n) return undefined;
  const { p, q, dp, dq, qi } = key.secret;
  const [one, other] = [modPow(value % p, dp, p), modPow(value % q, dq, q)];
  const difference = (((one - other) % p) + p) % p;
  return fromBigInt(other + ((difference * qi) % p) * q, modulusSize(key));
}

const smallPrimes = [3];
for (let candidate = 5; candidate < 2000; candidate += 2) {
  if (smallPrimes.every((prime) => candidate % prime !== 0)) smallPrimes.push(candidate);
}
/** Larger numbers are not small primes themselves. */
const sieveLimit = 4_000_000n;

/** Small primes in groups whose product is an exact number: one division of a long number serves a group. */
const primeGroups: { readonly product: bigint; readonly primes: readonly number[] }[] = [];
for (let primes: number[] = [], rest = [...smallPrimes]; rest.length > 0; primes = []) {
  let product = 1;
  for (let next = rest[0]; next !== undefined && product * next < 2 ** 53; next = rest[0]) {
    product *= next;
    primes.push(next);
    rest = rest.slice(1);
  }
  primeGroups.push({ product: BigInt(product), primes });
}

/** Whether a small prime divides a large number or, of a safe prime, the half of the number before it. */
export function hasSmallFactor(value: bigint, isSafe = false): boolean {
  if (value < sieveLimit) return false;
  return primeGroups.some(({ product, primes }) => {
    const rest = Number(value % product);
    return primes.some((prime) => rest % prime === 0 || (isSafe && rest % prime === 1));
  });
}

/** Whether a number is a prime, with a doubt that is smaller than a quarter to the power of `rounds`. */
export function isProbablePrime(value: bigint, random: FillRandom, rounds = 20): boolean {
  if (value < 4n) return value === 2n || value === 3n;
  if ((value & 1n) === 0n) return false;
  if (value < sieveLimit) {
    const number = Number(value);
    return smallPrimes.every((prime) => number === prime || number % prime !== 0 || prime * prime > number);
  }
  if (hasSmallFactor(value)) return false;
  let odd = value - 1n;
  let twos = 0;
  for (; (odd & 1n) === 0n; odd >>= 1n) twos++;
  const bytes = new Uint8Array(fromBigInt(value).length);
  for (let round = 0; round < rounds; round++) {
    random(bytes);
    const witness = (toBigInt(bytes) % (value - 3n)) + 2n;
    if (!passes(witness, value, odd, twos)) return false;
  }
  return true;
}

/** One round of Miller and Rabin's test. */
function passes(witness: bigint, value: bigint, odd: bigint, twos: number): boolean {
  let power = modPow(witness, odd, value);
  if (power === 1n || power === value - 1n) return true;
  for (let index = 1; index < twos; index++) {
    power = (power * power) % value;
    if (power === value - 1n) return true;
  }
  return false;
}

/** A random prime of `bits` bits for which `fits` holds; its two highest bits are set. */
export function randomPrime(bits: number, random: FillRandom, fits: (prime: bigint) => boolean): bigint {
  const bytes = new Uint8Array(Math.ceil(bits / 8));
  for (;;) {
    random(bytes);
    let candidate = BigInt.asUintN(bits, toBigInt(bytes)) | 1n | (3n << BigInt(bits - 2));
    // Neighbours are as good, and no new random numbers are needed.
    for (let step = 0; step < bits && candidate < 1n << BigInt(bits); step++, candidate += 2n) {
      if (fits(candidate) && isProbablePrime(candidate, random, 5)) return candidate;
    }
  }
}

/** A new key. `bits` of the modulus; `exponent` is odd and at least 3. */
export function generateRsaKey(bits: number, exponent: bigint, random: FillRandom): RsaKey {
  // A prime for which the exponent has an inverse.
  const fits = (prime: bigint): boolean => greatestCommonDivisor(prime - 1n, exponent) === 1n;
  for (;;) {
    const one = randomPrime(Math.ceil(bits / 2), random, fits);
    const other = randomPrime(Math.floor(bits / 2), random, fits);
    const [p, q] = one > other ? [one, other] : [other, one];
    const n = p * q;
    if (p === q || n.toString(2).length !== bits) continue;
    const order = ((p - 1n) * (q - 1n)) / greatestCommonDivisor(p - 1n, q - 1n);
    return { n, e: exponent, secret: secretOf(modInverse(exponent, order), p, q) };
  }
}

/** What is computed from the private exponent and the primes. */
export function secretOf(d: bigint, p: bigint, q: bigint): RsaSecret {
  return { d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: modInverse(q, p) };
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [larger, smaller] = [one, other];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
