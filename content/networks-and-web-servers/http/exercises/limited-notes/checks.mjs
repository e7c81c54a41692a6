import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { createNotes } from './main.mjs';

/** Runs `visit` against a server with a limit of ten bytes. */
async function withServer(visit) {
  const server = createNotes(10);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await visit(server.address().port, server);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Sends the parts of a body one by one; several parts go out in chunks, without a length. */
function send(method, path, ...parts) {
  return withServer(async (port) => {
    const sent = request({ host: '127.0.0.1', port, method, path, agent: false });
    const last = parts.pop();
    for (const part of parts) sent.write(part);
    sent.end(last);
    const [response] = await once(sent, 'response');
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  });
}

test('POST /notes keeps a note', async () => {
  const { status, body } = await send('POST', '/notes', 'buy milk');
  assert.deepEqual(
    [status, body],
    [201, 'buy milk'],
    'Read the whole body, then answer 201 and send the note back.',
  );
});

test('Other paths are not there', async () => {
  const { status } = await send('GET', '/attic');
  assert.equal(status, 404, 'A path other than /notes gets 404.');
});

test('Other methods are named as not allowed', async () => {
  const { status, headers } = await send('DELETE', '/notes');
  assert.deepEqual(
    [status, headers.allow],
    [405, 'POST'],
    'Any method but POST on /notes gets 405, with a header Allow that says POST.',
  );
});

test('A body in chunks is limited too', async () => {
  const { status } = await send('POST', '/notes', 'buy ', 'milk ', 'and bread');
  assert.equal(
    status,
    413,
    'The body came in chunks, so it had no Content-Length, and all of it was accepted. Count what arrives.',
  );
});

test('The limit counts bytes', async () => {
  const { status } = await send('POST', '/notes', 'éééééé');
  assert.equal(
    status,
    413,
    'Six times é are twelve bytes, but only six characters. The limit is one of bytes: count them before you decode.',
  );
});

test('A note of exactly ten bytes fits', async () => {
  const { status } = await send('POST', '/notes', '0123456789');
  assert.equal(status, 201, 'A limit of ten bytes allows ten of them.');
});

test('A body that is too large is refused before it ends', async () => {
  const status = await withServer(async (port) => {
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/notes', agent: false });
    sent.on('error', () => {});
    sent.write('twenty bytes of text'); // and no end
    const patience = { signal: AbortSignal.timeout(2000) };
    const [response] = await once(sent, 'response', patience).catch(() => [undefined]);
    sent.destroy();
    return response?.statusCode;
  });
  assert.equal(
    status,
    413,
    'Twenty bytes had arrived, the body went on, and no answer came. Answer 413 as soon as the limit is passed.',
  );
});

test('A client may leave in the middle of its body', async () => {
  const failure = await withServer(async (port, server) => {
    const [handler] = server.listeners('request');
    server.removeAllListeners('request');
    const { promise, resolve } = Promise.withResolvers();
    server.on('request', async (req, res) => {
      res.on('close', () => setTimeout(resolve, 300)); // for handlers that never settle
      setImmediate(() => sent.destroy());
      try {
        await handler.call(server, req, res);
        resolve();
      } catch (error) {
        resolve(error);
      }
    });
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/notes', agent: false });
    sent.on('error', () => {});
    sent.write('buy');
    return promise;
  });
  assert.equal(
    failure,
    undefined,
    'The client left before its body was complete, and the promise of your handler was rejected. In a server that ends the process: put a try around the reading.',
  );
});
