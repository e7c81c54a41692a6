import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { all } from './main.mjs';

/** A task that the check itself finishes, when it wants. */
function createTask() {
  const task = (callback) => {
    task.isStarted = true;
    task.finish = callback;
  };
  return task;
}

/** Starts `all` and keeps every call of its callback. */
function start(count) {
  const tasks = Array.from({ length: count }, createTask);
  const calls = [];
  all(tasks, (...results) => calls.push(results));
  return { tasks, calls };
}

test('All tasks start at once', () => {
  const { tasks } = start(3);
  assert.ok(
    tasks.every((task) => task.isStarted),
    'After the call of all, every task must have been started. Do not wait for one before you start the next.',
  );
});

test('Nothing is reported before the last task has finished', () => {
  const { tasks, calls } = start(3);
  tasks[2].finish(null, 'c');
  assert.equal(
    calls.length,
    0,
    'Only the last of three tasks has finished, and the callback was called already. The length of the array is no count: results[2] makes it 3 at once.',
  );
});

test('The results have the order of the tasks', () => {
  const { tasks, calls } = start(3);
  tasks[1].finish(null, 'b');
  tasks[2].finish(null, 'c');
  tasks[0].finish(null, 'a');
  assert.deepEqual(
    calls,
    [[null, ['a', 'b', 'c']]],
    'The tasks finished in the order b, c, a; the results should stand in the order of the tasks: a, b, c.',
  );
});

test('Any value counts as a result', () => {
  const { tasks, calls } = start(2);
  tasks[0].finish(null, 0);
  tasks[1].finish(null);
  assert.deepEqual(
    calls,
    [[null, [0, undefined]]],
    'One task succeeded with 0, the other with undefined. Both have finished, so the callback should have come. Count calls, not values.',
  );
});

test('Only the first failure is reported', () => {
  const { tasks, calls } = start(3);
  const first = new Error('first');
  tasks[1].finish(first);
  tasks[0].finish(new Error('second'));
  tasks[2].finish(null, 'c');
  assert.equal(calls.length, 1, 'Two tasks failed and one succeeded: the callback must be called once, for the first failure.');
  assert.equal(calls[0][0], first, 'The first argument of the callback should be the error of the first task that failed.');
});

test('An empty list calls back, and later', async () => {
  const { calls } = start(0);
  assert.equal(calls.length, 0, 'For an empty list the callback came during the call. Call it later, for example with queueMicrotask.');
  for (let round = 0; round < 50 && calls.length === 0; round += 1) await wait(10);
  assert.deepEqual(calls, [[null, []]], 'With no tasks there is nothing to wait for: call back with null and an empty array.');
});
