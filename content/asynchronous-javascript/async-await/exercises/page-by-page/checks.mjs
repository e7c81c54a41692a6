import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allItems } from './main.mjs';

const pages = {
  start: { items: ['a', 'b'], next: 'two' },
  two: { items: [], next: 'three' },
  three: { items: ['c'] },
};

/** A source of pages that notes what it was asked for. */
function createSource(broken) {
  const asked = [];
  const reason = new Error('connection reset');
  const fetchPage = async (token) => {
    asked.push(token);
    if (token === broken) throw reason;
    return pages[token];
  };
  return { asked, reason, fetchPage };
}

test('All items come in order', async () => {
  const items = [];
  for await (const item of allItems(createSource().fetchPage)) items.push(item);
  assert.deepEqual(items, ['a', 'b', 'c'], 'The three pages hold a and b, nothing, and c: all of them should come, in this order.');
});

test('A page is asked for only when it is needed', async () => {
  const { asked, fetchPage } = createSource();
  const items = allItems(fetchPage);
  await items.next();
  await items.next();
  assert.deepEqual(
    asked,
    ['start'],
    'Both items of the first page were consumed and no third was asked for, but more than one page was fetched. Yield the items of a page before you fetch the next.',
  );
});

test('Leaving the loop ends the requests', async () => {
  const { asked, fetchPage } = createSource();
  for await (const item of allItems(fetchPage)) {
    if (item === 'a') break;
  }
  assert.deepEqual(asked, ['start'], 'The loop was left at the first item, so no other page should have been asked for.');
});

test('Items before a broken page still come', async () => {
  const items = [];
  const { fetchPage } = createSource('three');
  try {
    for await (const item of allItems(fetchPage)) items.push(item);
  } catch {
    // checked below
  }
  assert.deepEqual(items, ['a', 'b'], 'The third page fails, but the items of the pages before it should have come.');
});

test('A failure names its page and keeps its cause', async () => {
  const { fetchPage, reason } = createSource('two');
  const items = allItems(fetchPage);
  await items.next();
  await items.next();
  const error = await items.next().catch((thrown) => thrown);
  assert.equal(error.message, 'page two could not be loaded', 'The message should name the token of the page that failed: page two could not be loaded.');
  assert.equal(error.cause, reason, 'The original error should be the cause of the new one: new Error(message, { cause: error }).');
});
