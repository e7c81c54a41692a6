import assert from 'node:assert/strict';
import type net from 'node:net';
import { test } from 'node:test';
import type tls from 'node:tls';
import { caresWrap } from './cares_wrap.ts';
import { secureContextMembers } from './crypto/secure-context.ts';
import { pipeWrap } from './pipe_wrap.ts';
import { streamWrap } from './stream_wrap.ts';
import { tcpWrap } from './tcp_wrap.ts';
import { tlsWrap } from './tls_wrap.ts';
import { libraryOn } from '../library-on.ts';

const tlsModules = ['wrap', 'common', 'secure-context'].map((name) => `internal/tls/${name}`);
const netModules = ['net', 'internal/net', 'internal/stream_base_commons', 'dns', 'internal/dns/utils'];

function load(): { tls: typeof tls; references(): number } {
  const library = libraryOn(
    {
      cares_wrap: caresWrap,
      crypto: (realm, shape) => ({ ...shape, ...secureContextMembers(realm, shape) }),
      pipe_wrap: pipeWrap,
      stream_wrap: streamWrap,
      tcp_wrap: tcpWrap,
      tls_wrap: tlsWrap,
    },
    ['tls', ...tlsModules, ...netModules],
  );
  // Node's own module on our bindings: it exports what the real one exports.
  return { tls: library.require('tls') as unknown as typeof tls, references: () => library.loop.references };
}

const errorOf = (emitter: net.Socket | tls.Server, event: string): Promise<NodeJS.ErrnoException> =>
  new Promise((resolve) => emitter.once(event, resolve));

test('a connection is refused before anyone speaks of TLS', async () => {
  const { tls } = load();
  const error = await errorOf(tls.connect(1, '127.0.0.1'), 'error');
  assert.equal(error.message, 'connect ECONNREFUSED 127.0.0.1:1');
});

test('a connection that is made says on both sides that there is no TLS', async () => {
  const { tls, references } = load();
  const server = tls.createServer({});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const heard = errorOf(server, 'tlsClientError');
  const client = tls.connect(port, '127.0.0.1', { servername: 'example.org', ALPNProtocols: ['http/1.1'] });
  client.write('x');
  const error = await errorOf(client, 'error');
  assert.match(error.message, /^TLS \(node:tls, node:https\) is not available/);
  assert.match((await heard).message, /^TLS \(node:tls, node:https\) is not available/);
  await new Promise((resolve) => server.close(resolve));
  assert.equal(references(), 0);
});
