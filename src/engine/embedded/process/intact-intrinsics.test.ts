import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withIntactIntrinsics } from './intact-intrinsics.ts';

interface Changed {
  readonly target: object;
  readonly key: PropertyKey;
  readonly to: PropertyDescriptor | undefined;
}

/** Changes properties for the time of `run`; iterates over nothing meanwhile. */
function changed(changes: readonly Changed[], run: () => void): void {
  const before = changes.map(({ target, key }) => own(target, key));
  const apply = (target: object, key: PropertyKey, to: PropertyDescriptor | undefined): void => {
    if (to) Object.defineProperty(target, key, Object.setPrototypeOf(to, null) as PropertyDescriptor);
    else Reflect.deleteProperty(target, key);
  };
  changes.forEach(({ target, key, to }) => apply(target, key, to));
  try {
    run();
  } finally {
    changes.forEach(({ target, key }, index) => apply(target, key, before[index]));
  }
}

function own(target: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(target, key);
  return descriptor && (Object.setPrototypeOf(descriptor, null) as PropertyDescriptor);
}

const arrayIterator = Object.getPrototypeOf([].values()) as object;
const pair = [1, 2];
const spread = (): number[] => [0, ...pair];

test('arrays are iterated over, whatever the program did to them', () => {
  let inside: unknown;
  let outside: unknown;
  changed(
    [
      { target: Array.prototype, key: Symbol.iterator, to: undefined },
      { target: arrayIterator, key: 'next', to: undefined },
    ],
    () => {
      inside = withIntactIntrinsics(spread);
      outside = Reflect.has(Array.prototype, Symbol.iterator) || Reflect.has(arrayIterator, 'next');
    },
  );
  assert.deepEqual(inside, [0, 1, 2]);
  assert.equal(outside, false);
});

test('members of objects are set without the setters and getters of the program', () => {
  const calls: string[] = [];
  const trap = { get: () => calls.push('get'), set: () => calls.push('set'), configurable: true };
  let built: object = {};
  let after: PropertyDescriptor | undefined;
  changed(
    [
      { target: Object.prototype, key: 'type', to: { ...trap } },
      {
        target: Object.prototype,
        key: 'get',
        to: { value: 'not a getter', configurable: true, writable: true },
      },
    ],
    () => {
      built = withIntactIntrinsics(() => {
        const node: { type?: string } = {};
        node.type = 'Program';
        return Object.defineProperty(node, 'start', { value: 0 });
      });
      after = Object.getOwnPropertyDescriptor(Object.prototype, 'type');
    },
  );
  assert.deepEqual(calls, []);
  assert.deepEqual(Object.entries(built), [['type', 'Program']]);
  assert.equal(after?.get, trap.get);
});

test('what is thrown inside comes out, with the changes of the program back in place', () => {
  changed([{ target: Object.prototype, key: 'added', to: { value: 1, configurable: true } }], () => {
    assert.throws(
      () =>
        withIntactIntrinsics(() => {
          throw new RangeError('inside');
        }),
      RangeError,
    );
    assert.equal(Reflect.get({}, 'added'), 1);
  });
});
