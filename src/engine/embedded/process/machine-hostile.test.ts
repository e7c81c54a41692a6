import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { TestContext } from 'node:test';
import { Network } from '../frame/network.ts';
import type { ByteStream } from './byte-stream.ts';
import { TestFrame, endMachines, listen, read, settled } from './test-frame.ts';

afterEach(endMachines);

/** A process that has one end of a connection, and says what it wants. */
async function hostile(): Promise<{ port: MessagePort; server: ByteStream }> {
  const frame = new TestFrame();
  const listener = listen(frame.start(), '127.0.0.1', 3000);
  frame.network.join(9, () => {});
  await settled();
  const { port1, port2 } = new MessageChannel();
  const target = { family: 4, address: '127.0.0.1', port: 3000 };
  frame.network.handle(9, { type: 'dial', id: 1, from: { ...target, port: 9 }, target }, port2);
  await settled();
  const server = listener.accept()?.stream;
  assert.ok(server);
  return { port: port1, server };
}

for (const message of [
  null,
  { type: 'bytes', bytes: 'text' },
  { type: 'taken', count: -1 },
  { type: 'more' },
])
  test(`a stranger's message resets the connection: ${JSON.stringify(message)}`, async () => {
    const { port, server } = await hostile();
    port.postMessage(message);
    assert.equal(await read(server), 'ECONNRESET');
  });

test('a stranger that does not wait is cut off', async () => {
  const { port, server } = await hostile();
  for (let count = 0; count < 100; count++)
    port.postMessage({ type: 'bytes', bytes: new Uint8Array(256 * 1024) });
  const end = new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<{ type: string }>) => data.type === 'reset' && resolve(data);
  });
  await end;
  server.close();
});

test('what is no request does nothing', async (t: TestContext) => {
  const network = new Network();
  const tell = t.mock.fn();
  network.join(1, () => {});
  network.join(2, tell);
  const local = { family: 4, address: '127.0.0.1', port: 80 };
  const requests = [
    null,
    { type: 'server-up' },
    { type: 'server-up', server: { local: { ...local, address: 'localhost' } } },
    { type: 'server-up', server: { local: { ...local, address: '127.0.0.01' } } },
    { type: 'server-up', server: { local: { ...local, port: 65_536 } } },
    { type: 'server-down', local },
    { type: 'dial', id: 1, from: local, target: local },
    Object.create({ type: 'server-up', server: { local } }),
  ];
  for (const request of requests) network.handle(1, request, undefined);
  network.handle(3, { type: 'server-up', server: { local } }, undefined);
  assert.equal(tell.mock.callCount(), 0);
  for (let port = 1; port <= 2000; port++)
    network.handle(1, { type: 'server-up', server: { local: { ...local, port } } }, undefined);
  assert.equal(tell.mock.callCount(), 1000);
});
