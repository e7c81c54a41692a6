import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileNameProblem, isRunnable, mostFiles } from './file-name.ts';

test('names that a file can have', () => {
  for (const name of [
    'a.mjs',
    'lib/a.mjs',
    '.env',
    'LICENSE',
    'größe.txt',
    '1.json',
    'node_modules/@a/b/c.js',
  ])
    assert.equal(fileNameProblem(name, ['main.mjs', 'lib/b.mjs']), undefined, name);
});

test('names that a file cannot have, with the reason', () => {
  const others = ['main.mjs', 'lib/a.mjs', 'data'];
  const reasons = {
    '': /Give the file a name/,
    '../a.mjs': /letters, digits/,
    '/a.mjs': /letters, digits/,
    'a b.mjs': /letters, digits/,
    __proto__: /letters, digits/,
    '<img src=x onerror=alert(1)>': /letters, digits/,
    ['a'.repeat(201)]: /too long/,
    'main.mjs': /name main\.mjs already/,
    'data/a.json': /data is a file/,
    lib: /lib is a folder/,
  };
  for (const [name, reason] of Object.entries(reasons))
    assert.match(fileNameProblem(name, others) ?? '', reason);
});

test('a program does not grow without end', () => {
  const others = Array.from({ length: mostFiles }, (_, index) => `${index}.mjs`);
  assert.match(fileNameProblem('one-more.mjs', others) ?? '', /50 files/);
});

test('Node starts with code', () => {
  for (const name of ['a.js', 'a.mjs', 'a.cts', 'lib/a.ts', 'cli'])
    assert.equal(isRunnable(name), true, name);
  for (const name of ['a.json', 'a.txt', 'js.md', 'lib.d/a.css']) assert.equal(isRunnable(name), false, name);
});
