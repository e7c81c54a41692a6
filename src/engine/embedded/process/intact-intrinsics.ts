/**
 * The engine's own code between two turns of a program uses the language as anybody does: it iterates over arrays and
 * sets members of objects. A program may have changed how that works, for itself alone.
 */
const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = Reflect;

const objectPrototype = Object.prototype;
/** What `Object.prototype` has before a program runs. */
const knownKeys = keysOf(objectPrototype);
// True: every iterator of an array inherits from this object.
const arrayIterator = Reflect.getPrototypeOf([].values()) as object;
const iterate: unknown = Array.prototype[Symbol.iterator];
const next: unknown = Reflect.get(arrayIterator, 'next');

/** A property that a program added or changed; no descriptor where it deleted it. */
interface Change {
  readonly target: object;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor | undefined;
}

/** Runs code of the engine that calls none of the program's, with array iteration and `Object.prototype` as they were. */
export function withIntactIntrinsics<Result>(run: () => Result): Result {
  const changes: Change[] = [];
  hideAddedMembers(changes);
  restore(Array.prototype, Symbol.iterator, iterate, changes);
  restore(arrayIterator, 'next', next, changes);
  if (changes.length === 0) return run();
  try {
    return run();
  } finally {
    for (let index = changes.length - 1; index >= 0; index -= 1) putBack(changes[index]);
  }
}

function hideAddedMembers(changes: Change[]): void {
  const keys = ownKeys(objectPrototype);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? '';
    if (key in knownKeys) continue;
    const descriptor = ownDescriptor(objectPrototype, key);
    if (deleteProperty(objectPrototype, key)) changes.push({ target: objectPrototype, key, descriptor });
  }
}

function restore(target: object, key: PropertyKey, value: unknown, changes: Change[]): void {
  const descriptor = ownDescriptor(target, key);
  if (descriptor?.value === value) return;
  const intact = { value, writable: true, enumerable: false, configurable: true };
  if (defineProperty(target, key, intact)) changes.push({ target, key, descriptor });
}

function putBack(change: Change | undefined): void {
  if (!change) return;
  const { target, key, descriptor } = change;
  if (descriptor) defineProperty(target, key, descriptor);
  else deleteProperty(target, key);
}

/** A descriptor to which nothing is added by what `Object.prototype` has at the moment. */
function ownDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(target, key);
  if (descriptor) setPrototypeOf(descriptor, null);
  return descriptor;
}

function keysOf(target: object): Record<PropertyKey, true> {
  const known = { __proto__: null } as unknown as Record<PropertyKey, true>; // as empty as such an object is
  for (const key of ownKeys(target)) known[key] = true;
  return known;
}
