/** What is known of promises: the web tells nobody synchronously whether one is settled. */

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
