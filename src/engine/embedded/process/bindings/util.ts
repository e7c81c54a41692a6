/** What `util.inspect` and Node's library ask of V8 itself. */
import { fileSystemOf } from '../file-system.ts';
import { promiseDetails } from './util/promises.ts';
import { parseEnv } from './util/dotenv.ts';
import { previewIterator, trackIterators } from './util/iterators.ts';
import { addressOf } from './util/externals.ts';
import { proxyDetails } from './util/proxies.ts';
import { isTerminal } from './tty_wrap.ts';
import { types } from './types.ts';
import type { BindingFactory, Realm } from '../realm.ts';

const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf, apply } = Reflect;
const { toString: tagOf } = Object.prototype;
const promiseThen = Promise.prototype.then;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const { SharedArrayBuffer, Int32Array } = globalThis;

// V8's `PropertyFilter`.
const onlyEnumerable = 2;
const skipSymbols = 16;

const isArrayIndex = (key: PropertyKey): boolean =>
  typeof key === 'string' && /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 0xffffffff;

function getOwnNonIndexProperties(object: object, filter: number): PropertyKey[] {
  return ownKeys(object).filter(
    (key) =>
      !isArrayIndex(key) &&
      ((filter & skipSymbols) === 0 || typeof key !== 'symbol') &&
      ((filter & onlyEnumerable) === 0 || getOwnPropertyDescriptor(object, key)?.enumerable === true),
  );
}

/** A Map's keys and values alternating, a Set's values, what is left of an iterator; weak collections show nothing. */
function preview(value: object): { entries: unknown[]; isKeyValue: boolean } | undefined {
  if (is('isMap', value)) {
    // The brand check above says that it is a Map.
    const entries = [...(apply(mapEntries, value, []) as Iterable<[unknown, unknown]>)];
    return { entries: entries.flat(1), isKeyValue: true };
  }
  if (is('isSet', value))
    return { entries: [...(apply(setValues, value, []) as Iterable<unknown>)], isKeyValue: false };
  if (is('isWeakMap', value)) return { entries: [], isKeyValue: true };
  if (is('isWeakSet', value)) return { entries: [], isKeyValue: false };
  return proxyDetails(value) ? undefined : previewIterator(value);
}

// Brand checks need nothing of a realm.
const checks = types({} as Realm, {});
const is = (name: string, value: unknown): boolean => {
  const check = checks[name];
  return typeof check === 'function' && check(value) === true;
};

/** A function whose receiver is the one that is asked about; named as a file, so that its frame shows. */
// oxlint-disable-next-line typescript/no-implied-eval -- only a sloppy function has its receiver in V8's frames
const callOn = new Function('collect', 'return collect();\n//# sourceURL=node:internal/util');

/** What V8 itself calls the class of an object, which it tells in stack frames alone. */
function typeNameOf(realm: Realm, object: object): string | undefined {
  function collect(): CallSite | undefined {
    return callSites(realm, collect, 1)[0];
  }
  // True: `collect` is what the function returns.
  const site = apply(callOn as (collect: unknown) => unknown, object, [collect]) as CallSite | undefined;
  return site?.getTypeName?.() ?? undefined;
}

/** The name of the class that made an object, found without running the program's code. */
function getConstructorName(realm: Realm, object: object): string {
  const known = proxyDetails(object) ? undefined : typeNameOf(realm, object);
  if (known !== undefined) return known;
  for (let each: object | null = object; each !== null && !proxyDetails(each); each = getPrototypeOf(each)) {
    const constructor: unknown = getOwnPropertyDescriptor(each, 'constructor')?.value;
    if (typeof constructor === 'function') {
      const name: unknown = getOwnPropertyDescriptor(constructor, 'name')?.value;
      if (typeof name === 'string' && name !== '') return name;
    }
  }
  for (const kind of ['Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'ArrayBuffer', 'SharedArrayBuffer'])
    if (is(`is${kind}`, object)) return kind;
  return proxyDetails(object) ? 'Object' : apply(tagOf, object, []).slice('[object '.length, -1);
}

interface CallSite {
  getTypeName?(): string | null;
  getFunctionName(): string | null;
  getScriptNameOrSourceURL?(): string | null;
  getFileName(): string | null | undefined;
  getLineNumber(): number | null;
  getColumnNumber(): number | null;
}

/** The frames that called `below`, nearest first, as Node's library has them reported. */
function callSites(realm: Realm, below: (...args: never[]) => unknown, limit: number): CallSite[] {
  const { overrideStackTrace } = realm.requireBuiltin('internal/errors') as {
    overrideStackTrace: { set(error: Error, prepare: (error: Error, sites: CallSite[]) => unknown): void };
  };
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = limit;
  const error = new Error('for its stack');
  let found: CallSite[] = [];
  overrideStackTrace.set(error, (_error, sites) => (found = sites));
  Error.captureStackTrace(error, below);
  void error.stack;
  Error.stackTraceLimit = stackTraceLimit;
  return found;
}

const scriptOf = (site: CallSite | undefined): string =>
  site?.getScriptNameOrSourceURL?.() ?? site?.getFileName() ?? '';

/** Milliseconds pass and nothing else happens. */
function pause(milliseconds: number, now: () => number): void {
  if (SharedArrayBuffer !== undefined) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    return;
  }
  for (const end = now() + milliseconds; now() < end;);
}

/** Properties that load a module of Node's library when they are first read. */
function defineLazyProperties(
  realm: Realm,
  target: object,
  id: string,
  keys: readonly string[],
  enumerable: boolean,
): void {
  for (const key of keys) {
    const define = (value: unknown): unknown => {
      Object.defineProperty(target, key, { value, writable: true, enumerable, configurable: true });
      return value;
    };
    const accessors = {
      get [key](): unknown {
        return define(realm.requireBuiltin(id)[key]);
      },
      set [key](value: unknown) {
        define(value);
      },
    };
    Object.defineProperty(target, key, { ...getOwnPropertyDescriptor(accessors, key), enumerable });
  }
}

/** libuv's kinds of descriptors, in the order of the list in Node's library. */
const handleTypes = { tty: 1, file: 3, unknown: 5 } as const;

/** `internalBinding('util')`. */
export const util: BindingFactory = (realm, shape) => {
  trackIterators();
  const { performance } = realm.host;
  const now = (): number => performance.now();

  return {
    ...shape,
    getPromiseDetails: (value: unknown) =>
      is('isPromise', value) ? promiseDetails(value as object) : undefined,
    getProxyDetails(value: unknown, withHandler: unknown = true): unknown {
      const details = proxyDetails(value);
      return withHandler === true ? details && [...details] : details?.[0];
    },
    previewEntries(value: unknown, withKind?: unknown): unknown {
      if (typeof value !== 'object' || value === null) return undefined;
      const found = preview(value);
      return withKind === undefined ? found?.entries : found && [found.entries, found.isKeyValue];
    },
    getOwnNonIndexProperties,
    getConstructorName: (object: object) => getConstructorName(realm, object),
    getExternalValue: (value: unknown) => addressOf(value) ?? 0n,
    getCallSites: function getCallSites(limit: number): unknown[] {
      // The first frame is that of `node:util`, which calls this.
      return callSites(realm, getCallSites, limit + 1)
        .slice(1)
        .map((site) => ({
          __proto__: null,
          functionName: site.getFunctionName() ?? '',
          scriptId: '0',
          scriptName: scriptOf(site),
          lineNumber: site.getLineNumber() ?? 0,
          columnNumber: site.getColumnNumber() ?? 0,
          column: site.getColumnNumber() ?? 0,
        }));
    },
    getCallerLocation: function getCallerLocation(): unknown {
      const site = callSites(realm, getCallerLocation, 2)[1];
      return site && [site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0, scriptOf(site)];
    },
    isInsideNodeModules: function isInsideNodeModules(limit: unknown): boolean {
      const sites = callSites(realm, isInsideNodeModules, typeof limit === 'number' ? limit : 10);
      const script = sites.map(scriptOf).find((name) => name !== '' && !name.startsWith('node:'));
      return script !== undefined && /[/\\]node_modules[/\\]/.test(script);
    },
    defineLazyProperties: (target: object, id: string, keys: readonly string[], enumerable = true) =>
      defineLazyProperties(realm, target, id, keys, enumerable),
    sleep: (milliseconds: number) => pause(milliseconds, now),
    parseEnv,
    arrayBufferViewHasBuffer: () => true,
    constructSharedArrayBuffer(length: number): unknown {
      // Without isolation nothing is shared: then there are no other threads to share it with either.
      return new (SharedArrayBuffer ?? ArrayBuffer)(length);
    },
    markPromiseAsHandled(promise: unknown): void {
      // What comes of it does not matter: the promise only counts as handled from now on.
      void apply(promiseThen, promise, [undefined, () => {}]);
    },
    // Without a terminal, standard streams count as files, so that output is written synchronously and in order.
    guessHandleType: (fd: number) => {
      if (isTerminal(realm, fd)) return handleTypes.tty;
      return fileSystemOf(realm).isOpen(fd) ? handleTypes.file : handleTypes.unknown;
    },
  };
};
