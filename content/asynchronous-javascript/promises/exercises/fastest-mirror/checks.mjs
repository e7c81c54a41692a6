import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchFastest } from './main.mjs';

/** Mirrors that the check itself lets succeed or fail. */
function createMirrors(count) {
  return Array.from({ length: count }, () => {
    const { promise, resolve, reject } = Promise.withResolvers();
    const mirror = (signal) => {
      mirror.signal = signal;
      return promise;
    };
    return Object.assign(mirror, { resolve, reject });
  });
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** The file, the error, or a word for a promise that is still pending a few turns later. */
async function outcomeOf(file) {
  const pending = nextTurn().then(nextTurn).then(() => 'still pending');
  return Promise.race([file.catch((error) => error), pending]);
}

test('All mirrors are asked at once', async () => {
  const mirrors = createMirrors(3);
  const file = fetchFastest(mirrors);
  assert.ok(
    mirrors.every((mirror) => mirror.signal instanceof AbortSignal),
    'Every mirror should be called at once, each with an AbortSignal.',
  );
  mirrors[0].resolve('file');
  await outcomeOf(file);
});

test('The first file wins', async () => {
  const mirrors = createMirrors(3);
  const file = fetchFastest(mirrors);
  mirrors[1].resolve('from the second mirror');
  await nextTurn();
  mirrors[0].resolve('from the first mirror');
  assert.equal(
    await outcomeOf(file),
    'from the second mirror',
    'The second mirror delivered first, so its file should be returned at once. The third one has not answered yet: do not wait for it.',
  );
});

test('A failure does not matter while another mirror may deliver', async () => {
  const mirrors = createMirrors(2);
  const file = fetchFastest(mirrors);
  file.catch(() => {});
  mirrors[0].reject(new Error('mirror is down'));
  await nextTurn();
  assert.ok(
    !mirrors[1].signal.aborted,
    'One mirror failed, and the other one was aborted before it could deliver. Abort only when the search is over.',
  );
  mirrors[1].resolve('file');
  assert.equal(
    await outcomeOf(file),
    'file',
    'The first mirror failed, the second delivered: its file should be returned. Which combinator waits for the first success?',
  );
});

test('The others are stopped when a file is there', async () => {
  const mirrors = createMirrors(3);
  const file = fetchFastest(mirrors);
  mirrors[2].resolve('file');
  await outcomeOf(file);
  assert.ok(mirrors[0].signal.aborted, 'A file has arrived, and the other mirrors still work. Abort the signal that you gave them.');
});

test('If all fail, every reason is listed', async () => {
  const mirrors = createMirrors(2);
  const file = fetchFastest(mirrors);
  file.catch(() => {});
  mirrors[0].reject(new Error('down'));
  mirrors[1].reject(new Error('full'));
  const error = await outcomeOf(file);
  assert.ok(error instanceof AggregateError, 'When all mirrors fail, the promise should reject with an AggregateError.');
  assert.deepEqual(
    error.errors.map(({ message }) => message),
    ['down', 'full'],
    'The AggregateError should list the reason of each mirror in errors.',
  );
});
