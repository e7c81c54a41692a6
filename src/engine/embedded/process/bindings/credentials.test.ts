import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentials } from './credentials.ts';
import type { Realm } from '../realm.ts';

function temporaryFolder(env: Record<string, string>): unknown {
  // Reads nothing else of the process.
  const binding = credentials({ info: { env } } as unknown as Realm, {}) as { getTempDir(): unknown };
  return binding.getTempDir();
}

test('the environment names the folder for temporary files', () => {
  assert.equal(temporaryFolder({}), '/tmp');
  assert.equal(temporaryFolder({ TEMP: '/c', TMP: '/b', TMPDIR: '/a' }), '/a');
  assert.equal(temporaryFolder({ TEMP: '/c', TMP: '/b/', TMPDIR: '' }), '/b');
  assert.equal(temporaryFolder({ TEMP: '/c//' }), '/c/');
  assert.equal(temporaryFolder({ TMPDIR: '/' }), '/');
});
