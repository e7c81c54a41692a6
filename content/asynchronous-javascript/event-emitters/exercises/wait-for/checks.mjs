import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { waitFor } from './main.mjs';

const isHot = (degrees) => degrees > 30;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** The outcome so far: a promise that has not settled by now counts as pending. */
async function outcomeOf(promise) {
  const settled = promise.then((value) => value, (error) => `rejected: ${error.message}`);
  await nextTurn();
  return Promise.race([settled, Promise.resolve('still pending')]);
}

test('Values that are not wanted are passed over', async () => {
  const sensor = new EventEmitter();
  const found = waitFor(sensor, 'reading', isHot);
  sensor.emit('reading', 20);
  assert.equal(await outcomeOf(found), 'still pending', 'The reading 20 is not wanted, so the promise must stay pending: ask isWanted.');
  sensor.emit('reading', 31);
  assert.equal(await outcomeOf(found), 31, 'The reading 31 is wanted, so the promise should fulfill with it.');
});

test('No event of the same turn is missed', async () => {
  const sensor = new EventEmitter();
  const found = waitFor(sensor, 'reading', isHot);
  for (const degrees of [20, 31, 25]) sensor.emit('reading', degrees);
  assert.equal(
    await outcomeOf(found),
    31,
    'The readings 20, 31 and 25 came in one turn, and 31 was missed. Code behind an await runs too late to listen for the second: listen the whole time.',
  );
});

test('An error rejects', async () => {
  const sensor = new EventEmitter();
  const found = waitFor(sensor, 'reading', isHot);
  sensor.on('error', () => {});
  sensor.emit('error', new Error('cable cut'));
  assert.equal(await outcomeOf(found), 'rejected: cable cut', 'The emitter emitted error, so the promise should reject with that error.');
});

test('Nothing stays behind after a value', async () => {
  const sensor = new EventEmitter();
  const found = waitFor(sensor, 'reading', isHot);
  sensor.emit('reading', 31);
  await outcomeOf(found);
  const left = sensor.listenerCount('reading') + sensor.listenerCount('error');
  assert.equal(left, 0, 'The value has arrived, and a listener of yours is still registered, for the event or for error. Remove both.');
});

test('Nothing stays behind after an error', async () => {
  const sensor = new EventEmitter();
  const found = waitFor(sensor, 'reading', isHot);
  found.catch(() => {});
  if (sensor.listenerCount('error') > 0) sensor.emit('error', new Error('cable cut'));
  await nextTurn();
  const left = sensor.listenerCount('reading') + sensor.listenerCount('error');
  assert.equal(left, 0, 'The promise was rejected, and a listener of yours is still registered. Remove both, for the event and for error.');
});

test('Listeners of others stay', async () => {
  const sensor = new EventEmitter();
  let heard = 0;
  sensor.on('reading', () => { heard += 1; });
  const found = waitFor(sensor, 'reading', isHot);
  sensor.emit('reading', 31);
  await outcomeOf(found);
  sensor.emit('reading', 20);
  assert.equal(heard, 2, 'Somebody else listens to the readings too, and heard only the first of two. Remove your own listeners, not all.');
});
