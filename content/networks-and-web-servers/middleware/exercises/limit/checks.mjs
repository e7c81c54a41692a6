import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import express from 'express';
import { limit } from './main.mjs';

let apps = 0;

/** An app whose routes /a and /b have limits of their own, with a clock that stands still unless it is moved. */
async function withApp(use) {
  apps += 1;
  const client = `192.0.2.${apps}`;
  const clock = { time: 1_004_000 };
  const now = () => clock.time;
  const served = [];
  const app = express();
  app.set('env', 'test');
  app.set('trust proxy', true);
  for (const path of ['/a', '/b']) {
    app.get(path, limit({ max: 2, seconds: 10, now }), (req, res) => {
      served.push(`${path} ${req.ip}`);
      if (!res.headersSent) res.send('ok');
    });
  }
  app.use((error, req, res, next) => {
    if (res.headersSent) return;
    res.status(500).send(error.message);
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ask = async (path, ip = client) => {
    const url = `http://127.0.0.1:${server.address().port}${path}`;
    const res = await fetch(url, {
      headers: { 'x-forwarded-for': ip },
      signal: AbortSignal.timeout(2000),
    }).catch(() => assert.fail('A request got no answer at all: answer 429, or call next().'));
    await res.text();
    return { status: res.status, retryAfter: res.headers.get('retry-after') };
  };
  try {
    await use({ ask, clock, served });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
const statuses = async (ask, ...requests) => {
  const found = [];
  for (const request of requests) found.push((await ask(...request)).status);
  return found;
};

test('Two requests pass, the third is refused', async () => {
  await withApp(async ({ ask }) => {
    assert.deepEqual(
      await statuses(ask, ['/a'], ['/a'], ['/a']),
      [200, 200, 429],
      'With max 2, the first two requests of a client go on, and the third gets 429.',
    );
  });
});

test('Refused means that the route does not run', async () => {
  await withApp(async ({ ask, served }) => {
    await statuses(ask, ['/a'], ['/a'], ['/a']);
    assert.equal(
      served.length,
      2,
      'The third request got 429, and yet its route ran. Answering does not end your function: return.',
    );
  });
});

test('Every client has a window of its own', async () => {
  await withApp(async ({ ask }) => {
    assert.deepEqual(
      await statuses(ask, ['/a'], ['/a'], ['/a', '198.51.100.1']),
      [200, 200, 200],
      'The first request of another client was refused. Count for each req.ip.',
    );
  });
});

test('Every limit counts for itself', async () => {
  await withApp(async ({ ask }) => {
    assert.deepEqual(
      await statuses(ask, ['/a'], ['/a'], ['/b']),
      [200, 200, 200],
      'Two requests to /a used up the limit of /b. Create the map inside limit(), so that each middleware has one.',
    );
  });
});

test('A window ends', async () => {
  await withApp(async ({ ask, clock }) => {
    await ask('/a');
    clock.time += 7_000;
    await ask('/a');
    clock.time += 3_000;
    assert.deepEqual(
      await statuses(ask, ['/a'], ['/a'], ['/a']),
      [200, 200, 429],
      'The window begins with the first request of the client and lasts 10 seconds. After that the client may make two requests again, and not more.',
    );
  });
});

test('Retry-After says when', async () => {
  await withApp(async ({ ask, clock }) => {
    await statuses(ask, ['/a'], ['/a']);
    clock.time += 6_600;
    const { retryAfter } = await ask('/a');
    assert.equal(
      retryAfter,
      '4',
      'The window ends in 3.4 seconds: Retry-After is 4, in whole seconds and rounded up.',
    );
  });
});
