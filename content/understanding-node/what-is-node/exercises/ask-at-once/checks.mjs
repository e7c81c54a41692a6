import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gather } from './main.mjs';

const later = (value) => new Promise((resolve) => setImmediate(resolve, value));
const works = (name) => ({ name, ask: () => later(`${name} is here`) });
/** What a learner reads whose program leaves the rejection alone until later. */
const unhandled =
  'One service failed, and when it did, nothing handled its promise yet. Handle each promise where you make it, or pass all of them to Promise.allSettled at once.';
const fails = (name) => ({
  name,
  ask: async () => Promise.reject(new assert.AssertionError({ message: unhandled })),
});

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
  const stock = { name: 'stock', ask: () => later(0) };
  const services = [works('users'), stock, fails('prices')];
  const answers = await gather(services).catch(() => 'a rejected promise');
  assert.equal(
    answers?.users,
    'users is here',
    'One service failed, and the answer of the other was lost. Handle the failure of each request on its own.',
  );
  assert.equal(
    answers?.stock,
    0,
    'A service answered 0, and that is an answer. Only a rejected promise means unavailable.',
  );
  assert.equal(
    answers?.prices,
    'unavailable',
    "A promise was rejected. Put the text 'unavailable' under the name of that service.",
  );
});

test('Without services the result is empty', async () => {
  assert.deepEqual(await gather([]), {}, 'With no services, return an object with nothing in it.');
});
