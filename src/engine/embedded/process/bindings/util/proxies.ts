/** What is known of the program's Proxies: the web tells nobody whether an object is one, or what it wraps. */

/** Target and handler of each Proxy that the program made; both null once it is revoked. */
export type ProxyDetails = readonly [target: object | null, handler: object | null];

const proxies = new WeakMap<object, ProxyDetails>();

/** Target and handler of a Proxy, or undefined for anything else. Never runs a trap. */
export function proxyDetails(value: unknown): ProxyDetails | undefined {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? proxies.get(value)
    : undefined;
}

/**
 * The `Proxy` that a program gets in place of the engine's own: it behaves the same and remembers what it makes.
 * It is itself a Proxy of the native constructor, so that `length`, `name`, the missing `prototype` and the error for
 * a missing `new` are the native ones.
 */
export function trackProxies(Native: ProxyConstructor): ProxyConstructor {
  const nativeRevocable = Native.revocable;
  const revocable = {
    revocable(target: object, handler: ProxyHandler<object>) {
      const { proxy, revoke: nativeRevoke } = nativeRevocable(target, handler);
      proxies.set(proxy, [target, handler]);
      const revoke = (): void => {
        nativeRevoke();
        proxies.set(proxy, [null, null]);
      };
      // Anonymous like the native one.
      Object.defineProperty(revoke, 'name', { value: '', configurable: true });
      return { proxy, revoke };
    },
  }.revocable;
  Object.defineProperty(Native, 'revocable', { value: revocable, writable: true, configurable: true });
  return createProxyConstructor(Native);
}

/** One more `Proxy`, for another context, once the native one is tracked. */
export function createProxyConstructor(Native: ProxyConstructor): ProxyConstructor {
  const construct = Reflect.construct;
  return new Native(Native, {
    construct(target, args: [object, object], newTarget) {
      // A native Proxy is what the native constructor returns.
      const proxy = construct(target, args, newTarget) as object;
      proxies.set(proxy, [args[0], args[1]]);
      return proxy;
    },
  });
}
