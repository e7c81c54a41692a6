import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPlugins } from './main.mjs';

/** What a promise is rejected with; undefined when it is not. */
const failureOf = (promise) => promise.then(() => undefined, (error) => error);

test('A plugin that is there is loaded', async () => {
  const { friendly } = await loadPlugins(['friendly']);
  assert.equal(
    typeof friendly,
    'function',
    'Under the name of a plugin stands its namespace. Take the default export out of it.',
  );
  assert.equal(friendly('Ada'), 'Hi Ada!', 'The plugin friendly has to greet Ada.');
});

test('A plugin that is not there is left out', async () => {
  const plugins = await loadPlugins(['formal', 'friendly']);
  assert.deepEqual(
    Object.keys(plugins),
    ['friendly'],
    'The plugin formal is not there. It must not appear in the result, and friendly must.',
  );
});

test('A plugin that lacks a file of its own is a failure', async () => {
  const error = await failureOf(loadPlugins(['broken']));
  assert.equal(
    error?.code,
    'ERR_MODULE_NOT_FOUND',
    'The plugin broken is there, and a file that it imports is not. Its error has to reach the caller: compare error.url.',
  );
});

test('A plugin that throws is a failure', async () => {
  const error = await failureOf(loadPlugins(['angry']));
  assert.equal(
    error?.message,
    'no license',
    'The plugin angry throws while it loads. Its error has to reach the caller.',
  );
});

test('A name with any other character is refused', async () => {
  for (const name of ['../main', 'friendly/../angry', 'Friendly', 'friendly2']) {
    const error = await failureOf(loadPlugins([name]));
    assert.ok(
      error instanceof TypeError,
      `The name «${name}» has to be refused with a TypeError. Test the whole name, from its first character to its last.`,
    );
  }
});

test('Names are checked before anything is loaded', async () => {
  const error = await failureOf(loadPlugins(['angry', '../main']));
  assert.ok(
    error instanceof TypeError,
    'The second of two names is refused, but the first plugin was loaded before. Check all names first.',
  );
});
