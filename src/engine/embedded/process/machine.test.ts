import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import type { TestContext } from 'node:test';
import { Network } from '../frame/network.ts';
import { Loopback, Listener, type Connection } from './loopback.ts';
import { Machine } from './machine.ts';
import type { ByteStream } from './byte-stream.ts';

const machines: Machine[] = [];
afterEach(() => {
  for (const machine of machines.splice(0)) machine.end();
});

/** Processes of one frame, whose messages arrive later, in order. */
class TestFrame {
  readonly network = new Network();
  readonly machines: Machine[] = [];

  start(): Loopback {
    const process = this.machines.length;
    const loopback = new Loopback();
    const machine = new Machine(
      (request, [port]) => setImmediate(() => this.network.handle(process, request, asPort(port))),
      (...connection) => loopback.take(...connection),
    );
    this.machines.push(machine);
    machines.push(machine);
    loopback.machine = machine;
    this.network.join(process, (news, [port]) => setImmediate(() => machine.hear(news, asPort(port))));
    return loopback;
  }

  /** Ends a process without its doing anything for it. */
  kill(process: number): void {
    this.network.leave(process);
  }
}

/** What is transferred in these messages. */
function asPort(transferred: Transferable | undefined): MessagePort | undefined {
  return transferred instanceof MessagePort ? transferred : undefined;
}

function listen(loopback: Loopback, address: string, port: number): Listener {
  const local = loopback.resolveLocal('tcp', address, port);
  assert.ok(typeof local !== 'string');
  const listener = loopback.listen(local);
  assert.ok(listener instanceof Listener);
  return listener;
}

/** All messages that are on their way have arrived. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function connect(loopback: Loopback, address: string, port: number): Promise<Connection> {
  const connection = loopback.connect(address, port);
  assert.ok(typeof connection !== 'string');
  const failure = await new Promise((resolve) => {
    assert.ok(connection.whenSettled);
    connection.whenSettled(resolve);
  });
  assert.equal(failure, undefined);
  return connection;
}

/** Waits until a stream can be read, and reads. */
async function read(stream: ByteStream, limit = 65_536): Promise<string> {
  if (!stream.isReadable) await new Promise<void>((resolve) => (stream.changed = resolve));
  const bytes = stream.read(limit);
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString();
}

/** A frame with a server in one process, and both ends of a connection of another process to it. */
async function connected(): Promise<{
  frame: TestFrame;
  listener: Listener;
  client: ByteStream;
  server: ByteStream;
  other: Loopback;
}> {
  const frame = new TestFrame();
  const [first, other] = [frame.start(), frame.start()];
  const listener = listen(first, '::', 3000);
  await settled();
  const { stream: client } = await connect(other, '127.0.0.1', 3000);
  await settled();
  const server = listener.accept()?.stream;
  assert.ok(server);
  return { frame, listener, client, server, other };
}

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
