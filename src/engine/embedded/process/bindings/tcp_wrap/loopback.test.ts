import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { socketsOnOurs } from './beside-node.ts';
import { loopbackOf } from '../../loopback.ts';

test('tells the engine of servers, and lets it connect to them', async () => {
  const {
    library,
    net: { connect, createServer },
  } = socketsOnOurs();
  const events: string[] = [];
  const loopback = loopbackOf(library.realm);
  loopback.observe({
    onListen: (port) => events.push(`listen ${port}`),
    onClose: (port) => events.push(`close ${port}`),
    onUnreachable: (host) => events.push(`unreachable ${host}`),
  });
  const server = createServer((socket) => socket.end('hello')).listen(8080);
  await once(server, 'listening');
  const connection = loopback.connectToPort(8080);
  assert.ok(typeof connection !== 'string');
  const received = await new Promise<Buffer>((resolve) => {
    connection.stream.changed = () => {
      const bytes = connection.stream.read(100);
      if (typeof bytes !== 'string') resolve(Buffer.from(bytes));
    };
  });
  assert.equal(received.toString(), 'hello');
  connection.stream.close();
  server.close();
  await once(server, 'close');
  const [error] = (await once(connect(80, '203.0.113.1'), 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.message, 'connect ENETUNREACH 203.0.113.1:80 - Local (0.0.0.0:0)');
  assert.deepEqual(events, ['listen 8080', 'close 8080', 'unreachable 203.0.113.1']);
  assert.equal(loopback.connectToPort(8080), 'ECONNREFUSED');
});
