import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { createBatches } from './main.mjs';

/** What the promise gives; a Transform that stands still would keep the checks waiting. */
async function unlessStuck(promise) {
  const stuck = Promise.withResolvers();
  const timer = setTimeout(() => {
    const message =
      'The Transform stands still. It gets no next row before transform has called back, and does not end before flush has.';
    stuck.reject(new assert.AssertionError({ message }));
  }, 2000);
  return Promise.race([promise, stuck.promise]).finally(() => clearTimeout(timer));
}

/** Everything that comes out; it is looked at only when the input has ended. */
const batchesOf = (rows, size) =>
  unlessStuck(Readable.from(rows).compose(createBatches(size)).toArray());

test('Full batches', async () => {
  const batches = await batchesOf([1, 2], 2);
  assert.deepEqual(batches, [[1, 2]], 'Two rows in batches of two are one array with both, and nothing comes after it.');
});

test('Each batch is an array of its own', async () => {
  const batches = await batchesOf([1, 2, 3, 4], 2);
  assert.deepEqual(
    batches,
    [[1, 2], [3, 4]],
    'A batch changed after it had been passed on. Begin a new array for each batch.',
  );
});

test('The rest comes at the end', async () => {
  const batches = await batchesOf([1, 2, 3, 4, 5], 2);
  assert.deepEqual(
    batches,
    [[1, 2], [3, 4], [5]],
    'Five rows in batches of two leave one row over, and it did not come. Emit what is left in flush.',
  );
});

test('No rows, no batch', async () => {
  assert.deepEqual(await batchesOf([], 2), [], 'Without rows there is nothing to emit, not even an empty array.');
});

test('A batch leaves as soon as it is full', async () => {
  let made = 0;
  function* rows() {
    while (made < 1000) yield (made += 1);
  }
  const batches = createBatches(10);
  let madeBeforeFirst;
  async function consume() {
    for await (const batch of Readable.from(rows()).pipe(batches)) {
      madeBeforeFirst ??= batch.length > 0 ? made : undefined;
    }
  }
  await unlessStuck(consume());
  assert.ok(
    madeBeforeFirst < 500,
    'The first batch came only after all rows had been read. Pass a batch on as soon as it is full.',
  );
});
