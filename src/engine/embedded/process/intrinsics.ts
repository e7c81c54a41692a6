/** The objects that the language itself has, and what of them the pinned Node does not know yet. */

/** Path of an intrinsic object, such as `Array.prototype`, to the names of its members, separated by blanks. */
export type IntrinsicMembers = Readonly<Record<string, string>>;

/** The members of every intrinsic object below the globals that are named. */
export function membersOfIntrinsics(globals: readonly string[], global: object): IntrinsicMembers {
  return Object.fromEntries(
    [...intrinsicObjects(globals, global)].map(([path, object]) => [
      path,
      Object.getOwnPropertyNames(object).join(' '),
    ]),
  );
}

/** Deletes what a browser newer than the pinned Node adds to the language. */
export function removeNewerMembers(members: IntrinsicMembers, globals: readonly string[]): void {
  for (const [path, object] of intrinsicObjects(globals, globalThis)) {
    const known = new Set(members[path]?.split(' '));
    for (const name of Object.getOwnPropertyNames(object)) {
      if (!known.has(name)) Reflect.deleteProperty(object, name);
    }
  }
}

function* intrinsicObjects(
  globals: readonly string[],
  global: object,
): Generator<readonly [path: string, object: object]> {
  for (const name of globals) {
    const value: unknown = Reflect.get(global, name);
    if (!isObject(value) || value === global || name === 'console') continue;
    yield [name, value];
    const prototype: unknown = Reflect.get(value, 'prototype');
    if (isObject(prototype)) yield [`${name}.prototype`, prototype];
  }
  const array: unknown = Reflect.get(global, 'Uint8Array');
  const typedArray: unknown = isObject(array) ? Object.getPrototypeOf(array) : undefined;
  if (typeof typedArray !== 'function') return;
  yield ['%TypedArray%', typedArray];
  yield ['%TypedArray%.prototype', Reflect.get(typedArray, 'prototype') as object]; // every class has one
}

function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}
