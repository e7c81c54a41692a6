/** Takes the browser's globals away, so that a program finds those of Node alone. */

/**
 * Deletes every global that is not the language's own. What the browser does not let go of becomes an invisible
 * undefined.
 */
export function removeHostGlobals(intrinsics: readonly string[]): void {
  const kept = new Set<PropertyKey>([...intrinsics, 'SharedArrayBuffer']);
  kept.delete('console');
  for (const key of Reflect.ownKeys(globalThis)) {
    if (kept.has(key) || Reflect.deleteProperty(globalThis, key)) continue;
    Reflect.defineProperty(globalThis, key, { value: undefined, writable: true, enumerable: false });
  }
  // The methods of EventTarget are reachable as globals through the prototype of the global object.
  for (
    let prototype: unknown = Object.getPrototypeOf(globalThis);
    prototype && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const owner: object = prototype;
    for (const key of Reflect.ownKeys(owner)) {
      if (key === 'constructor' || Reflect.deleteProperty(owner, key)) continue;
      // A constant that stays: hidden from `for…in` by a property of the same name in front of it.
      Reflect.defineProperty(globalThis, key, { value: undefined, writable: true, configurable: true });
    }
    Reflect.defineProperty(owner, 'constructor', { value: Object, writable: true, configurable: true });
  }
}
