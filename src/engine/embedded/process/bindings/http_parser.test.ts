import assert from 'node:assert/strict';
import { test } from 'node:test';
import { httpParser } from './http_parser.ts';
import { realBinding } from './oracle.ts';
import { libraryOn } from '../library-on.ts';
import type { Binding } from '../realm.ts';

interface Parser {
  [callback: number]: unknown;
  initialize(
    type: number,
    resource: object,
    maxHeaderSize: number,
    lenientFlags: number,
    list?: object,
  ): void;
  execute(data: Uint8Array): unknown;
  finish(): unknown;
  close(): void;
}

type ParserClass = (new () => Parser) & Record<string, number>;

const { realm } = libraryOn({ http_parser: httpParser }, []);
const ours = realm.internalBinding('http_parser');
const real = realBinding('http_parser');

interface Case {
  readonly type?: 'REQUEST' | 'RESPONSE';
  readonly input: string;
  readonly lenient?: number;
  readonly maxHeaderSize?: number;
  readonly onHeadersComplete?: number;
}

const headers = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Name-${index}: value ${index}\r\n`).join('');

const cases: Record<string, Case> = {
  get: { input: 'GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nEmpty:\r\nSpaces:  x y \t\r\n\r\n' },
  'HTTP/1.0': { input: 'GET / HTTP/1.0\r\n\r\n' },
  'content length': { input: 'POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello' },
  'close with a body': { input: 'POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi' },
  'chunked with trailers': {
    input:
      'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: t\r\nOther: u\r\n\r\n',
  },
  pipelined: {
    input: 'GET /1 HTTP/1.1\r\nA: 1\r\n\r\nGET /2 HTTP/1.1\r\nA: 2\r\n\r\nHEAD /3 HTTP/1.1\r\n\r\n',
  },
  'many headers': { input: `GET /long HTTP/1.1\r\n${headers(70)}\r\n` },
  '31 headers': { input: `GET / HTTP/1.1\r\n${headers(31)}\r\n` },
  '32 headers': { input: `GET / HTTP/1.1\r\n${headers(32)}\r\n` },
  'many trailers': {
    input: `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n${headers(40)}\r\n`,
  },
  upgrade: { input: 'GET /chat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nrest of it' },
  'upgrade said by the program': {
    input: 'GET /chat HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nrest of it',
    onHeadersComplete: 2,
  },
  connect: { input: 'CONNECT example.com:443 HTTP/1.1\r\n\r\nbytes' },
  latin1: { input: 'GET / HTTP/1.1\r\nName: caf\xe9\r\n\r\n' },
  response: { type: 'RESPONSE', input: 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi' },
  'response without reason': { type: 'RESPONSE', input: 'HTTP/1.1 204\r\n\r\n' },
  'response until the end': { type: 'RESPONSE', input: 'HTTP/1.1 200 OK\r\n\r\nall of this' },
  'response to HEAD': {
    type: 'RESPONSE',
    input: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
    onHeadersComplete: 1,
  },
  'continue, then the response': {
    type: 'RESPONSE',
    input: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
  },
  'chunked response': {
    type: 'RESPONSE',
    input: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  },
  'switching protocols': {
    type: 'RESPONSE',
    input: 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nraw',
  },
  'not HTTP': { input: 'hello there\r\n\r\n' },
  'unknown method': { input: 'FETCH / HTTP/1.1\r\n\r\n' },
  'bad version': { input: 'GET / HTTP/9.9\r\n\r\n' },
  'no version': { input: 'GET /\r\n\r\n' },
  'bad header name': { input: 'GET / HTTP/1.1\r\nBad Name: x\r\n\r\n' },
  'bad header value': { input: 'GET / HTTP/1.1\r\nName: a\x01b\r\n\r\n' },
  'line feeds only': { input: 'GET / HTTP/1.1\nName: a\n\n' },
  'bad content length': { input: 'POST / HTTP/1.1\r\nContent-Length: five\r\n\r\n' },
  'two content lengths': { input: 'POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n' },
  'length and chunks': {
    input: 'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  },
  'bad chunk size': { input: 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' },
  'bad transfer encoding': { input: 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n' },
  'data after close': { input: 'GET / HTTP/1.1\r\nConnection: close\r\n\r\nmore' },
  'too many header bytes': { input: `GET / HTTP/1.1\r\n${headers(20)}\r\n`, maxHeaderSize: 100 },
  'long url': { input: `GET /${'x'.repeat(200)} HTTP/1.1\r\n\r\n`, maxHeaderSize: 100 },
  'too long chunk extensions': {
    input: `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(17_000)}\r\na\r\n0\r\n\r\n`,
  },
  'error of the program': { input: 'GET / HTTP/1.1\r\n\r\n', onHeadersComplete: -1 },
  'lenient headers': { input: 'GET / HTTP/1.1\r\nName: a\x01b\r\n\r\n', lenient: 1 },
  'lenient length and chunks': {
    input: 'POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    lenient: 2,
  },
  'lenient keep-alive': {
    input: 'GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\n\r\n',
    lenient: 4,
  },
  'lenient version': { input: 'GET / HTTP/9.9\r\n\r\n', lenient: 16 },
  'lenient data after close': { input: 'GET / HTTP/1.1\r\nConnection: close\r\n\r\nmore', lenient: 32 },
  'lenient in everything': { input: 'GET / HTTP/1.1\nName: a\n\n', lenient: 1023 },
  'relaxed header value': { input: 'GET / HTTP/1.1\r\nName: a\x01b\r\n\r\n', lenient: 1024 },
};

/** Everything that a parser says of an input that arrives in these pieces. */
function transcript(binding: Binding, spec: Case, pieces: readonly string[]): unknown[] {
  const { type = 'REQUEST', lenient = 0, maxHeaderSize = 0, onHeadersComplete = 0 } = spec;
  // The class that Node's library uses.
  const HTTPParser = binding['HTTPParser'] as ParserClass;
  const seen: unknown[] = [];
  const parser = new HTTPParser();
  parser.initialize(HTTPParser[type] ?? 0, {}, maxHeaderSize, lenient);
  for (const name of [
    'kOnMessageBegin',
    'kOnHeaders',
    'kOnHeadersComplete',
    'kOnBody',
    'kOnMessageComplete',
  ]) {
    parser[HTTPParser[name] ?? 0] = (...args: unknown[]) => {
      seen.push([
        name,
        ...args.map((arg) => (Buffer.isBuffer(arg) ? `buffer ${arg.toString('latin1')}` : arg)),
      ]);
      return onHeadersComplete;
    };
  }
  // A parser that stopped, at an error or an upgrade, is not used again.
  const isStopped = pieces.some((piece) => {
    const result = parser.execute(Buffer.from(piece, 'latin1'));
    seen.push(result instanceof Error ? [result.message, Object.entries(result)] : result);
    return result !== piece.length;
  });
  if (!isStopped) {
    const end = parser.finish();
    // Without its position, which is a pointer of C++'s.
    seen.push(end instanceof Error ? Object.entries(end).slice(1) : end);
  }
  parser.close();
  return seen;
}

for (const [name, spec] of Object.entries(cases)) {
  test(`parses as Node does: ${name}`, () => {
    const step = Math.max(1, Math.floor(spec.input.length / 150));
    for (let position = 0; position < spec.input.length; position += step) {
      const pieces =
        position === 0 ? [spec.input] : [spec.input.slice(0, position), spec.input.slice(position)];
      assert.deepEqual(
        transcript(ours, spec, pieces),
        transcript(real, spec, pieces),
        `split at ${position}: ${JSON.stringify(pieces)}`,
      );
    }
    const bytes = spec.input.length <= 1000 ? spec.input.split('') : [spec.input];
    assert.deepEqual(transcript(ours, spec, bytes), transcript(real, spec, bytes), 'byte by byte');
  });
}

test('has the constants of the real parser', () => {
  assert.deepEqual({ ...Object(ours['HTTPParser']) }, { ...Object(real['HTTPParser']) });
});

test('an exception of the program comes out of execute, and the next message can be parsed by another parser', () => {
  const HTTPParser = ours['HTTPParser'] as ParserClass;
  const parser = new HTTPParser();
  parser.initialize(1, {}, 0, 0);
  parser[HTTPParser['kOnHeadersComplete'] ?? 0] = () => {
    throw new Error('on purpose');
  };
  assert.throws(() => parser.execute(Buffer.from('GET / HTTP/1.1\r\n\r\n')), /on purpose/);
  const spec = cases['get'] ?? { input: '' };
  assert.deepEqual(transcript(ours, spec, [spec.input]), transcript(real, spec, [spec.input]));
});

test('lists connections that are idle, active and expired', () => {
  const lists = [ours, real].map((binding) => {
    const HTTPParser = binding['HTTPParser'] as ParserClass;
    const ConnectionsList = binding['ConnectionsList'] as new () => Record<
      string,
      (...args: number[]) => unknown[]
    >;
    const list = new ConnectionsList();
    const parser = new HTTPParser();
    parser.initialize(1, {}, 0, 0, list);
    const count = (): (number | undefined)[] =>
      ['all', 'idle', 'active'].map((name) => list[name]?.().length).concat(list['expired']?.(0, 0).length);
    const counts = [count()];
    parser.execute(Buffer.from('GET / HTTP/1.1\r\n\r\n'));
    counts.push(count());
    parser.execute(Buffer.from('GET / HTTP'));
    counts.push(count());
    return counts;
  });
  assert.deepEqual(lists[0], lists[1]);
});

test('the command line limits headers', () => {
  const { realm: limited } = libraryOn({ http_parser: httpParser }, []);
  limited.info.options = { '--max-http-header-size': 100 };
  // Our own class, as the factory returns it.
  const { HTTPParser } = limited.internalBinding('http_parser') as { HTTPParser: ParserClass };
  const parser = new HTTPParser();
  parser.initialize(HTTPParser['REQUEST'] ?? 0, {}, 0, 0);
  const result = parser.execute(Buffer.from(`GET / HTTP/1.1\r\n${headers(20)}\r\n`));
  assert.equal(Reflect.get(Object(result), 'code'), 'HPE_HEADER_OVERFLOW');
});
