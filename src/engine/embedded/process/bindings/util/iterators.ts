/** Looks into Map and Set iterators for `util.inspect`, which in Node sees the rest of an iterator without moving it. */

const { apply, getPrototypeOf } = Reflect;

// The prototypes of built-in iterators have no global name; TypeScript's types for them are the iterators' own.
const mapIteratorPrototype = getPrototypeOf(new Map().keys()) as { next(): IteratorResult<unknown> };
const setIteratorPrototype = getPrototypeOf(new Set().keys()) as { next(): IteratorResult<unknown> };

/** Map iterators over keys or values, and Set iterators over entries: for both the less usual kind. */
const unusual = new WeakSet<object>();
/** What is left of an iterator that has been looked into. */
const remains = new WeakMap<object, unknown[]>();

function remember<Receiver extends object>(prototype: Receiver, name: keyof Receiver & string): void {
  const native = prototype[name];
  if (typeof native !== 'function') return;
  const wrapper = {
    [name](this: unknown) {
      // Each of the wrapped methods returns an iterator object.
      const iterator = apply(native, this, []) as object;
      unusual.add(iterator);
      return iterator;
    },
  }[name];
  Object.defineProperty(prototype, name, { value: wrapper, writable: true, configurable: true });
}

let isTracking = false;

/**
 * Begins to remember which kind of iterator is made. Only `keys` and `values` of Map and `entries` of Set are wrapped:
 * `for…of` and spread, which use the other ones, keep their speed.
 */
export function trackIterators(): void {
  if (isTracking) return;
  isTracking = true;
  remember(Map.prototype, 'keys');
  remember(Map.prototype, 'values');
  remember(Set.prototype, 'entries');
}

const patched = new WeakSet<object>();

/** Replaces `next` once, so that an iterator which was looked into continues with what was seen. */
function continueFromRemains(prototype: { next(): IteratorResult<unknown> }): void {
  if (patched.has(prototype)) return;
  patched.add(prototype);
  const native = prototype.next;
  const { next } = {
    next(this: unknown): IteratorResult<unknown> {
      const rest = typeof this === 'object' && this !== null ? remains.get(this) : undefined;
      if (rest === undefined) return apply<unknown, [], IteratorResult<unknown>>(native, this, []);
      return rest.length > 0 ? { value: rest.shift(), done: false } : { value: undefined, done: true };
    },
  };
  Object.defineProperty(prototype, 'next', { value: next, writable: true, configurable: true });
}

const nativeNext = new Map([
  [mapIteratorPrototype, mapIteratorPrototype.next],
  [setIteratorPrototype, setIteratorPrototype.next],
]);

function inherits(value: object, prototype: object): boolean {
  for (let each = getPrototypeOf(value); each !== null; each = getPrototypeOf(each))
    if (each === prototype) return true;
  return false;
}

/** What is left of a built-in iterator, or undefined if the value is not one. */
function restOf(value: object, prototype: { next(): IteratorResult<unknown> }): unknown[] | undefined {
  const known = remains.get(value);
  const next = nativeNext.get(prototype);
  if (known !== undefined || next === undefined) return known;
  const rest: unknown[] = [];
  try {
    for (;;) {
      const result = apply<unknown, [], IteratorResult<unknown>>(next, value, []);
      if (result.done === true) break;
      rest.push(result.value);
    }
  } catch {
    return undefined;
  }
  remains.set(value, rest);
  continueFromRemains(prototype);
  return rest;
}

/** Is it an iterator over a Map? Objects that only inherit from one are told apart. Give it no Proxy. */
export function isMapIterator(value: object): boolean {
  return inherits(value, mapIteratorPrototype) && restOf(value, mapIteratorPrototype) !== undefined;
}

/** Is it an iterator over a Set? Objects that only inherit from one are told apart. Give it no Proxy. */
export function isSetIterator(value: object): boolean {
  return inherits(value, setIteratorPrototype) && restOf(value, setIteratorPrototype) !== undefined;
}

/** What an iterator has left, keys and values alternating where it gives pairs; undefined for anything else. */
export function previewIterator(value: object): { entries: unknown[]; isKeyValue: boolean } | undefined {
  const ofMap = isMapIterator(value);
  if (!ofMap && !isSetIterator(value)) return undefined;
  const rest = remains.get(value) ?? [];
  const isKeyValue = ofMap !== unusual.has(value);
  return { entries: isKeyValue ? rest.flat(1) : [...rest], isKeyValue };
}
