/** For tests only: programs of `net` and `http` on our sockets and on real ones. */
import assert from 'node:assert/strict';
import http from 'node:http';
import net, { type AddressInfo, type Server } from 'node:net';
import { test } from 'node:test';
import { caresWrap } from '../cares_wrap.ts';
import { httpParser } from '../http_parser.ts';
import { pipeWrap } from '../pipe_wrap.ts';
import { streamWrap } from '../stream_wrap.ts';
import { tcpWrap } from '../tcp_wrap.ts';
import { assertSame } from '../oracle.ts';
import { libraryOn, type Library } from '../../library-on.ts';

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

interface Sockets {
  readonly net: typeof net;
  readonly http: typeof http;
}

type Program = (sockets: Sockets, log: (...words: unknown[]) => void) => Promise<void>;

/** The port that a server listens on. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A library of its own on our sockets, and its `net` and `http`. */
export function socketsOnOurs(): Sockets & { readonly library: Library } {
  const library = libraryOn(factories, [...modules, ...httpModules, 'internal/http']);
  // Node's own modules on our bindings: what they export is what the real ones export.
  return {
    library,
    net: library.require('net') as unknown as typeof net,
    http: library.require('http') as unknown as typeof http,
  };
}

async function transcript(program: Program, sockets: Sockets): Promise<string[]> {
  const lines: string[] = [];
  await program(sockets, (...words) => lines.push(words.map(String).join(' ')));
  return lines;
}

/** A test: runs a program on our sockets and on real ones; both must log the same. */
export function same(name: string, program: Program): void {
  test(name, async () => {
    const { library, ...ours } = socketsOnOurs();
    const lines = await assertSame(ours, { net, http }, (sockets) => transcript(program, sockets));
    assert.ok(lines.length > 0);
    assert.equal(library.loop.references, 0, 'nothing keeps the process alive any more');
  });
}
