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

type Log = (...words: unknown[]) => void;

/** `far` logs what the other end of a connection sees: how both ends take turns is up to the system. */
export type Program = (sockets: Sockets, log: Log, far: Log) => Promise<void>;

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

const logTo =
  (lines: string[]): Log =>
  (...words) =>
    lines.push(words.map(String).join(' '));

/** What each end of a connection sees, one after the other. */
async function transcript(program: Program, sockets: Sockets): Promise<string[]> {
  const [near, far]: [string[], string[]] = [[], []];
  await program(sockets, logTo(near), logTo(far));
  return [...near, ...far];
}

/** A test: runs a program on our sockets, where nothing is late; it must log what Node did on Linux. */
export function inOrder(name: string, program: Program, expected: readonly string[]): void {
  test(name, async () => {
    const lines: string[] = [];
    await program(socketsOnOurs(), logTo(lines), logTo(lines));
    assert.deepEqual(lines, expected);
  });
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
