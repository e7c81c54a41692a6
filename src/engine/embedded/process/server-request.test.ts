import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import type * as Http from 'node:http';
import type * as Net from 'node:net';
import { test } from 'node:test';
import { caresWrap } from './bindings/cares_wrap.ts';
import { httpParser } from './bindings/http_parser.ts';
import { streamWrap } from './bindings/stream_wrap.ts';
import { tcpWrap } from './bindings/tcp_wrap.ts';
import { libraryOn } from './library-on.ts';
import { loopbackOf } from './loopback.ts';
import { OutsideRequest, concatenate } from './server-request.ts';
import type { ResponseHead } from '../../engine.ts';
import type { WireRequest } from '../protocol.ts';

const factories = {
  cares_wrap: caresWrap,
  http_parser: httpParser,
  stream_wrap: streamWrap,
  tcp_wrap: tcpWrap,
};
const modules = ['net', 'internal/net', 'internal/stream_base_commons', 'http', 'internal/http'];
const httpModules = ['agent', 'client', 'common', 'incoming', 'outgoing', 'server'].map(
  (name) => `_http_${name}`,
);
const { realm, require } = libraryOn(factories, [...modules, ...httpModules]);
const loopback = loopbackOf(realm);
// Node's own modules on our bindings: they export what the real ones export.
const { createServer } = require('http') as unknown as typeof Http;
const net = require('net') as unknown as typeof Net;

interface Answer extends ResponseHead {
  readonly body: Uint8Array;
}

/** Sends a request and takes all that comes back. */
function send(request: Partial<WireRequest> = {}): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  let head: ResponseHead | undefined;
  const pieces: Uint8Array[] = [];
  const whole = { method: 'GET', path: '/', headers: {}, ...request };
  const sent: OutsideRequest = new OutsideRequest(loopback, 3000, whole, {
    onHead(given) {
      head = given;
      queueMicrotask(() => sent.pull());
    },
    onBody(bytes) {
      pieces.push(bytes);
      queueMicrotask(() => sent.pull());
    },
    onEnd() {
      if (head) resolve({ ...head, body: concatenate(pieces) });
    },
    onFailure: (message) => reject(new Error(message)),
  });
  return promise;
}

async function answer(listener: RequestListener, request: Partial<WireRequest> = {}) {
  const server = createServer(listener).listen(3000);
  await once(server, 'listening');
  try {
    const response = await send(request);
    const { date, ...headers } = Object.fromEntries(
      response.headers.map(([name, value]) => [name.toLowerCase(), value]),
    );
    assert.ok(date === undefined || date.endsWith('GMT'));
    return { ...response, headers, body: Buffer.from(response.body).toString() };
  } finally {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
}

test('a request with a body is answered', async () => {
  const response = await answer(
    (incoming, outgoing) => {
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) =>
        outgoing.write(`${incoming.method} ${incoming.url} ${incoming.headers.host} ${chunk}`),
      );
      incoming.on('end', () => outgoing.end('.'));
      outgoing.writeHead(201, 'Made it', { 'X-One': 'a  ' });
    },
    { method: 'POST', path: '/p?q=1', headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('hellö') },
  );
  assert.deepEqual(response, {
    status: 201,
    statusText: 'Made it',
    headers: { 'x-one': 'a', connection: 'close', 'transfer-encoding': 'chunked' },
    body: 'POST /p?q=1 localhost:3000 hellö.',
  });
});

test('an empty body has a length where the method means one', async () => {
  const rawHeaders = async (method: string) => {
    const { body } = await answer((incoming, outgoing) => outgoing.end(incoming.rawHeaders.join()), {
      method,
      headers: { 'X-Tag': 'one' },
    });
    return body;
  };
  const [host, end] = ['Host,localhost:3000,X-Tag,one', 'Connection,close'];
  assert.equal(await rawHeaders('POST'), `${host},Content-Length,0,${end}`);
  assert.equal(await rawHeaders('DELETE'), `${host},${end}`);
});

test('a HEAD request, early hints, and a large body', async () => {
  const head = await answer((_, outgoing) => outgoing.setHeader('Content-Length', 8).end('not sent'), {
    method: 'HEAD',
  });
  assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '8', '']);
  const large = await answer((_, outgoing) => {
    outgoing.writeEarlyHints({ link: '</a.css>; rel=preload' });
    outgoing.end('x'.repeat(10_000_000));
  });
  assert.deepEqual([large.status, large.body.length], [200, 10_000_000]);
});

test('no server, no answer, no HTTP', async () => {
  await assert.rejects(send(), /Nothing listens on port 3000/);
  await assert.rejects(
    answer((_, outgoing) => outgoing.destroy()),
    /closed the connection/,
  );
  const server = net.createServer((socket) => socket.end('hello\r\n')).listen(3000);
  await once(server, 'listening');
  await assert.rejects(send(), /not HTTP \(HPE_INVALID_CONSTANT/);
  server.close();
});

test('a piece of the body comes for each that is asked for, and an answer that breaks off fails', async () => {
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n0123456789');
      setImmediate(() => socket.destroy());
    });
  });
  server.listen(3000);
  await once(server, 'listening');
  const log: string[] = [];
  const head = Promise.withResolvers<void>();
  const piece = Promise.withResolvers<void>();
  const failure = Promise.withResolvers<string>();
  const request = new OutsideRequest(
    loopback,
    3000,
    { method: 'GET', path: '/', headers: {} },
    {
      onHead: () => head.resolve(),
      onBody(bytes) {
        log.push(Buffer.from(bytes).toString());
        piece.resolve();
      },
      onEnd: () => log.push('end'),
      onFailure: failure.resolve,
    },
  );
  await head.promise;
  assert.deepEqual(log, []);
  request.pull();
  await piece.promise;
  request.pull();
  assert.match(await failure.promise, /broke the connection off|before the end of its answer/);
  assert.deepEqual(log, ['0123456789']);
  server.close();
});
