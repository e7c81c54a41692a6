/** Readers: functions that turn an unknown value into a typed one, or throw a `Mismatch`. */

/** Reads a value of a stranger; throws a `Mismatch`. */
export type Reader<T> = (value: unknown) => T;

/** A value that is not what it has to be. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch';
}

/** What a reader reads; undefined where it does not match. */
export function tryRead<T>(read: Reader<T>, value: unknown): T | undefined {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Mismatch) return undefined;
    throw error;
  }
}

/** A string of at most so many characters, of a pattern if there is one. */
export function text(longest: number, pattern?: RegExp): Reader<string> {
  return (value) => {
    if (typeof value !== 'string' || value.length > longest) throw new Mismatch();
    if (pattern && !pattern.test(value)) throw new Mismatch();
    return value;
  };
}

/** A whole number from zero. */
export function whole(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Mismatch();
  return value;
}

/** True or false. */
export function flag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Mismatch();
  return value;
}

/** A list of at most so many. */
export function list<T>(read: Reader<T>, most: number): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > most) throw new Mismatch();
    return value.map((each) => read(each));
  };
}

/** An object with names of any kind; it has no prototype that a name could reach. */
export function record<T>(
  isName: (name: string) => boolean,
  read: Reader<T>,
  most: number,
): Reader<Record<string, T>> {
  return (value) => {
    const entries = [...fields(value)];
    if (entries.length > most || !entries.every(([name]) => isName(name))) throw new Mismatch();
    // `fromEntries` defines properties: it never calls the setter of `__proto__`.
    return Object.fromEntries(entries.map(([name, each]) => [name, read(each)]));
  };
}

/** The own properties of an object. */
export function fields(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Mismatch();
  return new Map(Object.entries(value));
}

/** A property that may be absent, to be spread into the object that is read. */
export function optional<K extends string, T>(
  from: ReadonlyMap<string, unknown>,
  name: K,
  read: Reader<T>,
): { [P in K]?: T } {
  const value = from.get(name);
  // True: the only property has this name, and what `read` made.
  return (value === undefined ? {} : { [name]: read(value) }) as { [P in K]?: T };
}
