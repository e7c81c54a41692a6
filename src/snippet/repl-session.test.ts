import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { run } from './run.ts';
import type { Snippet } from './snippet.ts';

/** Types a block into the REPL of this Node. */
function type(typed: string) {
  const snippet: Snippet = {
    id: 'a/b/typed',
    path: '/a/b/#c',
    chapter: 'a/b',
    topic: 'c',
    title: 'Typed',
    files: { 'repl.js': typed, 'data.json': '{ "here": true }' },
    readOnly: [],
    entry: '',
    args: [],
    env: {},
    packages: [],
    engine: 'any',
    kind: 'repl',
    isVarying: false,
    exitCode: 0,
    requests: [],
  };
  return run(snippet, {
    node: process.execPath,
    packages: () => Promise.reject(new Error('no packages are wanted')),
  });
}

suite("a session with Node's REPL", () => {
  test('reads as on a terminal', async () => {
    const lines = [
      '1 + 1',
      'const twice = (n) => {',
      '  return 2 * n',
      '}',
      'twice(21)',
      `console.log('> ')`,
      `throw new Error('oh')`,
      'await Promise.resolve([1])',
      `require('./data.json').here`,
    ];
    const { exitCode, stdout, stderr } = await type(`${lines.join('\n')}\n`);
    assert.deepEqual({ exitCode, stderr }, { exitCode: 0, stderr: '' });
    assert.equal(
      stdout,
      `> 1 + 1
2
> const twice = (n) => {
|   return 2 * n
| }
undefined
> twice(21)
42
> console.log('> ')
>${' '}
undefined
> throw new Error('oh')
Uncaught Error: oh
> await Promise.resolve([1])
[ 1 ]
> require('./data.json').here
true
> `,
    );
  });

  test('ends where its author ends it', async () => {
    const { exitCode, stdout } = await type('1\nprocess.exit(3)\n2\n');
    assert.deepEqual({ exitCode, stdout }, { exitCode: 3, stdout: '> 1\n1\n> process.exit(3)\n' });
  });
});
