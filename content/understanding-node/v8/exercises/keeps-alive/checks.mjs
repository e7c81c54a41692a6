import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countReachable } from './main.mjs';

/** The count, or the name of the error that came instead. */
function attempt(value) {
  try {
    return countReachable(value);
  } catch (error) {
    return error.name;
  }
}

test('Objects within objects and arrays count', () => {
  assert.equal(
    attempt({ user: { name: 'Ada' }, tags: ['a', { colour: 'red' }] }),
    4,
    'The object, the user, the array and the object in the array make four.',
  );
});

test('What is no object does not count', () => {
  assert.equal(
    attempt(['text', 1, undefined, null]),
    1,
    "Strings, numbers, undefined and null are no objects. typeof null is 'object', so ask for null separately.",
  );
});

test('A shared object counts once', () => {
  const shared = {};
  assert.equal(
    attempt([shared, shared, { shared }]),
    3,
    'Three references lead to the same object. Count it once.',
  );
});

test('A cycle ends', () => {
  const order = {};
  order.customer = { order };
  assert.equal(
    attempt(order),
    2,
    'An order and its customer refer to each other. Look at each of them once.',
  );
});

test('Deep data is no problem', () => {
  let list = {};
  for (let depth = 1; depth < 100_000; depth += 1) list = { next: list };
  assert.equal(
    attempt(list),
    100_000,
    'This list is 100,000 objects deep, too deep for the call stack. Keep an array of what you have still to look at.',
  );
});

test('Frozen objects are counted', () => {
  assert.equal(
    attempt(Object.freeze({ inner: Object.freeze({}) })),
    2,
    'These objects are frozen, so nothing can be written on them. Keep what you have met in a Set of your own.',
  );
});

test('Wide data is no problem', () => {
  assert.equal(
    attempt(new Array(1_000_000).fill(0)),
    1,
    'This array has a million entries. push(...parts) puts each of them on the stack as an argument: push one at a time.',
  );
});
