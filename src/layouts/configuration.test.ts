import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readConfiguration } from './configuration.ts';

suite('the configuration of a site', () => {
  test('has defaults for everything', () => {
    assert.deepEqual(readConfiguration({}), {
      site: undefined,
      base: '/',
      repository: undefined,
      branch: 'main',
      engine: 'auto',
      engines: 'both',
      apiKey: '',
      coep: 'require-corp',
      bootDeadline: 15_000,
    });
  });

  for (const base of ['repo', '/repo', 'repo/', '/repo/']) {
    test(`the base path ${base} begins and ends with a slash`, () => {
      assert.equal(readConfiguration({ BASE: base }).base, '/repo/');
    });
  }

  const mistakes: readonly (readonly [environment: Record<string, string>, message: RegExp])[] = [
    [{ LOOPBOOK_ENGINE: 'v8' }, /LOOPBOOK_ENGINE=v8 is unknown\. Known: auto, webcontainer, embedded\./],
    [{ LOOPBOOK_COEP: 'none' }, /LOOPBOOK_COEP=none is unknown\. Known: require-corp, credentialless\./],
    [{ LOOPBOOK_BOOT_DEADLINE: '15s' }, /LOOPBOOK_BOOT_DEADLINE=15s is not a number of milliseconds/],
    [
      { LOOPBOOK_ENGINE: 'webcontainer', LOOPBOOK_ENGINES: 'embedded' },
      /LOOPBOOK_ENGINE=webcontainer is not among LOOPBOOK_ENGINES=embedded/,
    ],
    [{ REPOSITORY: 'someone/book' }, /REPOSITORY=someone\/book is not an address/],
    [{ SITE: 'example.org' }, /SITE=example\.org is not an origin/],
    [{ SITE: 'https://example.org/book/' }, /SITE=\S+ has a path: .+ in BASE/],
  ];
  for (const [environment, message] of mistakes) {
    test(`a mistake: ${JSON.stringify(environment)}`, () => {
      assert.throws(() => readConfiguration(environment), message);
    });
  }
});
