import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { run, withoutInternals } from './run.ts';
import type { Snippet, SnippetRequest } from './snippet.ts';

const get = (path: string): SnippetRequest => ({ method: 'GET', path, headers: [] });

/** Runs a server whose handler is given; `announce` is what it does when it listens. */
function serve(
  handler: string,
  requests: readonly SnippetRequest[],
  announce = 'console.log(`http://localhost:${server.address().port}`)',
) {
  const main = `import { createServer } from 'node:http';
const server = createServer(${handler});
server.listen(0, () => ${announce});
`;
  const snippet: Snippet = {
    id: 'a/b/served',
    path: '/a/b/#c',
    chapter: 'a/b',
    topic: 'c',
    title: 'Served',
    files: { 'main.mjs': main },
    readOnly: [],
    entry: 'main.mjs',
    args: [],
    env: {},
    packages: [],
    engine: 'any',
    kind: 'server',
    isVarying: false,
    exitCode: 143,
    requests,
  };
  return run(snippet, {
    node: process.execPath,
    packages: () => Promise.reject(new Error('no packages are wanted')),
  });
}

suite('a server in real Node', () => {
  test('is asked one thing after the other, then stopped', async () => {
    const { exchanges, exitCode, stderr } = await serve(
      `(req, res) => {
         let body = '';
         req.on('data', (piece) => (body += piece));
         req.on('end', () => {
           res.writeHead(req.method === 'GET' ? 302 : 200, 'Right', { Location: '/', 'X-Tag': req.headers['x-tag'] ?? 'none' });
           res.end(req.method + ' ' + req.url + ' ' + body);
         });
       }`,
      [get('/a?b=1'), { method: 'DELETE', path: '/%C3%A9', headers: [['X-Tag', 'one']], body: 'é' }],
    );
    assert.deepEqual({ exitCode, stderr }, { exitCode: 143, stderr: '' });
    assert.deepEqual(exchanges, [
      {
        status: 302,
        statusText: 'Right',
        headers: [
          ['Location', '/'],
          ['X-Tag', 'none'],
          ['Transfer-Encoding', 'chunked'],
        ],
        body: 'GET /a?b=1 ',
      },
      {
        status: 200,
        statusText: 'Right',
        headers: [
          ['Location', '/'],
          ['X-Tag', 'one'],
          ['Transfer-Encoding', 'chunked'],
        ],
        body: 'DELETE /%C3%A9 é',
      },
    ]);
  });

  test('is sent the headers that the engines send', async () => {
    const { exchanges } = await serve('(req, res) => res.end(req.rawHeaders.slice(2).join())', [
      { method: 'POST', path: '/', headers: [['X-Tag', 'one']] },
    ]);
    assert.equal(exchanges[0]?.body, 'X-Tag,one,Content-Length,0,Connection,close');
  });

  test('has printed what follows an answer before it is stopped', async () => {
    const { stdout } = await serve(
      `(req, res) => {
         res.on('finish', () => console.log('finish'));
         res.end('done');
         console.log('end');
       }`,
      [get('/')],
    );
    assert.match(stdout, /^http:\/\/localhost:\d+\nend\nfinish\n$/);
  });

  test('that breaks off is told, with its errors', async () => {
    await assert.rejects(
      serve("(req) => { throw new Error('not today'); }", [get('/fine')]),
      /^Error: gave no whole answer to GET \/fine: socket hang up\.\n[^]*Error: not today/,
    );
  });

  test('that ends before it listens is told', async () => {
    await assert.rejects(
      serve('() => {}', [get('/')], 'process.exit(3)'),
      /gave no whole answer to GET \/: it ended before it printed an address/,
    );
  });

  test('may not answer with the name of its directory', async () => {
    await assert.rejects(
      serve('(req, res) => res.end(process.cwd())', [get('/')]),
      /answers with the name of its directory/,
    );
  });
});

suite('what is left of an error', () => {
  test("is without Node's own frames, which depend on its version", () => {
    const stderr = [
      'Error: no such file',
      '    at open (/home/reader/main.mjs:3:7)',
      '    at Module._compile (node:internal/modules/cjs/loader:1554:14)',
      '    at async node:internal/modules/run_main:107:5 {',
      "  code: 'ENOENT'",
      '}',
      '',
    ];
    assert.equal(
      withoutInternals(stderr.join('\n')),
      [...stderr.slice(0, 1), `${stderr[1]} {`, ...stderr.slice(4)].join('\n'),
    );
  });

  test('has no process id', () => {
    assert.equal(withoutInternals('(node:4711) Warning: old\n'), '(node:<pid>) Warning: old\n');
  });
});
