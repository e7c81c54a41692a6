/** Module namespace objects, which only the language itself can make: proxies that behave as they do. */

/** Creates the namespace of a module from the getters of its exports. `Native` is the browser's own `Proxy`. */
export function createNamespace(
  exports: ReadonlyMap<string, () => unknown>,
  Native: ProxyConstructor,
): Record<string, unknown> {
  // What every namespace has: no prototype, its exports in alphabetical order, and a tag.
  const target: Record<PropertyKey, unknown> = { __proto__: null };
  for (const name of [...exports.keys()].toSorted()) {
    Object.defineProperty(target, name, {
      value: undefined,
      writable: true,
      enumerable: true,
      configurable: false,
    });
  }
  Object.defineProperty(target, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(target);
  const read = (key: PropertyKey): unknown =>
    typeof key === 'string' && exports.has(key) ? exports.get(key)?.() : Reflect.get(target, key);

  return new Native(target, {
    get: (_target, key) => read(key),
    getOwnPropertyDescriptor(_target, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
      return descriptor && typeof key === 'string' ? { ...descriptor, value: read(key) } : descriptor;
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: (_target, key) => !Reflect.has(target, key),
  });
}
