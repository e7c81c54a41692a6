import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { ConnectionMessage } from '../network-protocol.ts';
import { Listener } from './listener.ts';
import { Machine } from './machine.ts';
import { TestFrame, connect, connected, endMachines, listen, read, settled } from './test-frame.ts';

afterEach(endMachines);

test('a program reaches the server of another, and both know where they are', async () => {
  const frame = new TestFrame();
  const first = frame.start();
  const listener = listen(first, '::', 3000);
  await settled();
  const second = frame.start();
  await settled();
  assert.equal(second.connect('127.0.0.1', 3001), 'ECONNREFUSED');
  const { stream: client, local, remote } = await connect(second, '127.0.0.1', 3000);
  assert.deepEqual(remote, { family: 4, address: '127.0.0.1', port: 3000 });
  await settled();
  const accepted = listener.accept();
  assert.ok(accepted);
  assert.deepEqual(accepted.remote, { ...local, family: 6, address: '::ffff:127.0.0.1' });
  client.write(Buffer.from('ping'));
  assert.equal(await read(accepted.stream), 'ping');
  accepted.stream.write(Buffer.from('pong'));
  assert.equal(await read(client), 'pong');
});

test('an address is in use on the whole machine, until its server closes or its process ends', async () => {
  const frame = new TestFrame();
  const [first, second] = [frame.start(), frame.start()];
  const listener = listen(first, '::', 3000);
  listen(first, '127.0.0.1', 3001);
  await settled();
  const inUse = { family: 4, address: '0.0.0.0', port: 3000 } as const;
  assert.equal(second.listen(inUse), 'EADDRINUSE');
  listen(second, '127.0.0.2', 3001);
  listener.close();
  await settled();
  listen(second, '0.0.0.0', 3000);
  frame.kill(0);
  await settled();
  listen(second, '127.0.0.1', 3001);
});

test('port 0 is a port that no other program has', async () => {
  const frame = new TestFrame();
  const [first, second] = [frame.start(), frame.start()];
  const taken = new Set<number>();
  for (let count = 0; count < 500; count++) {
    const local = first.resolveLocal('tcp', '::', 0);
    assert.ok(typeof local !== 'string');
    assert.ok(first.listen(local) instanceof Listener);
    taken.add(local.port);
  }
  await settled();
  for (let port = 32_768; port <= 60_999; port++) {
    const local = second.resolveLocal('tcp', '::', 0);
    assert.ok(typeof local !== 'string' && !taken.has(local.port));
  }
});

test('a direction is ended by itself, a connection by both', async () => {
  const { client, server } = await connected();
  client.write(Buffer.from('question'));
  client.end();
  assert.equal(await read(server), 'question');
  assert.equal(await read(server), 'EOF');
  server.write(Buffer.from('answer'));
  server.close();
  assert.equal(await read(client), 'answer');
  assert.equal(await read(client), 'EOF');
});

test('a reset is seen at the other end', async () => {
  const { client, server } = await connected();
  server.reset();
  assert.equal(await read(client), 'ECONNRESET');
});

test('closing with bytes unread is a reset', async () => {
  const { client, server } = await connected();
  client.write(Buffer.from('unread'));
  await settled();
  server.close();
  assert.equal(await read(client), 'ECONNRESET');
});

test('writing to an end that was closed fails in the end', async () => {
  const { client, server } = await connected();
  client.close();
  assert.equal(await read(server), 'EOF');
  server.write(Buffer.from('too late'));
  await settled();
  server.write(Buffer.from('too late'));
  await settled();
  assert.equal(server.write(Buffer.from('too late')), 'EPIPE');
});

test('a writer waits for a reader, and all bytes arrive in order', async () => {
  const { client, server } = await connected();
  const size = 20 * 1024 * 1024;
  const sent = Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz');
  let written = 0;
  const write = (): void => {
    for (;;) {
      const count = client.write(sent.subarray(written, written + 100_000));
      assert.ok(typeof count === 'number');
      written += count;
      if (count === 0 || written === size) return;
    }
  };
  client.changed = write;
  write();
  await settled();
  assert.ok(written < size / 2, 'nobody reads');
  const received: Uint8Array[] = [];
  for (let total = 0; total < size;) {
    if (!server.isReadable) await new Promise<void>((resolve) => (server.changed = resolve));
    const bytes = server.read(65_536);
    assert.ok(typeof bytes !== 'string');
    received.push(bytes);
    total += bytes.length;
  }
  assert.ok(Buffer.concat(received).equals(sent));
});

test('what a program has sent arrives, although the program ends', async () => {
  const { frame, client, server, other } = await connected();
  const size = 4 * 1024 * 1024;
  assert.equal(server.write(Buffer.alloc(size)), size);
  frame.machines[0]?.end();
  let received = 0;
  for (;;) {
    if (!client.isReadable) await new Promise<void>((resolve) => (client.changed = resolve));
    const bytes = client.read(65_536);
    if (typeof bytes === 'string') {
      assert.equal(bytes, 'EOF');
      break;
    }
    received += bytes.length;
  }
  assert.equal(received, size);
  await settled();
  assert.equal(other.connect('127.0.0.1', 3000), 'ECONNREFUSED');
});

test('a program that ends is no server any more before its connections end', ({ mock }) => {
  const told: string[] = [];
  const machine = new Machine(
    ({ type }) => told.push(type),
    () => true,
  );
  const local = { family: 4, address: '127.0.0.1', port: 3000 } as const;
  machine.announce({ local, isIpv6Only: false, isShared: false });
  const { port1 } = new MessageChannel();
  mock.method(port1, 'postMessage', ({ type }: ConnectionMessage) => told.push(type));
  machine.hear({ type: 'incoming', process: 1, target: local, from: { ...local, port: 40_000 } }, port1);
  machine.end();
  assert.deepEqual(told, ['server-up', 'server-down', 'end', 'ended']);
});

test('a program that is killed ends its connections', async () => {
  const { frame, client, server } = await connected();
  server.write(Buffer.from('last words'));
  await settled();
  frame.kill(0);
  assert.equal(await read(client), 'last words');
  assert.equal(await read(client), 'EOF');
});

test('a connection that is made while its server goes is refused', async () => {
  const frame = new TestFrame();
  const [first, second] = [frame.start(), frame.start()];
  listen(first, '127.0.0.1', 3000);
  await settled();
  frame.kill(0);
  const connection = second.connect('127.0.0.1', 3000);
  assert.ok(typeof connection !== 'string');
  assert.equal(await new Promise((resolve) => connection.whenSettled?.(resolve)), 'ECONNREFUSED');
});
