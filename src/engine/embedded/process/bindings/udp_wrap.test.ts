import assert from 'node:assert/strict';
import realDgram from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import { caresWrap } from './cares_wrap.ts';
import { udpWrap } from './udp_wrap.ts';
import { libraryOn } from '../library-on.ts';

async function transcript({ createSocket }: typeof realDgram): Promise<string[]> {
  const lines: string[] = [];
  const server = createSocket('udp4');
  server.bind(0);
  await once(server, 'listening');
  const { address, family, port } = server.address();
  lines.push(`${address} ${family}`);
  server.on('message', (message, from) => {
    lines.push(`server got ${message.toString()} from ${from.address} ${from.family} ${from.size}`);
    server.send(`echo ${message.toString()}`, from.port, from.address);
  });
  const client = createSocket('udp4');
  client.send(['a', 'b'], port, 'localhost', (error, size) => lines.push(`sent ${size} ${error}`));
  const [reply] = (await once(client, 'message')) as [Buffer];
  lines.push(reply.toString());
  const inUse: NodeJS.ErrnoException = await new Promise((resolve) =>
    createSocket('udp4').on('error', resolve).bind(port),
  );
  lines.push(inUse.message.replace(String(port), 'PORT'));
  client.connect(port, '127.0.0.1');
  await once(client, 'connect');
  lines.push(client.remoteAddress().address);
  client.send('connected');
  const [second] = (await once(client, 'message')) as [Buffer];
  lines.push(second.toString());
  const tooLong: Error = await new Promise((resolve) =>
    client.send(Buffer.alloc(70_000), (error) => resolve(error ?? new Error('sent'))),
  );
  lines.push(tooLong.message.replace(String(port), 'PORT'));
  client.close();
  server.close(() => lines.push('closed'));
  await once(server, 'close');
  return lines;
}

test('datagrams go between sockets as between real ones', async () => {
  const modules = ['dgram', 'internal/dgram', 'dns', 'internal/dns/utils'];
  const library = libraryOn({ udp_wrap: udpWrap, cares_wrap: caresWrap }, modules);
  // Node's own module on our bindings: it exports what the real one exports.
  const ours = library.require('dgram') as unknown as typeof realDgram;
  assert.deepEqual(await transcript(ours), await transcript(realDgram));
  assert.equal(library.loop.references, 0);
});
