/** What kind of object a value is, told by the engine's own brand checks, never by what a program can fake. */
import { isMapIterator, isSetIterator } from './util/iterators.ts';
import { addressOf } from './util/externals.ts';
import { proxyDetails } from './util/proxies.ts';
import type { BindingFactory } from '../realm.ts';

type Check = (value: unknown) => boolean;

const { apply, getPrototypeOf, getOwnPropertyDescriptor, has, set } = Reflect;
const { isView } = ArrayBuffer;
// oxlint-disable-next-line typescript/unbound-method -- called through `apply`
const { toString: tagOf } = Object.prototype;
const { toString: sourceOf } = Function.prototype;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A built-in method that throws for every receiver but its own kind, and changes nothing. */
const branded = (method: unknown, ...args: unknown[]): Check => {
  if (typeof method !== 'function') return () => false;
  return (value) => {
    // Views of memory, which are asked about most, are of no such kind.
    if (!isObject(value) || isView(value)) return false;
    // Most of what an exception costs is its stack.
    const limit: unknown = Error.stackTraceLimit;
    if (typeof limit === 'number') set(Error, 'stackTraceLimit', 0);
    try {
      apply(method, value, args);
      return true;
    } catch {
      return false;
    } finally {
      if (typeof limit === 'number') set(Error, 'stackTraceLimit', limit);
    }
  };
};

const getter = (prototype: object | undefined, name: PropertyKey): unknown =>
  prototype && getOwnPropertyDescriptor(prototype, name)?.get;

/** An object that is no Proxy and inherits from the prototype; cheap, and never runs a program's code. */
const inherits = (value: unknown, ...prototypes: (object | null)[]): boolean => {
  if (proxyDetails(value)) return false;
  for (let each = getPrototypeOf(value as object); each !== null; each = getPrototypeOf(each)) {
    if (proxyDetails(each)) return false;
    if (prototypes.includes(each)) return true;
  }
  return false;
};

/** Whether reading from an object may run a trap. */
const isBehindProxy = (value: object): boolean => {
  for (let each: object | null = value; each !== null; each = getPrototypeOf(each))
    if (proxyDetails(each)) return true;
  return false;
};

// `Object.prototype.toString` knows these kinds only as long as no `Symbol.toStringTag` speaks for the object.
const tagged = (tag: string): Check => {
  const text = `[object ${tag}]`;
  return (value) =>
    isObject(value) &&
    !isBehindProxy(value) &&
    !has(value, Symbol.toStringTag) &&
    apply(tagOf, value, []) === text;
};

const functionPrototypes = {
  async: getPrototypeOf(async () => {}),
  generator: getPrototypeOf(function* () {}),
  asyncGenerator: getPrototypeOf(async function* () {}),
};
const generatorPrototype = getPrototypeOf(function* () {}.prototype);
const asyncGeneratorPrototype = getPrototypeOf(async function* () {}.prototype);

// A bound function inherits from its target's prototype, and is native where the target is not.
const isWritten = (value: unknown): boolean => !apply(sourceOf, value, []).endsWith('{ [native code] }');

const isFunctionLike =
  (...prototypes: (object | null)[]): Check =>
  (value) =>
    typeof value === 'function' && inherits(value, ...prototypes) && isWritten(value);

/** The constructor that a value inherits, if finding it runs no code of the program. */
function plainConstructor(value: object): unknown {
  for (let each: object | null = value; each !== null; each = getPrototypeOf(each)) {
    const property = getOwnPropertyDescriptor(each, 'constructor');
    if (property) return property.value;
  }
  return undefined;
}

const promiseResolve = Promise.resolve;
const promiseThen = Promise.prototype.then;

/** `Promise.resolve.call(C, value)` gives back `value` itself exactly when it is a promise that was made by `C`. */
const isPromise: Check = (value) => {
  if (!isObject(value) || !inherits(value, Promise.prototype)) return false;
  const constructor = plainConstructor(value);
  if (typeof constructor !== 'function') return true;
  try {
    const resolved: unknown = apply(promiseResolve, constructor, [value]);
    if (resolved === value) return true;
    // An impostor became a promise that rejects; nobody is to hear of it, nor to wait for it.
    void apply(promiseThen, resolved, [undefined, () => {}]);
  } catch {
    // Neither did an impostor's constructor make a promise.
  }
  return false;
};

const isModuleNamespaceObject: Check = (value) => {
  if (!isObject(value) || proxyDetails(value) || getPrototypeOf(value) !== null) return false;
  const tag = getOwnPropertyDescriptor(value, Symbol.toStringTag);
  return tag?.value === 'Module' && tag.writable === false && !Object.isExtensible(value);
};

const isErrorByBrand = Error.isError as ((value: unknown) => boolean) | undefined;

const checks: Record<string, Check> = {
  isArgumentsObject: tagged('Arguments'),
  isArrayBuffer: branded(getter(ArrayBuffer.prototype, 'byteLength')),
  isSharedArrayBuffer: branded(getter(globalThis.SharedArrayBuffer?.prototype, 'byteLength')),
  isAsyncFunction: isFunctionLike(functionPrototypes.async, functionPrototypes.asyncGenerator),
  isGeneratorFunction: isFunctionLike(functionPrototypes.generator, functionPrototypes.asyncGenerator),
  isGeneratorObject: (value) =>
    isObject(value) &&
    inherits(value, generatorPrototype, asyncGeneratorPrototype) &&
    // The `prototype` of a generator function inherits directly; its generators are one step further.
    getPrototypeOf(value) !== generatorPrototype &&
    getPrototypeOf(value) !== asyncGeneratorPrototype,
  isDate: branded(Date.prototype.getTime),
  isExternal: (value) => addressOf(value) !== undefined,
  isMap: branded(getter(Map.prototype, 'size')),
  isSet: branded(getter(Set.prototype, 'size')),
  isWeakMap: branded(WeakMap.prototype.has, {}),
  isWeakSet: branded(WeakSet.prototype.has, {}),
  isMapIterator: (value) => isObject(value) && !proxyDetails(value) && isMapIterator(value),
  isSetIterator: (value) => isObject(value) && !proxyDetails(value) && isSetIterator(value),
  isModuleNamespaceObject,
  isNativeError: isErrorByBrand ?? tagged('Error'),
  isPromise,
  isProxy: (value) => proxyDetails(value) !== undefined,
  isRegExp: (value) => value !== RegExp.prototype && hasRegExpSource(value),
  isBooleanObject: branded(Boolean.prototype.valueOf),
  isNumberObject: branded(Number.prototype.valueOf),
  isStringObject: branded(String.prototype.valueOf),
  isSymbolObject: branded(Symbol.prototype.valueOf),
  isBigIntObject: branded(BigInt.prototype.valueOf),
};
const hasRegExpSource = branded(getter(RegExp.prototype, 'source'));

const either = (...names: string[]): Check => {
  const list = names.flatMap((name) => checks[name] ?? []);
  return (value) => isObject(value) && list.some((check) => check(value));
};

/** `internalBinding('types')`. */
export const types: BindingFactory = (_realm, shape) => ({
  ...shape,
  ...checks,
  isAnyArrayBuffer: either('isArrayBuffer', 'isSharedArrayBuffer'),
  isBoxedPrimitive: either(
    'isNumberObject',
    'isStringObject',
    'isBooleanObject',
    'isBigIntObject',
    'isSymbolObject',
  ),
});
