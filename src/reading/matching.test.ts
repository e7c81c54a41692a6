import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matches } from './matching.ts';

test('the beginnings of words are found, in any order, whatever their capitals, accents and marks', () => {
  const title = 'Non-blocking I/O: package.json à la carte';
  for (const wanted of ['', ' ', 'non', 'BLOCK', 'json pack', 'i/o', 'package.json', 'a la'])
    assert.ok(matches(title, wanted), wanted);
  for (const wanted of ['locking', 'on', 'non x', 'jsonp']) assert.ok(!matches(title, wanted), wanted);
});
