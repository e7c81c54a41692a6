import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { test } from 'node:test';
import { Backlog } from './backlog.ts';

test('messages that the page keeps up with are never too many', async () => {
  const backlog = new Backlog();
  for (let count = 0; count < 30; count++) {
    for (let message = 0; message < 1000; message++) assert.equal(backlog.add(), false);
    // Lets what was posted arrive.
    await setImmediate();
    await setImmediate();
  }
  backlog.close();
});

test('messages that come without a pause are too many after a time, if they are many', ({ mock }) => {
  let now = 0;
  mock.method(performance, 'now', () => now);
  const backlog = new Backlog();
  const add = (count: number): boolean[] => Array.from({ length: count }, () => backlog.add());
  assert.equal(add(1999).includes(true), false);
  now = 6000;
  assert.deepEqual(add(2), [false, true]);
  backlog.close();
});
