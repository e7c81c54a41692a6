import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { portOf, same } from './beside-node.ts';

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
