import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapLimit } from './main.mjs';

const turns = async (count) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
};

/** Work whose calls end when the check says so. */
function createWork() {
  const open = new Map();
  const work = (item) => {
    work.started.push(item);
    work.peak = Math.max(work.peak, open.size + 1);
    return new Promise((resolve, reject) => open.set(item, { resolve, reject }));
  };
  work.started = [];
  work.peak = 0;
  work.end = async (item) => {
    const call = open.get(item);
    open.delete(item);
    call?.resolve(`${item}!`);
    await turns(3);
  };
  work.fail = async (item, error) => {
    const call = open.get(item);
    open.delete(item);
    call?.reject(error);
    await turns(3);
  };
  return work;
}

test('At most `limit` calls are in flight', async () => {
  const work = createWork();
  const all = mapLimit(['a', 'b', 'c', 'd', 'e'], 3, work);
  await turns(3);
  assert.ok(
    work.started.length <= 3,
    `With a limit of 3, ${work.started.length} calls were in flight at once.`,
  );
  assert.equal(
    work.started.length,
    3,
    'With a limit of 3 there should be three calls in flight. `await` inside a single loop allows only one.',
  );
  for (const item of 'abcde') await work.end(item);
  await Promise.race([all, turns(20)]);
  assert.equal(work.peak, 3, `With a limit of 3, ${work.peak} calls were in flight at once.`);
});

test('A slow call does not hold up the others', async () => {
  const work = createWork();
  const all = mapLimit(['slow', 'b', 'c', 'd'], 2, work);
  await turns(3);
  for (const item of 'bcd') await work.end(item);
  assert.deepEqual(
    work.started,
    ['slow', 'b', 'c', 'd'],
    'One slow call held up the others. Begin the next call as soon as any one has ended, and do not wait for a whole group.',
  );
  await work.end('slow');
  await Promise.race([all, turns(20)]);
});

test('Results stand in the order of the items', async () => {
  const work = createWork();
  const all = mapLimit(['a', 'b', 'c'], 3, work);
  await turns(3);
  for (const item of 'cba') await work.end(item);
  const results = await Promise.race([all, turns(20)]);
  assert.ok(
    Array.isArray(results),
    'All calls had ended, and the promise of mapLimit was not fulfilled with an array.',
  );
  assert.deepEqual(
    results,
    ['a!', 'b!', 'c!'],
    'The results stand in the order in which they arrived. Store each one at the index of its item.',
  );
});

test('A failure rejects the promise and ends the work', async () => {
  const work = createWork();
  const all = mapLimit(['a', 'b', 'c', 'd', 'e'], 2, work).catch((error) => error.message);
  await turns(3);
  await work.fail('a', new Error('a is broken'));
  await work.end('b');
  assert.deepEqual(
    work.started,
    ['a', 'b'],
    'Further calls began after one had failed. A failure has to end the work of all.',
  );
  assert.equal(
    await Promise.race([all, turns(5)]),
    'a is broken',
    'When a call fails, the promise of mapLimit is rejected with the same error.',
  );
});

test('Fewer items than the limit are no problem', async () => {
  const work = createWork();
  const all = mapLimit(['a'], 3, work);
  await turns(3);
  assert.deepEqual(
    work.started,
    ['a'],
    'With one item and a limit of 3, work was not called exactly once. Look whether an item is left before you take it.',
  );
  await work.end('a');
  await Promise.race([all, turns(5)]);
});

test('An empty list has an empty result', async () => {
  const results = await Promise.race([mapLimit([], 3, createWork()), turns(5)]);
  assert.deepEqual(results, [], 'With no items, return an empty array.');
});
