/** What is known of promises: the web tells nobody synchronously whether one is settled. */

import { proxyDetails } from './proxies.ts';

/** Numbers of the states, as V8 and Node's library have them. */
export const promiseStates = { pending: 0, fulfilled: 1, rejected: 2 } as const;

/** A promise's state, and its value or reason once it is settled. */
export type PromiseDetails = readonly [state: 0] | readonly [state: 1 | 2, result: unknown];

const settled = new WeakMap<object, PromiseDetails>();
let unknown: object[] = [];

/** Tells `util.inspect` how a promise was settled. Whoever finds out calls this: the core, when it does. */
export function rememberSettled(promise: object, state: 1 | 2, result: unknown): void {
  settled.set(promise, [state, result]);
}

const isPlain = (value: unknown): boolean =>
  (typeof value !== 'object' && typeof value !== 'function') ||
  value === null ||
  (!proxyDetails(value) && !('then' in value));

/**
 * Lets `util.inspect` know at once the promises that `Promise.resolve` and `Promise.reject` make. Both are Proxies of the
 * native functions, so that they look like them; `Native` is the browser's own `Proxy`.
 */
export function trackSettledPromises(Native: ProxyConstructor): void {
  const { apply, defineProperty } = Reflect;
  const track = (name: 'resolve' | 'reject', state: 1 | 2): void => {
    const value = new Native(Promise[name], {
      apply(target, receiver, values: [unknown]) {
        // A promise, or what another constructor makes.
        const promise = apply(target, receiver, values) as unknown;
        // A program may change how arrays are iterated over.
        const result = values[0];
        if (
          receiver === Promise &&
          promise !== result &&
          (state === promiseStates.rejected || isPlain(result))
        )
          rememberSettled(promise as object, state, result);
        return promise;
      },
    });
    defineProperty(Promise, name, { value, writable: true, configurable: true });
  };
  track('resolve', promiseStates.fulfilled);
  track('reject', promiseStates.rejected);
}

/** What has been told of a promise; pending when nothing was. */
export function promiseDetails(promise: object): PromiseDetails {
  const known = settled.get(promise);
  if (!known) unknown.push(promise);
  return known ?? [promiseStates.pending];
}

/** The promises that were asked for in vain since the last call. */
export function takeUnknownPromises(): object[] {
  const taken = unknown;
  unknown = [];
  return taken;
}
