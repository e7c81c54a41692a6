import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findError, findPlaces } from './places.ts';

const trace = `file:///home/reader/main.mjs:3
  throw new TypeError('no');
        ^

TypeError: no
    at fail (file:///home/reader/lib/fail.mjs:2:9)
    at file:///home/reader/main.mjs:3:1
    at ModuleJob.run (node:internal/modules/esm/module_job:430:25)

Node.js v24.21.0
`;

suite('places in what a program printed', () => {
  test('are those of its own files', () => {
    const places = findPlaces(trace, ['main.mjs', 'lib/fail.mjs']);
    assert.deepEqual(
      places.map(({ file, line, column }) => [file, line, column]),
      [
        ['main.mjs', 3, undefined],
        ['lib/fail.mjs', 2, 9],
        ['main.mjs', 3, 1],
      ],
    );
    assert.deepEqual(
      places.map(({ start, end }) => trace.slice(start, end)),
      [
        'file:///home/reader/main.mjs:3',
        'file:///home/reader/lib/fail.mjs:2:9',
        'file:///home/reader/main.mjs:3:1',
      ],
    );
  });

  test('may be paths, and names with an escape', () => {
    const text =
      'at /home/reader/a.cjs:1:7, at file:///home/reader/b%C3%A9.mjs:2:3, at Object.<anonymous> (/x/sub/a.cjs:9)';
    assert.deepEqual(
      findPlaces(text, ['a.cjs', 'bé.mjs', 'sub/a.cjs']).map(({ file, line }) => `${file} ${line}`),
      ['a.cjs 1', 'bé.mjs 2', 'sub/a.cjs 9'],
    );
  });

  test('are not those of packages, of other files, and of what only looks like one', () => {
    const text =
      '/home/reader/node_modules/main.mjs:1:1 xmain.mjs:1 other.mjs:2:2 main.mjs 3 main.mjs:x %E0%A4%A.mjs:1';
    assert.deepEqual(findPlaces(text, ['main.mjs']), []);
  });

  test('are found in long output at once', () => {
    assert.deepEqual(findPlaces('a/'.repeat(100_000) + ' ' + 'a.'.repeat(100_000), ['main.mjs']), []);
  });
});

suite('the error that ended a program', () => {
  test('has its message, its line and the column of the caret', () => {
    assert.deepEqual(findError(trace, ['main.mjs', 'lib/fail.mjs']), {
      file: 'main.mjs',
      line: 3,
      column: 9,
      message: 'TypeError: no',
    });
  });

  test('may be one of syntax', () => {
    const stderr = `/home/reader/main.cjs:2\nlet let = 1;\n    ^^^\n\nSyntaxError: let is disallowed as a lexically bound name\n    at wrapSafe (node:internal/modules/cjs/loader:1638:18)\n`;
    const error = findError(stderr, ['main.cjs']);
    assert.deepEqual(
      [error?.line, error?.column, error?.message],
      [2, 5, 'SyntaxError: let is disallowed as a lexically bound name'],
    );
  });

  test('may have no place in the program, or not be there', () => {
    assert.equal(findError('Error: x\n    at node:fs:1:1', ['main.mjs']), undefined);
    assert.equal(findError('warning in main.mjs:3', ['main.mjs']), undefined);
  });
});
