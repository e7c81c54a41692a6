/**
 * The global object of a contextified object: what is read and written there is read and written on that object, which
 * the program calls the sandbox; what the sandbox lacks comes from the inner global, which has the language's built-ins.
 */

/** The two objects behind the global object. */
export interface GlobalParts {
  readonly sandbox: object;
  readonly inner: object;
}

/** Makes the global object. `Native` is the browser's own `Proxy`, which `util.inspect` does not recognise. */
export function createGlobalObject(parts: GlobalParts, Native: ProxyConstructor): object {
  const { sandbox, inner } = parts;
  const shadow = {};
  const global: object = new Native(shadow, {
    get: (_target, key) => readGlobal(parts, key, global),
    // What the sandbox inherits can be read, but does not count as there.
    has: (_target, key) => Object.hasOwn(sandbox, key) || Reflect.has(inner, key),
    set: (_target, key, value) => writeGlobal(parts, key, value),
    deleteProperty: (_target, key) =>
      Reflect.deleteProperty(sandbox, key) && Reflect.deleteProperty(inner, key),
    getOwnPropertyDescriptor(_target, key) {
      const descriptor =
        Reflect.getOwnPropertyDescriptor(sandbox, key) ?? Reflect.getOwnPropertyDescriptor(inner, key);
      if (!descriptor) return undefined;
      // The language lets a Proxy report only what its own target could be.
      if (descriptor.configurable === false) Reflect.defineProperty(shadow, key, descriptor);
      return Reflect.getOwnPropertyDescriptor(shadow, key) ?? descriptor;
    },
    defineProperty(_target, key, descriptor) {
      if (isFixed(inner, key)) return Reflect.defineProperty(inner, key, descriptor);
      const isDefined = Reflect.defineProperty(sandbox, key, complete(descriptor));
      const isTaken = Reflect.defineProperty(inner, key, descriptor);
      if (descriptor.configurable === false) Reflect.defineProperty(shadow, key, descriptor);
      if (!isDefined) throw new TypeError(`Cannot redefine property: ${String(key)}`);
      return isTaken;
    },
    ownKeys: () => [...new Set([...Reflect.ownKeys(inner), ...Reflect.ownKeys(sandbox)])],
    getPrototypeOf: () => Reflect.getPrototypeOf(inner),
    setPrototypeOf: (_target, prototype) => Reflect.setPrototypeOf(inner, prototype),
    preventExtensions: () => false,
  });
  return global;
}

/** The value of a global; a reference to the sandbox is one to the global object. */
export function readGlobal({ sandbox, inner }: GlobalParts, key: PropertyKey, global: object): unknown {
  const value: unknown = Reflect.has(sandbox, key) ? Reflect.get(sandbox, key) : Reflect.get(inner, key);
  return value === sandbox ? global : value;
}

/** Sets a global on both objects, as V8's interceptors in Node do; false where it is read-only. */
export function writeGlobal({ sandbox, inner }: GlobalParts, key: PropertyKey, value: unknown): boolean {
  const descriptor = Reflect.getOwnPropertyDescriptor(sandbox, key);
  const isDeclared = Reflect.has(sandbox, key) || Reflect.has(inner, key);
  if (isReadOnly(inner, key)) return false;
  if (isReadOnly(sandbox, key)) {
    Reflect.set(inner, key, value);
    return false;
  }
  if (!isDeclared && typeof key === 'symbol') return Reflect.set(inner, key, value);
  Reflect.set(sandbox, key, value);
  if (descriptor && ('get' in descriptor || 'set' in descriptor)) return true;
  return Reflect.set(inner, key, value);
}

function isReadOnly(owner: object, key: PropertyKey): boolean {
  for (let each: object | null = owner; each; each = Reflect.getPrototypeOf(each)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(each, key);
    if (descriptor) return descriptor.writable === false;
  }
  return false;
}

function isFixed(owner: object, key: PropertyKey): boolean {
  const descriptor = Reflect.getOwnPropertyDescriptor(owner, key);
  return descriptor?.writable === false && descriptor.configurable === false;
}

/** V8 gives the sandbox a value of undefined where a descriptor has none. */
function complete(descriptor: PropertyDescriptor): PropertyDescriptor {
  const isAccessor = 'get' in descriptor || 'set' in descriptor;
  return isAccessor || 'value' in descriptor ? descriptor : { ...descriptor, value: undefined };
}
