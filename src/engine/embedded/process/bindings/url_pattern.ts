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

const isObject = (value: unknown): boolean => typeof value === 'object' || value === undefined;

/** `internalBinding('url_pattern')`. */
export const urlPattern: BindingFactory = (realm, shape) => {
  if (HostURLPattern === undefined) return shape;

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
      try {
        this.#pattern = new (HostURLPattern ?? realm.notSupported('URLPattern'))(
          ...args.filter((arg) => arg !== undefined && arg !== null),
        );
      } catch {
        throw refuse('ERR_INVALID_URL_PATTERN', 'Failed to construct URLPattern');
      }
    }

    get hasRegExpGroups(): boolean {
      return this.#pattern.hasRegExpGroups;
    }

    exec(input: unknown = {}, base?: string): object | null {
      const found = this.#pattern.exec(checked(input, this.exec), ...(base === undefined ? [] : [base]));
      return (
        found && {
          __proto__: null,
          ...Object.fromEntries(Object.entries(found).toSorted(([a], [b]) => (a < b ? -1 : 1))),
        }
      );
    }

    test(input: unknown = {}, base?: string): boolean {
      return this.#pattern.test(checked(input, this.test), ...(base === undefined ? [] : [base]));
    }

    static component(pattern: URLPattern, name: Component): string {
      return pattern.#pattern[name];
    }
  }

  const componentOf = URLPattern.component;
  Reflect.deleteProperty(URLPattern, 'component');
  for (const name of components) {
    // A getter has a receiver; the private field checks that it is a pattern.
    const getter = {
      get: function (this: URLPattern) {
        return componentOf(this, name);
      },
    };
    Object.defineProperty(URLPattern.prototype, name, { ...getter, enumerable: true, configurable: false });
  }
  for (const name of ['exec', 'test', 'hasRegExpGroups'])
    Object.defineProperty(URLPattern.prototype, name, { enumerable: true });
  return { ...shape, URLPattern };
};

function checked(input: unknown, caller: (...args: never[]) => unknown): unknown {
  if (typeof input === 'string' || isObject(input)) return input ?? {};
  const message = 'URLPattern input needs to be a string or an object';
  throw nativeError(TypeError, 'ERR_INVALID_ARG_TYPE', message, caller);
}
