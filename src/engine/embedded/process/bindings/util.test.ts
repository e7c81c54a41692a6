import assert from 'node:assert/strict';
import { parseEnv } from 'node:util';
import { test } from 'node:test';
import { besideReal, callable } from './oracle.ts';
import { util } from './util.ts';
import { rememberSettled } from './util/promises.ts';
import { trackProxies } from './util/proxies.ts';

const { ours, real } = besideReal('util', util);

/** Asks both about a value that is made anew for each. */
function agree(name: string, ...makers: (() => unknown)[]): void {
  const ask = (binding: typeof ours): unknown => callable(binding, name)(...makers.map((make) => make()));
  assert.deepEqual(ask(ours), ask(real), `${name} ${makers.map(String).join(', ')}`);
}

const pairs = (): Map<unknown, unknown> =>
  new Map<unknown, unknown>([
    ['a', [1, 2]],
    [{ b: 1 }, 'c'],
  ]);
const moved = <Value>(iterator: Iterator<Value>): Iterator<Value> => {
  iterator.next();
  return iterator;
};

test('previewEntries of collections and of what is left of their iterators', () => {
  const makers: (() => unknown)[] = [
    pairs,
    () => new Set([1, [2, 2]]),
    () => pairs().entries(),
    () => pairs().keys(),
    () => pairs().values(),
    () => pairs()[Symbol.iterator](),
    () => new Set([[1, 1], 2]).values(),
    () => new Set([1, 2]).entries(),
    () => new Set([1, 2])[Symbol.iterator](),
    () => moved(pairs().entries()),
    () => moved(moved(moved(pairs().values()))),
    () => new WeakMap(),
    () => new WeakSet(),
    () => ({}),
    () => [],
    () => 1,
    () => null,
  ];
  for (const make of makers) {
    agree('previewEntries', make);
    agree('previewEntries', make, () => true);
  }
});

test('looking at an iterator does not move it', () => {
  for (const make of [() => pairs().entries(), () => pairs().values(), () => new Set([1, 2, 3]).values()]) {
    const iterator = make() as Iterator<unknown> & Iterable<unknown>;
    const expected = [...make()].slice(1);
    iterator.next();
    callable(ours, 'previewEntries')(iterator, true);
    callable(ours, 'previewEntries')(iterator, true);
    assert.deepEqual(Reflect.ownKeys(iterator), []);
    assert.deepEqual([...iterator], expected);
    assert.deepEqual(callable(ours, 'previewEntries')(iterator), []);
  }
});

test('getOwnNonIndexProperties with every filter', () => {
  const hidden = Object.defineProperty(
    Object.assign([1, 2], {
      a: 1,
      [Symbol.iterator]: 2,
      '-1': 3,
      '01': 4,
      '4294967294': 5,
      '4294967295': 6,
      '1.5': 7,
    }),
    'h',
    { value: 1, enumerable: false },
  );
  for (const make of [
    () => hidden,
    () => new Uint8Array(3),
    () => Object.assign(new Uint8Array(2), { x: 1 }),
    () => ({ b: 1, 1: 2 }),
    () => 'text'.split(''),
  ])
    for (const filter of [0, 2, 16, 18]) agree('getOwnNonIndexProperties', make, () => filter);
});

test('getConstructorName', () => {
  class Named {
    readonly field = 1;
  }
  const makers: (() => unknown)[] = [
    () => ({}),
    () => [],
    () => new Named(),
    () => new Map(),
    () => Object.create(null) as unknown,
    () => Object.setPrototypeOf([], null) as unknown,
    () => Object.setPrototypeOf(new Map(), null) as unknown,
    () => Object.setPrototypeOf(new Date(), null) as unknown,
    () => Object.setPrototypeOf(/x/, null) as unknown,
    () => Object.setPrototypeOf(new Error('x'), null) as unknown,
    () => Object.setPrototypeOf(() => {}, null) as unknown,
    () => Object.create(Named.prototype) as unknown,
  ];
  for (const make of makers) agree('getConstructorName', make);
});

test('parseEnv', () => {
  const contents = [
    'A=1',
    'A = 1 ',
    'export A=1',
    'A="x\\ny"',
    "A='x\\ny'",
    'A=`b`',
    'A="multi\nline"\nB=2',
    'A="unclosed\nB=2',
    'A=1 # c',
    'A="q # c" # d',
    '#A=1\nB=2',
    'A=',
    'A=\nB=2',
    '=x\nB=2',
    'A',
    'A\nB=2',
    'A=a=b',
    'A="x"y',
    'A=x"y"',
    'A= "x" ',
    'A=\t"x"',
    'A=\r\nB=2\r\n',
    'A=1\rB=2',
    '  A=1\n\n\n\tB=2',
    'A=#x',
    'A=x#y',
    'A="a"b"c"',
    'A="a\\"b"',
    "A='it's'",
    'A= \t\nB=1',
    'A= \t\n',
    'A= \n"x\ny"\nB=1',
    'B=1\nA=2\nB=3',
    '10=3\n9=1',
    'export  A=1',
    'exportA=1',
    'A="x" B=2',
    'A=" sp "',
    'A=x\\ny',
    'Z=1\na=2\nB=3',
    'A="x',
    'A=x"',
    'a b=c',
    "A=''",
    'é=€',
    'A="1\n2\n3" # c\nB=`x\ny`',
    'A=1;B=2',
    'A="\\\\n"',
    '# comment\n\nA=b\n # c=d\nE=f',
    '',
    '\n',
    'A="',
    'A=x # "y"\nB=2',
    'A=x "y#z"',
  ];
  for (const content of contents)
    assert.deepEqual(
      Object.entries(callable(ours, 'parseEnv')(content) as object),
      Object.entries(parseEnv(content)),
      JSON.stringify(content),
    );
});

test('a promise is pending until somebody tells otherwise; anything else is no promise', () => {
  const promise = new Promise(() => {});
  assert.deepEqual(
    callable(ours, 'getPromiseDetails')(promise),
    callable(real, 'getPromiseDetails')(promise),
  );
  for (const value of [1, {}, null, Object.create(Promise.prototype)])
    agree('getPromiseDetails', () => value);
  const done = Promise.resolve(7);
  rememberSettled(done, 1, 7);
  assert.deepEqual(callable(ours, 'getPromiseDetails')(done), callable(real, 'getPromiseDetails')(done));
});

test('getProxyDetails of tracked proxies', () => {
  const Tracked = trackProxies(Proxy);
  const [target, handler] = [{ a: 1 }, {}];
  const { proxy: revoked, revoke } = Tracked.revocable(target, handler);
  revoke();
  for (const value of [
    new Tracked(target, handler),
    Tracked.revocable(target, handler).proxy,
    revoked,
    target,
  ])
    for (const args of [[], [true], [false]])
      assert.deepEqual(
        callable(ours, 'getProxyDetails')(value, ...args),
        callable(real, 'getProxyDetails')(value, ...args),
      );
});

test('the tracking Proxy looks like the native one', () => {
  const Native = Proxy;
  const Tracked = trackProxies(Native);
  assert.deepEqual(new Set(Reflect.ownKeys(Tracked)), new Set(Reflect.ownKeys(Native)));
  assert.equal(Tracked.length, 2);
  assert.equal(Tracked.name, 'Proxy');
  assert.equal(Tracked.revocable.length, 2);
  assert.equal(Tracked.revocable({}, {}).revoke.name, '');
  const message = (call: () => unknown): string => {
    try {
      call();
      return 'no error';
    } catch (error) {
      return String(error);
    }
  };
  for (const call of [
    (P: typeof Proxy) => Reflect.apply(P, undefined, [{}, {}]) as unknown,
    (P: typeof Proxy) => new P(1 as unknown as object, {}),
  ])
    assert.equal(
      message(() => call(Tracked)),
      message(() => call(Native)),
    );
});

test('getCallSites, getCallerLocation and isInsideNodeModules tell who called', () => {
  const sites = (function named() {
    return callable(ours, 'getCallSites')(3) as { functionName: string; scriptName: string }[];
  })();
  assert.equal(sites.length, 3);
  assert.equal(sites[0]?.functionName, 'named');
  assert.match(sites[0]?.scriptName ?? '', /util\.test\.ts$/);
  assert.equal(callable(ours, 'isInsideNodeModules')(), false);
  assert.match(String((callable(ours, 'getCallerLocation')() as unknown[])[2]), /util\.test\.ts$/);
});

test('defineLazyProperties loads when read, and gives way to an assignment', () => {
  const target: Record<string, unknown> = {};
  callable(ours, 'defineLazyProperties')(target, 'path', ['join', 'sep'], false);
  assert.deepEqual(Object.keys(target), []);
  assert.equal(target['sep'], '/');
  target['join'] = 1;
  assert.equal(target['join'], 1);
});
