import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { inOrder, portOf, same, socketsOnOurs, type Program } from './beside-node.ts';

const echo: Program = async ({ net: { connect, createServer } }, log, far) => {
  const served = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    far('connection', socket.remoteFamily, socket.remoteAddress, socket.localAddress);
    let heard = '';
    socket.on('data', (data) => {
      heard += data.toString();
      if (heard === 'one two') socket.write(`echo ${heard}`);
    });
    for (const event of ['end', 'finish', 'close'])
      socket.on(event, (value) => far('server side', event, value));
    socket.on('close', () => served.resolve());
  });
  server.on('close', () => log('server closed'));
  server.listen(0, () => {
    log('listening', (server.address() as AddressInfo).family, (server.address() as AddressInfo).address);
    const socket = connect(portOf(server), '127.0.0.1');
    for (const event of ['connect', 'ready', 'end', 'finish']) socket.on(event, () => log('client', event));
    socket.on('connect', () => {
      socket.write('one ');
      socket.write('two');
    });
    socket.on('data', (data) => {
      log('client', data.toString());
      socket.end(() => log('end called back'));
    });
    socket.on('close', (hadError) => {
      log('client closed', hadError);
      server.close();
    });
  });
  await Promise.all([once(server, 'close'), served.promise]);
};

same('echo: order of the events at each end', echo);

inOrder('echo: order of all events', echo, [
  'listening IPv6 ::',
  'connection IPv6 ::ffff:127.0.0.1 ::ffff:127.0.0.1',
  'client connect',
  'client ready',
  'client echo one two',
  'end called back',
  'client finish',
  'server side end undefined',
  'server side finish undefined',
  'server side close false',
  'client end',
  'client closed false',
  'server closed',
]);

same(
  'half-open: the server goes on writing after the end',
  async ({ net: { connect, createServer } }, log) => {
    const heard = Promise.withResolvers<void>();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (data) => log('server got', data.toString()));
      socket.on('end', () => {
        socket.write('late');
        void heard.promise.then(() => socket.end('bye'));
      });
    });
    server.listen(0);
    await once(server, 'listening');
    const socket = connect(portOf(server));
    socket.end('hi');
    socket.on('data', (data) => {
      log('client got', data.toString());
      heard.resolve();
    });
    await once(socket, 'close');
    server.close();
  },
);

same('refused, in use, unreachable, not an address', async ({ net: { connect, createServer } }, log) => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const port = portOf(server);
  const failure = (error: NodeJS.ErrnoException): void =>
    log(error.message.replaceAll(String(port), 'PORT'), error.code, error.errno, error.syscall);
  for (const host of ['::', '0.0.0.0', '127.0.0.1']) {
    const [error] = (await once(createServer().listen(port, host), 'error')) as [NodeJS.ErrnoException];
    failure(error);
  }
  const [notOurs] = (await once(createServer().listen(port, '192.0.2.1'), 'error')) as [
    NodeJS.ErrnoException,
  ];
  failure(notOurs);
  server.close();
  await once(server, 'close');
  const [refused] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
  failure(refused);
});

same('reset: the other side sees ECONNRESET', async ({ net: { connect, createServer } }, log, far) => {
  const [accepted, served] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const server = createServer((socket) => {
    socket.on('error', (error) => far('server side', error.message));
    socket.on('close', (hadError) => {
      far('server side closed', hadError);
      served.resolve();
    });
    socket.resume();
    accepted.resolve();
  }).listen(0);
  await once(server, 'listening');
  const socket = connect(portOf(server));
  socket.on('close', (hadError) => log('client closed', hadError));
  await Promise.all([once(socket, 'connect'), accepted.promise]);
  socket.resetAndDestroy();
  await Promise.all([once(socket, 'close'), served.promise]);
  server.close();
  await once(server, 'close');
});

/** Resolves with how often it wrote to a socket that was closed. */
async function writeUntilItFails(
  { net: { connect, createServer } }: Parameters<Program>[0],
  log: Parameters<Program>[1],
): Promise<number> {
  const server = createServer((socket) => socket.destroy()).listen(0);
  await once(server, 'listening');
  const socket = connect({ port: portOf(server), allowHalfOpen: true }).resume();
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', (error) => log(error.message));
  await once(socket, 'end');
  const write = (): Promise<boolean> =>
    new Promise((resolve) => {
      socket.write('x', (error) => {
        if (error) log('wrote', error.message);
        resolve(!error);
      });
    });
  let count = 1;
  log('wrote once', await write());
  do count += 1;
  while (await write());
  await closed;
  server.close();
  return count;
}

// A kernel hears in its own time that the first was refused.
same('writing to a closed socket succeeds, then fails with EPIPE', async (sockets, log) => {
  await writeUntilItFails(sockets, log);
});

test('writing to a closed socket fails the second time', async () => {
  assert.equal(await writeUntilItFails(socketsOnOurs(), () => {}), 2);
});

same('names and families', async ({ net: { connect, createServer } }, log) => {
  for (const host of ['localhost', '127.0.0.1', '0.0.0.0', undefined]) {
    const server = createServer().listen(0, host);
    await once(server, 'listening');
    const { address, family } = server.address() as AddressInfo;
    const socket = connect(portOf(server), host === '0.0.0.0' ? '0.0.0.0' : 'localhost');
    await once(socket, 'connect');
    log(host, address, family, socket.remoteAddress, socket.remoteFamily, socket.localAddress);
    socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

test('a name that nobody has', async () => {
  const { connect } = socketsOnOurs().net;
  const [error] = (await once(connect(80, 'nowhere.invalid'), 'error')) as [NodeJS.ErrnoException];
  assert.deepEqual(
    [error.message, error.code, error.errno],
    ['getaddrinfo ENOTFOUND nowhere.invalid', 'ENOTFOUND', -3008],
  );
});

same(
  'closing a server while a connection waits, and a socket while it connects',
  async ({ net: { connect, createServer } }, log) => {
    const server = createServer(() => log('accepted')).listen(0);
    await once(server, 'listening');
    const socket = connect(portOf(server));
    socket.on('connect', () => log('connected'));
    socket.destroy();
    await once(socket, 'close');
    server.close();
    await once(server, 'close');
    log('closed');
  },
);
