import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNamespace } from './namespace.ts';

const namespace = createNamespace(
  new Map([
    ['one', () => 1],
    ['two', () => 2],
  ]),
  Proxy,
);

test('writing to a namespace fails in the words of V8', () => {
  assert.throws(() => (namespace['one'] = 5), {
    name: 'TypeError',
    message: "Cannot assign to read only property 'one' of object '[object Module]'",
  });
  assert.throws(() => (namespace['three'] = 3), {
    message: 'Cannot add property three, object is not extensible',
  });
  assert.throws(() => delete namespace['one'], {
    message: "Cannot delete property 'one' of [object Module]",
  });
  assert.throws(() => Object.defineProperty(namespace, 'one', { value: 5 }), {
    message: 'Cannot redefine property: one',
  });
  assert.throws(() => Object.defineProperty(namespace, 'three', { value: 3 }), {
    message: 'Cannot define property three, object is not extensible',
  });
});

test('functions of Reflect only answer that it failed', () => {
  assert.equal(Reflect.set(namespace, 'one', 5), false);
  assert.equal(Reflect.deleteProperty(namespace, 'one'), false);
  assert.equal(Reflect.defineProperty(namespace, 'one', { value: 5 }), false);
  assert.equal(Reflect.defineProperty(namespace, 'one', { value: 1 }), true);
  assert.equal(Reflect.deleteProperty(namespace, 'three'), true);
});

test('code that is not strict goes on', () => {
  // eslint-disable-next-line no-implied-eval -- the code of a module is strict
  const sloppy = new Function('object', 'object.one = 5; return object.one') as (object: object) => unknown;
  assert.equal(sloppy(namespace), 1);
});
