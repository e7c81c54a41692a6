/** URLPattern: the browser's, with Node's errors. */
import type { BindingFactory } from '../realm.ts';
import { nativeError } from './native-error.ts';

type Component = 'protocol' | 'username' | 'password' | 'hostname' | 'port' | 'pathname' | 'search' | 'hash';
const components: readonly Component[] = [
  'protocol',
  'username',
  'password',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
];

/** The members of the browser's class that are used here. */
type HostPattern = Record<Component, string> & {
  readonly hasRegExpGroups: boolean;
  exec(input: unknown, base?: string): object | null;
  test(input: unknown, base?: string): boolean;
};

const { URLPattern: HostURLPattern } = globalThis as {
  URLPattern?: new (...args: unknown[]) => HostPattern;
};

/** The parts of an init object; reading them runs the program's getters, whose errors are its own. */
function readInit(init: object): object {
  const keys = [...components, 'baseURL'];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value: unknown = Reflect.get(init, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

const isObject = (value: unknown): boolean => typeof value === 'object' || value === undefined;

/** `internalBinding('url_pattern')`. */
export const urlPattern: BindingFactory = (realm, shape) => {
  if (HostURLPattern === undefined) return shape;

  // Set by the class, which alone can look into its instances.
  let ownPattern: (pattern: unknown) => HostPattern;

  class URLPattern {
    readonly #pattern: HostPattern;

    constructor(...args: unknown[]) {
      const [input, second] = args;
      const refuse = (code: string, message: string): Error =>
        nativeError(TypeError, code, message, URLPattern as never);
      if (typeof input !== 'string' && !isObject(input))
        throw refuse('ERR_INVALID_ARG_TYPE', 'Input must be an object or a string');
      if (typeof second !== 'string' && !isObject(second))
        throw refuse('ERR_INVALID_ARG_TYPE', 'second argument must be a string or object');
      const parts = args.filter((arg) => arg !== undefined && arg !== null);
      const read = parts.map((arg, index) => {
        if (typeof arg !== 'object' || arg === null) return arg;
        return index === 0 ? readInit(arg) : { ignoreCase: Reflect.get(arg, 'ignoreCase') as unknown };
      });
      try {
        this.#pattern = new (HostURLPattern ?? realm.notSupported('URLPattern'))(...read);
      } catch {
        throw refuse('ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
      }
    }

    get hasRegExpGroups(): boolean {
      return ownPattern(this).hasRegExpGroups;
    }

    exec(input: unknown = {}, base?: string): object | null {
      const pattern = ownPattern(this);
      const found = pattern.exec(checked(input, this.exec), ...(base === undefined ? [] : [base]));
      return (
        found && {
          __proto__: null,
          ...Object.fromEntries(
            Object.entries(found)
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, part]) => [name, lastGroupFirst(part)]),
          ),
        }
      );
    }

    test(input: unknown = {}, base?: string): boolean {
      return ownPattern(this).test(checked(input, this.test), ...(base === undefined ? [] : [base]));
    }

    static {
      ownPattern = URLPattern.#own;
    }

    /** The browser's pattern; throws what V8 throws for a receiver of another class. */
    static #own(pattern: unknown): HostPattern {
      if (typeof pattern !== 'object' || pattern === null || !(#pattern in pattern))
        throw new TypeError('Illegal invocation');
      return pattern.#pattern;
    }
  }

  for (const name of components) {
    // A getter has a receiver; the private field checks that it is a pattern.
    const getter = {
      get: function (this: URLPattern) {
        return ownPattern(this)[name];
      },
    };
    Object.defineProperty(URLPattern.prototype, name, { ...getter, enumerable: true, configurable: false });
  }
  for (const name of ['exec', 'test', 'hasRegExpGroups'])
    Object.defineProperty(URLPattern.prototype, name, { enumerable: true });
  return { ...shape, URLPattern };
};

/** Node's URL library keeps groups in a hash table, which lists them from the last one to the first. */
export function lastGroupFirst(part: unknown): unknown {
  if (typeof part !== 'object' || part === null || !('groups' in part)) return part;
  const { groups } = part;
  if (typeof groups !== 'object' || groups === null) return part;
  return { ...part, groups: Object.fromEntries(Object.entries(groups).toReversed()) };
}

function checked(input: unknown, caller: (...args: never[]) => unknown): unknown {
  if (typeof input === 'string' || isObject(input)) return input ?? {};
  const message = 'URLPattern input needs to be a string or an object';
  throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message, caller);
}
