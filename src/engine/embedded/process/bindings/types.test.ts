import assert from 'node:assert/strict';
import * as namespace from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { test } from 'node:test';
import { besideReal, callable } from './oracle.ts';
import { types } from './types.ts';
import { trackProxies } from './util/proxies.ts';

const { ours, real } = besideReal('types', types);

class Subclass extends Promise<unknown> {}
class Faked {
  get [Symbol.toStringTag](): string {
    return 'Map';
  }
}
const TrackedProxy = trackProxies(Proxy);
const generator = function* (): Generator<number> {
  yield 1;
};
const asyncGenerator = async function* (): AsyncGenerator<number> {
  yield await Promise.resolve(1);
};
const args = (function (this: unknown) {
  return arguments;
})();
const rejected = Promise.reject(new Error('on purpose'));
rejected.catch(() => {});

const values: Record<string, () => unknown> = {
  undefined: () => undefined,
  null: () => null,
  number: () => 1,
  string: () => 'a',
  symbol: () => Symbol.iterator,
  'plain object': () => ({}),
  'null prototype': () => Object.create(null) as object,
  array: () => [],
  'arguments object': () => args,
  'fake arguments': () => ({ length: 0, callee: 1, [Symbol.toStringTag]: 'Arguments' }),
  'array buffer': () => new ArrayBuffer(4),
  'shared array buffer': () => new SharedArrayBuffer(4),
  'typed array': () => new Uint8Array(4),
  'data view': () => new DataView(new ArrayBuffer(1)),
  'async function': () => async () => {},
  'async method': () => ({ async async() {} }).async,
  'bound async function': () => (async (_first: number) => Promise.resolve()).bind(null, 1),
  'async generator function': () => asyncGenerator,
  'generator function': () => generator,
  'generator object': () => generator(),
  'async generator object': () => asyncGenerator(),
  "generator function's prototype": () => generator.prototype,
  function: () => () => {},
  class: () => Faked,
  date: () => new Date(),
  'fake date': () => Object.create(Date.prototype) as object,
  'date prototype': () => Date.prototype,
  map: () => new Map(),
  set: () => new Set(),
  'fake map': () => new Faked(),
  'object that inherits from a map': () => Object.create(new Map()) as object,
  'map iterator': () => new Map([[1, 2]]).entries(),
  'map iterator of keys': () => new Map([[1, 2]]).keys(),
  'finished map iterator': () => {
    const iterator = new Map().keys();
    iterator.next();
    return iterator;
  },
  'fake map iterator': () => Object.create(new Map().keys()) as object,
  'set iterator': () => new Set([1]).values(),
  'array iterator': () => [1].values(),
  'weak map': () => new WeakMap(),
  'weak set': () => new WeakSet(),
  'weak ref': () => new WeakRef({}),
  'module namespace': () => namespace,
  error: () => new TypeError('x'),
  'fake error': () => Object.create(Error.prototype) as object,
  'aggregate error': () => new AggregateError([]),
  promise: () => Promise.resolve(1),
  'rejected promise': () => rejected,
  'promise of a subclass': () => Subclass.resolve(1),
  'fake promise': () => Object.create(Promise.prototype) as object,
  proxy: () => new TrackedProxy({}, {}),
  'proxy of a map': () => new TrackedProxy(new Map(), {}),
  'proxy of a promise': () => new TrackedProxy(Promise.resolve(), {}),
  'proxy of a function': () => new TrackedProxy(async () => {}, {}),
  'revoked proxy': () => {
    const { proxy, revoke } = TrackedProxy.revocable({}, {});
    revoke();
    return proxy;
  },
  'object that inherits from a proxy': () => Object.create(new TrackedProxy({}, {})) as object,
  regexp: () => /x/,
  'regexp prototype': () => RegExp.prototype,
  'regexp of another context': () => runInContext('/x/', createContext()) as unknown,
  'boxed boolean': () => Object(false) as unknown,
  'boxed number': () => Object(1) as unknown,
  'boxed string': () => Object('') as unknown,
  'boxed symbol': () => Object(Symbol.iterator) as unknown,
  'boxed bigint': () => Object(1n) as unknown,
  'boolean prototype': () => Boolean.prototype,
};

for (const [name, value] of Object.entries(values))
  test(`every check agrees with Node's: ${name}`, () => {
    for (const check of Object.keys(real))
      assert.equal(callable(ours, check)(value()), callable(real, check)(value()), check);
  });

test('a check runs no trap of a proxy, nor a getter', () => {
  const never = (): never => assert.fail('the program was called');
  const traps = new TrackedProxy({}, { get: () => never });
  const proxy = new TrackedProxy({}, traps);
  const getters = Object.create(Promise.prototype, {
    constructor: { get: never },
    [Symbol.toStringTag]: { get: never },
  }) as object;
  for (const check of Object.keys(real)) {
    callable(ours, check)(proxy);
    callable(ours, check)(getters);
  }
});

test('a map iterator that was looked at still gives everything', () => {
  const iterator = new Map([
    ['a', 1],
    ['b', 2],
  ]).entries();
  iterator.next();
  assert.equal(callable(ours, 'isMapIterator')(iterator), true);
  assert.deepEqual([...iterator], [['b', 2]]);
  assert.deepEqual(iterator.next(), { value: undefined, done: true });
});
