import assert from 'node:assert/strict';
import { builtinModules } from 'node:module';
import { test } from 'node:test';
import { libraryParts, partsFor, type LibraryPart } from './library-parts.ts';

const program = (code: string, file = 'main.mjs', options: readonly string[] = []) => ({
  files: { [file]: code },
  command: ['node', ...options, file],
  env: {},
});

test('an ordinary program needs no part', () => {
  const code = `
    // Neither TypeScript nor a Response to a Request: prefetching would be a mistake.
    import { readFile } from 'node:fs/promises';
    import http from 'node:http';
    import { pipeline, Readable } from 'node:stream';
    import { inspect } from 'node:util';
    await using server = http.createServer((request, response) => response.end(request.headers.host));
    console.log(inspect(await readFile('tests.txt')), performance.now());
  `;
  assert.deepEqual(partsFor(program(code), true), []);
});

test('specifiers, globals, options and names of files announce parts', () => {
  assert.deepEqual(partsFor(program("import { test } from 'node:test';"), true), ['test']);
  assert.deepEqual(partsFor(program('', 'main.js', ['--test']), true), ['test']);
  assert.deepEqual(partsFor(program("require('crypto').randomUUID()"), true), ['crypto']);
  assert.deepEqual(partsFor(program('let a: number;', 'main.cts'), true), ['typescript']);
  assert.deepEqual(partsFor(program("import './other.ts'"), true), ['typescript']);
  assert.deepEqual(partsFor(program('new ReadableStream()'), true), ['web-streams']);
  assert.deepEqual(partsFor(program('await fetch(url)'), true), ['fetch', 'web-streams', 'tls', 'crypto']);
});

test('a Worker that cannot wait gets every part but large ones that nothing announces', () => {
  const namesOf = (parts: readonly LibraryPart[]) => parts.map(({ name }) => name);
  const small = libraryParts.filter(({ isLarge }) => !isLarge);
  assert.deepEqual(partsFor(program(''), false), namesOf(small));
  const withTypeScript = libraryParts.filter((part) => small.includes(part) || part.name === 'typescript');
  assert.deepEqual(partsFor(program('', 'main.ts'), false), namesOf(withTypeScript));
});

test('a public module that is in a part announces it', () => {
  const isPublic = (id: string) => !id.startsWith('internal/') && !id.startsWith('_');
  for (const id of builtinModules.map((name) => name.replace(/^node:/, '')).filter(isPublic)) {
    const part = libraryParts.find(({ modules }) => modules.test(id));
    if (part) assert.ok(partsFor(program(`import 'node:${id}'`), true).includes(part.name), id);
  }
});
