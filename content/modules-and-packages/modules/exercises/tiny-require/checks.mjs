import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequire } from './main.mjs';

test('A file runs once', () => {
  globalThis.runs = 0;
  const require = createRequire({ settings: "runs += 1; exports.theme = 'dark';" });
  const first = require('settings');
  assert.equal(first.theme, 'dark', 'require has to return what the file put on exports.');
  assert.equal(require('settings'), first, 'The second call has to return the same object as the first.');
  assert.equal(globalThis.runs, 1, 'The second call ran the file again. Keep the module in a cache.');
});

test('A cycle hands out half-filled exports', () => {
  const require = createRequire({
    user: "exports.isReady = false; exports.seen = require('order').seen; exports.isReady = true;",
    order: "exports.seen = require('user').isReady;",
  });
  let user;
  try {
    user = require('user');
  } catch {
    assert.fail('Two files that require each other never came to an end. Put a module into the cache before its file runs.');
  }
  assert.equal(user.seen, false, 'In a cycle the second file has to see what the first has exported so far.');
  assert.equal(user.isReady, true, 'After the cycle the first file has to run to its end.');
});

test('A replaced module.exports is returned, later too', () => {
  const require = createRequire({ greet: "module.exports = (name) => 'Hello, ' + name;" });
  require('greet');
  assert.equal(
    typeof require('greet'),
    'function',
    'The second call returned the object from before the file ran. Keep the module in the cache, not its exports.',
  );
});

test('A missing file has a code', () => {
  const require = createRequire({});
  assert.throws(
    () => require('mailer'),
    { code: 'MODULE_NOT_FOUND' },
    'A name that is not in files has to throw an error whose code is MODULE_NOT_FOUND.',
  );
});

test('An empty file is a file', () => {
  const require = createRequire({ empty: '' });
  let found;
  try {
    found = require('empty');
  } catch {
    assert.fail('An empty text is a file too. Ask whether the name is in files, not whether the text is truthy.');
  }
  assert.deepEqual(found, {}, 'An empty file exports an empty object.');
});

test('A file that throws is forgotten', () => {
  globalThis.attempts = 0;
  const require = createRequire({
    database: "attempts += 1; if (attempts === 1) throw new Error('refused'); exports.isOpen = true;",
  });
  assert.throws(
    () => require('database'),
    { message: 'refused' },
    'The error of a file has to reach whoever required it.',
  );
  assert.equal(
    require('database').isOpen,
    true,
    'After an error the next call has to run the file again. Remove a failed module from the cache.',
  );
});

test('Each require has a cache of its own', () => {
  const one = createRequire({ name: "module.exports = 'one';" });
  const two = createRequire({ name: "module.exports = 'two';" });
  assert.deepEqual(
    [one('name'), two('name')],
    ['one', 'two'],
    'Two calls of createRequire share a cache. Make it inside createRequire.',
  );
});
