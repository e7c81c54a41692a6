import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sumInSlices } from './main.mjs';

const upTo = (last) => Array.from({ length: last }, (_, index) => index + 1);

/** How many turns of the loop others get while the work is done. */
async function countTurns(work) {
  let turns = 0;
  let isDone = false;
  const turn = () => {
    if (isDone) return;
    turns += 1;
    setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isDone = true;
  return turns;
}

test('The sum is right', async () => {
  assert.equal(await sumInSlices(upTo(40), 10), 820, 'The numbers from 1 to 40 add up to 820.');
});

test('Others have a turn between two slices', async () => {
  const turns = await countTurns(() => sumInSlices(upTo(40), 10));
  assert.ok(
    turns >= 3,
    'Four slices leave room for three turns of the loop, and others did not get them. A microtask runs before the loop goes on: wait for setImmediate.',
  );
});

test('A last slice that is not full counts as well', async () => {
  assert.equal(
    await sumInSlices(upTo(7), 3),
    28,
    'The numbers from 1 to 7 in slices of 3 leave one number over, and it has to be added too.',
  );
});

test('Two sums at the same time do not disturb each other', async () => {
  const sums = await Promise.all([sumInSlices(upTo(10), 2), sumInSlices(upTo(20), 2)]);
  assert.deepEqual(sums, [55, 210], 'Keep the sum inside the function, so that each call has its own.');
});

test('The list stays as it was', async () => {
  const numbers = upTo(20);
  await sumInSlices(numbers, 5);
  assert.equal(
    numbers.length,
    20,
    'After the call the list was shorter. It belongs to the caller: read it with slice, which leaves it alone, and not with splice.',
  );
});
