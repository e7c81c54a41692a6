import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { portOf, same } from './beside-node.ts';

same('echo: order of all events', async ({ net: { connect, createServer } }, log) => {
  const server = createServer((socket) => {
    log('connection', socket.remoteFamily, socket.remoteAddress, socket.localAddress);
    socket.on('data', (data) => socket.write(`echo ${data.toString()}`));
    for (const event of ['end', 'finish', 'close'])
      socket.on(event, (value) => log('server side', event, value));
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
  await once(server, 'close');
});

same(
  'half-open: the server goes on writing after the end',
  async ({ net: { connect, createServer } }, log) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('data', (data) => log('server got', data.toString()));
      socket.on('end', () => {
        socket.write('late');
        setTimeout(() => socket.end('bye'), 5);
      });
    });
    server.listen(0);
    await once(server, 'listening');
    const socket = connect(portOf(server));
    socket.end('hi');
    socket.on('data', (data) => log('client got', data.toString()));
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

same('reset: the other side sees ECONNRESET', async ({ net: { connect, createServer } }, log) => {
  const server = createServer((socket) => {
    socket.on('error', (error) => log('server side', error.message));
    socket.on('close', (hadError) => log('server side closed', hadError));
    socket.resume();
  }).listen(0);
  await once(server, 'listening');
  const socket = connect(portOf(server));
  socket.on('close', (hadError) => log('client closed', hadError));
  await once(socket, 'connect');
  await sleep(10);
  socket.resetAndDestroy();
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
});

same(
  'writing to a closed socket fails with EPIPE the second time',
  async ({ net: { connect, createServer } }, log) => {
    const server = createServer((socket) => socket.destroy()).listen(0);
    await once(server, 'listening');
    const socket = connect({ port: portOf(server), allowHalfOpen: true }).resume();
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', (error) => log(error.message));
    await once(socket, 'end');
    for (let count = 0; count < 2; count++) {
      await sleep(5);
      socket.write('x', (error) => log('wrote', error?.message));
    }
    await closed;
    server.close();
  },
);

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
  const [error] = (await once(connect(80, 'nowhere.invalid'), 'error')) as [NodeJS.ErrnoException];
  log(error.message, error.code, error.errno);
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
