import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather } from './main.mjs';

const later = (value) => new Promise((resolve) => setImmediate(resolve, value));
const works = (name) => ({ name, ask: () => later(`${name} is here`) });
const fails = (name) => ({ name, ask: async () => Promise.reject(new Error('no answer')) });

test('Answers stand under the names of their services', async () => {
  const answers = await gather([works('users'), works('prices')]);
  assert.deepEqual(
    answers,
    { users: 'users is here', prices: 'prices is here' },
    'Return one object that has the answer of each service under its name.',
  );
});

test('All services are asked before the first has answered', async () => {
  const events = [];
  const service = (name) => ({
    name,
    async ask() {
      events.push('asked');
      await later();
      events.push('answered');
      return name;
    },
  });
  await gather([service('a'), service('b'), service('c')]);
  assert.deepEqual(
    events.slice(0, 3),
    ['asked', 'asked', 'asked'],
    'A service was asked only after another had answered. Start every request first, then wait for all of them together.',
  );
});

test('A service that fails does not take the others with it', async () => {
  const answers = await gather([works('users'), fails('prices')]).catch(() => 'a rejected promise');
  assert.deepEqual(
    answers,
    { users: 'users is here', prices: 'unavailable' },
    'One service failed, and the answer of the other was lost. Handle the failure of each request on its own.',
  );
});

test('Without services the result is empty', async () => {
  assert.deepEqual(await gather([]), {}, 'With no services, return an object with nothing in it.');
});
