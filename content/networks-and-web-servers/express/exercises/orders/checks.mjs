import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createShop } from './main.mjs';

const orders = new Map([[7, { id: 7, item: 'lamp' }]]);

/** Sends one request to a new shop. */
async function ask(path, { method = 'GET', store = {} } = {}) {
  const asked = [];
  const app = createShop({
    latest: async () => ({ id: 9, item: 'desk' }),
    find: async (id) => {
      asked.push(id);
      return orders.get(id);
    },
    ...store,
  });
  app.set('env', 'test'); // errors that nobody handles are not logged
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const res = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { method });
    const text = await res.text();
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      body = undefined; // no JSON
    }
    return { status: res.status, allow: res.headers.get('allow') ?? '', text, body, asked };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

test('The latest order', async () => {
  const { status, body } = await ask('/v1/orders/latest');
  assert.deepEqual(
    [status, body?.item],
    [200, 'desk'],
    'GET /v1/orders/latest answers with what store.latest() gives. If :id stands first, it takes the word "latest" for an id.',
  );
});

test('One order', async () => {
  const { status, body, asked } = await ask('/v1/orders/7');
  assert.deepEqual(asked, [7], 'Ask the store for the number 7. Parameters are strings: convert them.');
  assert.deepEqual([status, body?.item], [200, 'lamp'], 'GET /v1/orders/7 answers with the order, as JSON.');
});

test('A store that fails', async () => {
  const refuse = async () => {
    throw new Error('password of db-7 refused');
  };
  for (const path of ['/v1/orders/7', '/v1/orders/latest']) {
    const { status, body, text } = await ask(path, { store: { find: refuse, latest: refuse } });
    assert.deepEqual(
      [status, typeof body?.error],
      [500, 'string'],
      `GET ${path}: the store rejected its promise, and the answer is not 500 with an error in JSON. An error handler takes four parameters and stands behind all routes.`,
    );
    assert.doesNotMatch(text, /db-7/, 'The answer to the client contains the message of the store. Keep it for the log.');
  }
});

test('Orders that are not there', async () => {
  const missing = await ask('/v1/orders/8');
  assert.deepEqual(
    [missing.status, typeof missing.body?.error],
    [404, 'string'],
    'When the store gives undefined, answer 404, with a JSON object that has a text in error.',
  );
  for (const id of ['7up', '0x7', '7.0']) {
    const other = await ask(`/v1/orders/${id}`);
    assert.deepEqual(
      [other.status, typeof other.body?.error, other.asked],
      [404, 'string', []],
      `${id} does not consist of digits: answer 404 in JSON, and do not ask the store.`,
    );
  }
});

test('Other methods', async () => {
  const { status, allow, body } = await ask('/v1/orders/7', { method: 'DELETE' });
  assert.equal(status, 405, 'Any other method on an order gets 405.');
  assert.match(allow, /\bGET\b/, 'A 405 names in Allow what would work: GET.');
  assert.equal(typeof body?.error, 'string', 'The 405 is a JSON object with a text in error, too.');
});

test('Other paths', async () => {
  const { status, body } = await ask('/attic');
  assert.deepEqual(
    [status, typeof body?.error],
    [404, 'string'],
    'Every other path gets 404 as JSON; Express itself would send a page in HTML.',
  );
});
