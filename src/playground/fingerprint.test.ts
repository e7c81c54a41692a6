import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint } from './fingerprint.ts';

test('ASCII has the fingerprints of the draft', () => {
  assert.deepEqual(['', 'a', 'foobar'].map(fingerprint), [
    'cbf29ce484222325',
    'af63dc4c8601ec8c',
    '85944171f73967e8',
  ]);
});

test('all bits of a character count', () => {
  assert.notEqual(fingerprint('a'), fingerprint('\u0161'));
  assert.notEqual(fingerprint('😀'), fingerprint('😁'));
});
