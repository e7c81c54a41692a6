import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopOn } from './main.mjs';

class Target extends EventEmitter {
  exits = [];
  exitCode = undefined;
  exit(code) {
    this.exits.push(code);
  }
}

/** Waits for a condition, one second at most. */
async function until(isTrue) {
  for (let waited = 0; waited < 1000 && !isTrue(); waited += 10) await sleep(10);
}

/** A step that ends when the check says so. */
function makeStep(name, log) {
  const { promise, resolve } = Promise.withResolvers();
  const step = () => {
    log.push(name);
    return promise;
  };
  return { step, resolve };
}

test('Each step waits for the one before', async (t) => {
  const target = new Target();
  const log = [];
  const server = makeStep('server', log);
  const pool = makeStep('pool', log);
  t.after(() => [server, pool].forEach(({ resolve }) => resolve()));
  stopOn(target, [server.step, pool.step], 5000);
  target.emit('SIGTERM');
  await sleep(20);
  assert.deepEqual(log, ['server'], 'The pool was closed while the server was still closing. Await each step.');
  server.resolve();
  await until(() => log.length === 2);
  pool.resolve();
  await until(() => target.exitCode !== undefined);
  assert.deepEqual(log, ['server', 'pool'], 'After the server the pool has to be closed, and each of them once.');
});

test('A clean end sets the exit code 0 and leaves the rest to Node', async () => {
  const target = new Target();
  stopOn(target, [async () => {}], 5000);
  target.emit('SIGTERM');
  await until(() => target.exitCode !== undefined);
  assert.deepEqual(
    { exitCode: target.exitCode, exits: target.exits },
    { exitCode: 0, exits: [] },
    'All steps went well: set target.exitCode to 0, and do not call target.exit.',
  );
});

test('SIGINT stops as well', async () => {
  const target = new Target();
  let isStopped = false;
  stopOn(target, [async () => (isStopped = true)], 5000);
  target.emit('SIGINT');
  await until(() => isStopped);
  assert.ok(isStopped, 'Ctrl+C sends SIGINT. It has to run the steps too.');
});

test('A failing step costs the exit code, not the other steps', async () => {
  const target = new Target();
  const log = [];
  const steps = [
    async () => {
      throw new Error('connection lost');
    },
    async () => log.push('pool'),
  ];
  stopOn(target, steps, 5000);
  target.emit('SIGTERM');
  await until(() => log.length > 0);
  assert.deepEqual(log, ['pool'], 'The first step failed, and the second never ran. Catch the error of each step.');
  await until(() => target.exitCode === 1);
  assert.equal(target.exitCode, 1, 'A step failed, so the exit code is 1.');
});

test('A second signal ends at once', async () => {
  for (const second of ['SIGINT', 'SIGTERM']) {
    const target = new Target();
    const never = makeStep('never', []);
    stopOn(target, [never.step], 5000);
    target.emit('SIGTERM');
    target.emit(second);
    await until(() => target.exits.length > 0);
    never.resolve();
    assert.deepEqual(
      target.exits,
      [1],
      `The operator asked twice, the second time by ${second}. Call target.exit(1) at the second signal.`,
    );
  }
});

test('The deadline ends what hangs', async (t) => {
  const target = new Target();
  const never = makeStep('never', []);
  t.after(() => never.resolve());
  stopOn(target, [never.step], 50);
  target.emit('SIGTERM');
  await until(() => target.exits.length > 0);
  assert.deepEqual(target.exits, [1], 'A step hangs, and the deadline has passed: call target.exit(1), once.');
});

test('After a clean end the deadline is off', async () => {
  const target = new Target();
  stopOn(target, [async () => {}], 200);
  target.emit('SIGTERM');
  await until(() => target.exitCode !== undefined);
  await sleep(400);
  assert.deepEqual(target.exits, [], 'The steps were done, and yet the timer called target.exit. Clear it.');
});

test('No timer is left over', async () => {
  const countTimers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const target = new Target();
  const before = countTimers();
  stopOn(target, [async () => {}], 5000);
  target.emit('SIGTERM');
  await until(() => target.exitCode !== undefined);
  assert.ok(countTimers() <= before, 'The steps are done, but a timer still keeps the process alive. Clear it.');
});
