import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { test } from 'node:test';
import { caresWrap } from '../cares_wrap.ts';
import { udpWrap } from '../udp_wrap.ts';
import { libraryOn } from '../../library-on.ts';

interface Modules {
  readonly dns: typeof dns;
  readonly dgram: typeof dgram;
}

const dnsModules = ['dns', 'internal/dns/utils', 'internal/dns/callback_resolver', 'internal/dns/promises'];
const dgramModules = ['dgram', 'internal/dgram'];

/** What a program sees of DNS servers of its own. */
async function transcript({
  dns: { promises, Resolver },
  dgram: { createSocket },
}: Modules): Promise<unknown[]> {
  const server = createSocket('udp4');
  server.on('message', (question, { port, address }) => {
    const name = question.subarray(12, -4).toString('latin1');
    if (name.startsWith('\x04mute')) return;
    const code = name.startsWith('\x04gone') ? 3 : 0;
    const reply = Buffer.concat([question, Buffer.from('c00c000100010000003c00047f000005', 'hex')]);
    reply.writeUInt16BE(0x8180 | code, 2);
    reply.writeUInt16BE(code === 0 ? 1 : 0, 6);
    server.send(code === 0 ? reply : reply.subarray(0, question.length), port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  // Who is answered waits as long as that takes.
  const resolver = new promises.Resolver({ timeout: 600_000, tries: 1 });
  const hasty = new promises.Resolver({ timeout: 20, tries: 1 });
  for (const each of [resolver, hasty])
    each.setServers(['127.0.0.1:9', `127.0.0.1:${server.address().port}`]);
  const seen: unknown[] = [];
  const note = (answer: Promise<unknown>): Promise<void> =>
    answer.then(
      (value) => void seen.push(value),
      (error: unknown) => void seen.push(String(error)),
    );
  await note(resolver.resolve4('x.org'));
  await note(resolver.resolve4('x.org', { ttl: true }));
  await note(resolver.resolveMx('x.org'));
  await note(resolver.resolve4('gone.org'));
  await note(hasty.resolve4('mute.org'));
  await note(resolver.resolve4('a..b'));
  await note(resolver.resolve4('some.onion'));
  const waiting = note(resolver.resolve4('mute.org'));
  resolver.cancel();
  await waiting;
  const callback = new Resolver({ timeout: 600_000 });
  callback.setServers(['127.0.0.1:9']);
  await new Promise((resolve) =>
    callback.resolve4('x.org', (error) => resolve(seen.push(error?.code, error?.message))),
  );
  server.close();
  return seen;
}

test('servers are asked as c-ares asks them', async () => {
  const library = libraryOn({ cares_wrap: caresWrap, udp_wrap: udpWrap }, [...dnsModules, ...dgramModules]);
  // Node's own modules on our bindings: they export what the real ones export.
  const ours = library.require('dns') as unknown as typeof dns;
  const sockets = library.require('dgram') as unknown as typeof dgram;
  assert.deepEqual(await transcript({ dns: ours, dgram: sockets }), await transcript({ dns, dgram }));
  assert.equal(library.loop.references, 0);
});
