/** Prime numbers. */
import { bytesOf, type ByteSource } from './bytes.ts';
import { codedError } from './errors.ts';
import { defineJob } from './job.ts';
import { fillRandom } from './random.ts';
import { fromBigInt, toBigInt } from './asymmetric/der.ts';
import { hasSmallFactor, isProbablePrime, randomPrime } from './asymmetric/rsa.ts';
import type { Realm } from '../../realm.ts';

/** Rounds of the test when a program does not say. */
const usualChecks = 64;

/** The members of the binding that find and check primes. */
export function primeMembers(realm: Realm): Record<string, unknown> {
  const random = (bytes: Uint8Array): void => fillRandom(realm, bytes);
  const read = (source: ByteSource | undefined): bigint | undefined =>
    source === undefined ? undefined : toBigInt(bytesOf(realm, source));
  const outOfRange = (option: string): Error =>
    codedError(RangeError, 'ERR_OUT_OF_RANGE', `invalid options.${option}`);

  const RandomPrimeJob = defineJob(
    realm,
    'RANDOMPRIMEREQUEST',
    (bits: number, isSafe: boolean, addSource?: ByteSource, remSource?: ByteSource) => {
      const add = read(addSource);
      const rem = read(remSource) ?? (isSafe ? 3n : 1n);
      if (add !== undefined) {
        if (add.toString(2).length > bits) throw outOfRange('add');
        if (add <= rem) throw outOfRange('rem');
      }
      return () => {
        const isTooSmall = bits < 2 || (isSafe && bits < 6 && bits !== 3);
        if (isTooSmall) throw new Error('error:01800076:bignum routines::bits too small');
        const fits = (prime: bigint): boolean =>
          (add === undefined || prime % add === rem) &&
          (!isSafe ||
            ((prime & 3n) === 3n && !hasSmallFactor(prime, true) && isProbablePrime(prime >> 1n, random, 5)));
        return fromBigInt(randomPrime(bits, random, fits), Math.ceil(bits / 8)).buffer;
      };
    },
  );

  const CheckPrimeJob = defineJob(realm, 'CHECKPRIMEREQUEST', (candidate: ByteSource, checks: number) => {
    const value = toBigInt(bytesOf(realm, candidate));
    return () => isProbablePrime(value, random, checks === 0 ? usualChecks : checks);
  });

  return { RandomPrimeJob: class extends RandomPrimeJob {}, CheckPrimeJob: class extends CheckPrimeJob {} };
}
