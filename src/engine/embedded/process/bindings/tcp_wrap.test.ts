import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { caresWrap } from './cares_wrap.ts';
import { httpParser } from './http_parser.ts';
import { pipeWrap } from './pipe_wrap.ts';
import { streamWrap } from './stream_wrap.ts';
import { tcpWrap } from './tcp_wrap.ts';
import { libraryOn } from '../library-on.ts';
import { loopbackOf } from '../loopback.ts';

const factories = {
  stream_wrap: streamWrap,
  tcp_wrap: tcpWrap,
  pipe_wrap: pipeWrap,
  cares_wrap: caresWrap,
  http_parser: httpParser,
};
const modules = ['net', 'internal/net', 'internal/stream_base_commons', 'dns', 'internal/dns/utils', 'http'];
const httpModules = ['agent', 'client', 'common', 'incoming', 'outgoing', 'server'].map(
  (name) => `_http_${name}`,
);

type Log = (...words: unknown[]) => void;
type Program = (modules: { net: typeof net; http: typeof http }, log: Log) => Promise<void>;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function run(program: Program, modulesOf: { net: typeof net; http: typeof http }): Promise<string[]> {
  const lines: string[] = [];
  await program(modulesOf, (...words) => lines.push(words.map(String).join(' ')));
  return lines;
}

/** Runs a program on our sockets and on real ones: both must log the same. */
function same(name: string, program: Program): void {
  test(name, async () => {
    const library = libraryOn(factories, [...modules, ...httpModules, 'internal/http']);
    // Node's own modules on our bindings: what they export is what the real ones export.
    const ours = {
      net: library.require('net') as unknown as typeof net,
      http: library.require('http') as unknown as typeof http,
    };
    const lines = await run(program, ours);
    assert.deepEqual(lines, await run(program, { net, http }));
    assert.ok(lines.length > 0);
    assert.equal(library.loop.references, 0, 'nothing keeps the process alive any more');
  });
}

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

same('a reader that waits holds the writer back', async ({ net: { connect, createServer } }, log) => {
  const size = 24 * 1024 * 1024;
  const server = createServer((socket) => {
    void (async () => {
      await sleep(20);
      let received = 0;
      for await (const chunk of socket) received += (chunk as Buffer).length;
      log('received', received);
    })();
  }).listen(0);
  await once(server, 'listening');
  const socket = connect(portOf(server));
  let isWritten = false;
  socket.end(Buffer.alloc(size), () => (isWritten = true));
  await sleep(10);
  log('written before anyone reads', isWritten);
  await once(socket, 'close');
  log('written', socket.bytesWritten, isWritten);
  server.close();
  await once(server, 'close');
});

same('encodings, writev and bytes read', async ({ net: { connect, createServer } }, log) => {
  const server = createServer((socket) => {
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    socket.on('end', () => log(Buffer.concat(chunks).toString('hex'), socket.bytesRead));
  }).listen(0);
  await once(server, 'listening');
  const socket = connect(portOf(server));
  for (const encoding of ['utf8', 'latin1', 'ascii', 'utf16le', 'base64', 'hex'] as const)
    socket.write('a1é€', encoding);
  await once(socket, 'connect');
  socket.write('é', 'latin1');
  socket.write('€', 'utf16le');
  socket.cork();
  socket.write('lone \ud800');
  socket.write(Buffer.from([1, 2, 3]));
  socket.uncork();
  socket.end();
  await once(socket, 'close');
  log(socket.bytesWritten);
  server.close();
});

same('a buffer can be changed after it is written', async ({ net: { connect, createServer } }, log) => {
  const server = createServer((socket) => {
    socket.on('data', (data) => log(data.toString()));
  }).listen(0);
  await once(server, 'listening');
  const socket = connect(portOf(server));
  await once(socket, 'connect');
  const bytes = Buffer.from('before');
  socket.write(bytes);
  bytes.fill('x');
  socket.end();
  await once(socket, 'close');
  server.close();
  await once(server, 'close');
});

same('a buffer of the program to read into', async ({ net: { connect, createServer } }, log) => {
  const server = createServer((socket) => socket.end('abcdefghij')).listen(0);
  await once(server, 'listening');
  const buffer = new Uint8Array(4);
  const callback = (length: number, bytes: Uint8Array): boolean => {
    log(length, Buffer.from(bytes.subarray(0, length)).toString());
    return true;
  };
  const socket = connect({ port: portOf(server), onread: { buffer, callback } });
  await once(socket, 'close');
  server.close();
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

same(
  'http: bodies, chunks, trailers, keep-alive, abort, timeout',
  async ({ http: { Agent, createServer, request } }, log) => {
    const server = createServer((incoming, response) => {
      void (async () => {
        log('request', incoming.method, incoming.url, incoming.headers['content-type']);
        for await (const chunk of incoming) log('chunk', chunk);
        if (incoming.url === '/abort') {
          response.write('part');
          setTimeout(() => response.destroy(), 5);
          return;
        }
        response.writeHead(201, 'Made', { 'content-type': 'text/plain' });
        response.addTrailers({ last: 'one' });
        response.write('first ');
        response.end('second');
      })();
    });
    server.listen(0);
    await once(server, 'listening');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (const [path, ...chunks] of [['/get'], ['/post', 'body'], ['/chunks', 'a', 'b', 'c'], ['/abort']]) {
      const options = { port: portOf(server), path, agent, method: chunks.length > 0 ? 'POST' : 'GET' };
      await new Promise<void>((resolve) => {
        const outgoing = request(options, (response) => {
          log('response', response.statusCode, response.statusMessage, Object.keys(response.headers));
          response.on('data', (data: Buffer) => log('data', data.toString()));
          response.on('end', () => log('end', JSON.stringify(response.trailers)));
          response.on('error', (error) => log(error.message));
          response.on('close', () => resolve());
        });
        for (const chunk of chunks) outgoing.write(chunk);
        outgoing.end();
      });
    }
    agent.destroy();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  },
);

same('http: a client that speaks no HTTP', async ({ net: { connect }, http: { createServer } }, log) => {
  const server = createServer().listen(0);
  server.on('clientError', (error, socket) => {
    log(error.message, 'code' in error && error.code);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await once(server, 'listening');
  const socket = connect({ port: portOf(server) }, () => socket.write('hello there\r\n\r\n'));
  socket.on('data', (data) => log(data.toString()));
  await once(socket, 'close');
  server.close();
});

same('http: an upgrade', async ({ http: { createServer, request } }, log) => {
  const server = createServer().listen(0);
  server.on('upgrade', (incoming, socket, head) => {
    log('upgrade', incoming.headers.upgrade, head.length);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nhi');
    socket.on('data', (data: Buffer) => socket.end(`got ${data.toString()}`));
  });
  await once(server, 'listening');
  const outgoing = request({ port: portOf(server), headers: { connection: 'Upgrade', upgrade: 'x' } }).end();
  await new Promise<void>((resolve) => {
    outgoing.on('upgrade', (response, socket, head) => {
      log(response.statusCode, head.toString());
      socket.on('data', (data: Buffer) => log(data.toString()));
      socket.on('close', () => resolve());
      socket.write('raw');
    });
  });
  server.close();
});

test('tells the engine of servers, and lets it connect to them', async () => {
  const library = libraryOn(factories, modules);
  const { createServer } = library.require('net') as unknown as typeof net;
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
  const { connect } = library.require('net') as unknown as typeof net;
  const [error] = (await once(connect(80, '203.0.113.1'), 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.message, 'connect ENETUNREACH 203.0.113.1:80 - Local (0.0.0.0:0)');
  assert.deepEqual(events, ['listen 8080', 'close 8080', 'unreachable 203.0.113.1']);
  assert.equal(loopback.connectToPort(8080), 'ECONNREFUSED');
});
