/** Describes a binding of real Node, so that a process can revive it as constants and stubs. */

/** One value: a primitive, undefined, infinity, big integer, symbol, function, typed array, list, or object. */
export type Shape =
  | { readonly v: string | number | boolean | null }
  | { readonly u: 1 }
  | { readonly i: 1 }
  | { readonly b: string }
  | { readonly s: string }
  | { readonly f: readonly string[] }
  | { readonly t: string; readonly n: number; readonly d?: readonly number[] }
  | { readonly a: readonly Shape[] }
  | { readonly o: Readonly<Record<string, Shape>> };

/** Longer typed arrays are described by their length alone: they are scratch memory. */
const copiedElements = 64;

/** Describes `value`; members named in `without` are left out. Functions keep the names of their methods. */
export function describeValue(value: unknown, without: readonly string[] = [], depth = 0): Shape {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return { v: value };
  if (value === Infinity) return { i: 1 };
  if (typeof value === 'number') return Number.isFinite(value) ? { v: value } : { u: 1 };
  if (typeof value === 'bigint') return { b: String(value) };
  if (typeof value === 'symbol') return { s: value.description ?? '' };
  if (typeof value === 'function') return { f: methodNames(value) };
  if (value === undefined || depth > 5) return { u: 1 };
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return describeTypedArray(value);
  if (Array.isArray(value)) return { a: value.map((item: unknown) => describeValue(item, [], depth + 1)) };
  const members: Record<string, Shape> = {};
  for (const key of Object.getOwnPropertyNames(value)) {
    if (without.includes(key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor && 'value' in descriptor) members[key] = describeValue(descriptor.value, [], depth + 1);
  }
  return { o: members };
}

function methodNames(value: object): string[] {
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype')?.value as object | undefined; // of any function
  return prototype ? Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor') : [];
}

function describeTypedArray(view: ArrayBufferView): Shape {
  // True: every view but DataView is a typed array.
  const array = view as Uint8Array | BigInt64Array;
  const shape = { t: array.constructor.name, n: array.length };
  return array.length > copiedElements ? shape : { ...shape, d: Array.from(array, Number) };
}
