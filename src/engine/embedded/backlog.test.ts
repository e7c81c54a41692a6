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

test('messages that come without a pause are too many', ({ mock }) => {
  mock.method(performance, 'now', () => 0);
  const backlog = new Backlog();
  const answers = Array.from({ length: 20_001 }, () => backlog.add());
  assert.equal(answers.indexOf(true), 20_000);
  backlog.close();
});

test('fewer are too many where each takes long', ({ mock }) => {
  let now = 0;
  mock.method(performance, 'now', () => (now += 10));
  const backlog = new Backlog();
  const answers = Array.from({ length: 2001 }, () => backlog.add());
  assert.equal(answers.indexOf(true), -1);
  now = 5000;
  assert.equal(backlog.add(), true);
  backlog.close();
});
