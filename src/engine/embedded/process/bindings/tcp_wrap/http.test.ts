import { once } from 'node:events';
import { portOf, same } from './beside-node.ts';

same(
  'http: bodies, chunks, trailers, keep-alive, abort, timeout',
  async ({ http: { Agent, createServer, request } }, log) => {
    // It closes no connection that it keeps, however late the next request is.
    const server = createServer({ keepAliveTimeout: 600_000 }, (incoming, response) => {
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
