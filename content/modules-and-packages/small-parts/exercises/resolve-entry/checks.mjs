import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveEntry } from './main.mjs';

/** The entry, or the name of the error that came instead. */
function attempt(...args) {
  try {
    return resolveEntry(...args);
  } catch (error) {
    return error.name;
  }
}

test('The first key of the map that holds wins', () => {
  const map = { '.': { browser: './browser.js', import: './index.js', default: './index.cjs' } };
  assert.equal(
    attempt(map, '.', ['import', 'browser']),
    './browser.js',
    'Both conditions hold, and browser stands first in the map. The order of the map decides.',
  );
  assert.equal(attempt(map, '.', ['require']), './index.cjs', 'No named condition holds here, and default always does.');
  assert.equal(
    attempt({ '.': { default: './any.js', import: './index.js' } }, '.', ['import']),
    './any.js',
    'Here default stands first, and it always holds. The keys after it are never tried.',
  );
});

test('A text is an entry', () => {
  assert.equal(
    attempt({ '.': './index.js', './tax': './lib/tax.js' }, './tax', ['import']),
    './lib/tax.js',
    'The value of ./tax is a path, without any conditions. Return it.',
  );
  assert.equal(
    attempt({ './tax': './lib/tax.js' }, './tax', ['import']),
    './lib/tax.js',
    'This map has no key ".", but its key begins with a dot, so it is a map of subpaths.',
  );
});

test('What the map does not list is not exported', () => {
  assert.equal(
    attempt({ '.': { default: './index.js' } }, './internal', ['import']),
    null,
    'This subpath is not in the map, so the answer is null.',
  );
});

test('The whole field may be the value of "."', () => {
  assert.equal(attempt('./index.js', '.', []), './index.js', 'Here exports is one path. It belongs to the subpath ".".');
  assert.equal(
    attempt({ import: './index.js', require: './index.cjs' }, '.', ['require']),
    './index.cjs',
    'No key begins with a dot, so these are the conditions of ".".',
  );
});

test('Conditions may be nested', () => {
  const map = { '.': { node: { import: './node.js', require: './node.cjs' }, default: './any.js' } };
  assert.equal(attempt(map, '.', ['node', 'require']), './node.cjs', 'Look for the conditions within node as well.');
  assert.equal(
    attempt(map, '.', ['node']),
    './any.js',
    'Within node nothing holds, so the search goes on with the next key.',
  );
});

test('null closes', () => {
  const map = { '.': './index.js', './admin': { browser: null, default: './admin.js' } };
  assert.equal(
    attempt(map, './admin', ['browser']),
    null,
    'For browsers the map says null. That ends the search: default may not answer.',
  );
  assert.equal(
    attempt({ '.': './index.js', './internal': null }, './internal', ['import']),
    null,
    'The value of ./internal is null itself: that subpath is closed.',
  );
});
