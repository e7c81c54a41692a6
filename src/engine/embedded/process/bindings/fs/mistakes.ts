/** Arguments that Node's C++ checks itself: file descriptors and modes. */
import type { Realm } from '../../realm.ts';
import type { ErrorClass } from '../native-error.ts';

const largestDescriptor = 2 ** 31 - 1;
const largestMode = 7;

/** The parts of an error that C++ throws. */
export interface Mistake {
  readonly Class: ErrorClass;
  readonly code: string;
  readonly message: string;
}

const wrongType = (message: string): Mistake => ({ Class: TypeError, code: 'ERR_INVALID_ARG_TYPE', message });
const outOfRange = (message: string): Mistake => ({ Class: RangeError, code: 'ERR_OUT_OF_RANGE', message });

/** What is wrong with a value that should be a descriptor; undefined when it can be one. */
export function mistakeInDescriptor(realm: Realm, value: unknown): Mistake | undefined {
  if (typeof value !== 'number') {
    // The function with which Node's library words its own errors.
    const typeOf = realm.requireBuiltin('internal/errors')['determineSpecificType'] as (
      value: unknown,
    ) => string;
    return wrongType(`The "fd" argument must be of type number. Received ${typeOf(value)}`);
  }
  if (Number.isInteger(value) && value >= 0 && value <= largestDescriptor) return undefined;
  const range = Number.isInteger(value) ? `>= 0 && <= ${largestDescriptor}` : 'an integer';
  return outOfRange(`The value of "fd" is out of range. It must be ${range}. Received ${value}`);
}

/** What is wrong with the mode of `access` or `copyFile`; undefined when nothing is. */
export function mistakeInMode(value: unknown): Mistake | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') return wrongType('mode must be int32 or null/undefined');
  if (!Number.isFinite(value)) return outOfRange('mode is out of range');
  const isValid = value >= 0 && value <= largestMode;
  return isValid ? undefined : outOfRange(`mode is out of range: >= 0 && <= ${largestMode}`);
}
