/** Revives bindings of real Node as constants and stubs. A stub that is reached says which function is missing. */
import type { Shape } from '../build/shapes.ts';
import { apiNameOf } from './api-names.ts';
import { PrivateSymbol } from './private-symbol.ts';
import type { Binding } from './realm.ts';

/** Says that `api` is missing; throws. */
export type NotSupported = (api: string) => never;

/** The error of a function that this engine does not have. */
export function createNotSupportedError(api: string): Error {
  const error = new Error(
    `${apiNameOf(api)} is not available in this engine. The program can run in a WebContainer or in a terminal.`,
  );
  return Object.assign(error, { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' });
}

/** Makes a binding out of its shape. `name` is how messages call it. */
export function reviveBinding(name: string, shape: Shape | undefined, notSupported: NotSupported): Binding {
  if (!shape || !('o' in shape)) return {};
  // True: the shape of an object revives as an object.
  return revive(shape, name, notSupported) as Binding;
}

function revive(shape: Shape, path: string, notSupported: NotSupported): unknown {
  if ('v' in shape) return shape.v;
  if ('i' in shape) return Infinity;
  if ('b' in shape) return BigInt(shape.b);
  if ('s' in shape) return path.includes('.privateSymbols.') ? new PrivateSymbol() : Symbol(shape.s);
  if ('f' in shape) return reviveFunction(shape.f, path, notSupported);
  if ('t' in shape) return reviveTypedArray(shape);
  if ('a' in shape) return shape.a.map((item, index) => revive(item, `${path}[${index}]`, notSupported));
  if (!('o' in shape)) return undefined;
  const object: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(shape.o)) {
    object[key] = revive(member, `${path}.${key}`, notSupported);
  }
  return object;
}

function reviveFunction(methods: readonly string[], path: string, notSupported: NotSupported): unknown {
  const name = path.slice(path.lastIndexOf('.') + 1);
  // A function, not an arrow: Node's library makes classes that extend some of them.
  const stub = {
    [name]: function () {
      notSupported(path);
    },
  }[name];
  if (!stub) return undefined;
  for (const method of methods) {
    const missing = {
      [method]() {
        notSupported(`${path}.${method}`);
      },
    }[method];
    Object.defineProperty(stub.prototype, method, {
      value: missing,
      writable: true,
      configurable: true,
      enumerable: true,
    });
  }
  return stub;
}

const arrayTypes = {
  Uint8Array,
  Int32Array,
  Uint32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const;

function reviveTypedArray({ t, n, d }: { t: string; n: number; d?: readonly number[] }): unknown {
  if (t === 'BigInt64Array' || t === 'BigUint64Array') {
    return d ? arrayTypes[t].from(d.map(BigInt)) : new arrayTypes[t](n);
  }
  const type = Reflect.get(arrayTypes, t) as Uint8ArrayConstructor | undefined; // the other array types have its signature
  if (!type) return undefined;
  return d ? type.from(d) : new type(n);
}
