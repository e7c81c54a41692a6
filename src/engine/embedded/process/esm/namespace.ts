/** Module namespace objects, which only the language itself can make: proxies that behave as they do. */

/** A frame of a call, as V8 describes it to `Error.prepareStackTrace`. */
type Site = Pick<NodeJS.CallSite, 'getFunction' | 'getTypeName'>;

/**
 * Fails as V8 does. A function of `Reflect` only answers that it failed, and so does code that is not strict: V8 names
 * the functions of such code alone.
 */
function refuse(trap: (...args: never[]) => boolean, message: string): boolean {
  const { prepareStackTrace, stackTraceLimit } = Error;
  Error.prepareStackTrace = (_error, sites) => sites;
  Error.stackTraceLimit = 1;
  const holder: { stack?: readonly Site[] } = {};
  // True: the function above returns the frames themselves.
  Error.captureStackTrace(holder, trap);
  const [site] = holder.stack ?? [];
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  if (site?.getTypeName() === 'Reflect' || site?.getFunction() !== undefined) return false;
  const error = new TypeError(message);
  Error.captureStackTrace(error, trap);
  throw error;
}

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

  const isSame = (key: string, { value, get, set, ...attributes }: PropertyDescriptor): boolean => {
    const { configurable = false, enumerable = true, writable = true } = attributes;
    const isKept = !get && !set && !configurable && enumerable && writable;
    return isKept && (value === undefined || Object.is(value, read(key)));
  };

  const traps = {
    set(_target: object, key: PropertyKey): boolean {
      const message = Reflect.has(target, key)
        ? `Cannot assign to read only property '${String(key)}' of object '[object Module]'`
        : `Cannot add property ${String(key)}, object is not extensible`;
      return refuse(traps.set, message);
    },
    defineProperty(_target: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
      if (typeof key === 'symbol') return Reflect.defineProperty(target, key, descriptor);
      const name = String(key);
      if (!exports.has(name))
        return refuse(traps.defineProperty, `Cannot define property ${name}, object is not extensible`);
      return isSame(name, descriptor) || refuse(traps.defineProperty, `Cannot redefine property: ${name}`);
    },
    deleteProperty(_target: object, key: PropertyKey): boolean {
      if (!Reflect.has(target, key)) return true;
      return refuse(traps.deleteProperty, `Cannot delete property '${String(key)}' of [object Module]`);
    },
  };

  return new Native<Record<PropertyKey, unknown>>(target, {
    get: (_target, key) => read(key),
    getOwnPropertyDescriptor(_target, key) {
      const descriptor = Reflect.getOwnPropertyDescriptor(target, key);
      return descriptor && typeof key === 'string' ? { ...descriptor, value: read(key) } : descriptor;
    },
    ...traps,
  });
}
