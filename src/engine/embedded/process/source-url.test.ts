import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import type { Parser } from './esm/syntax-tree.ts';
import { sourceUrlIn } from './source-url.ts';

// True: acorn, as Node's library contains it; the tests run with --expose-internals.
const parser = createRequire(import.meta.url)('internal/deps/acorn/acorn/dist/acorn') as Parser;

test('the last comment that names a text gives its name', () => {
  assert.equal(sourceUrlIn(parser, 'a\n//# sourceURL=one.js\nb\n//@ sourceURL=two.js '), 'two.js');
  assert.equal(sourceUrlIn(parser, 'return 1\n//# sourceURL="/views/book.ejs"'), '"/views/book.ejs"');
  assert.equal(sourceUrlIn(parser, 'import "a"; //# sourceURL=file:///b.js'), 'file:///b.js');
  assert.equal(sourceUrlIn(parser, 'no program (\n//# sourceURL=c.js'), 'c.js');
});

test('a string, a template and a name with white space name nothing', () => {
  assert.equal(sourceUrlIn(parser, 'run(`\n//# sourceURL=page.ejs\n`)'), undefined);
  assert.equal(sourceUrlIn(parser, '"//# sourceURL=page.ejs"'), undefined);
  assert.equal(sourceUrlIn(parser, 'a //# sourceURL=a b'), undefined);
  assert.equal(sourceUrlIn(parser, 'a'), undefined);
});
