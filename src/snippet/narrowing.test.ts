import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMeant } from './narrowing.ts';

test('a name means what is called so and what lies in it; no names mean all', () => {
  const id = 'a-part/a-chapter/a-program';
  for (const names of [[], ['a-part'], ['a-part/a-chapter'], ['other', id]])
    assert.equal(isMeant(id, names), true);
  for (const names of [['a'], ['a-part/a-chap'], ['a-program'], [`${id}/more`]])
    assert.equal(isMeant(id, names), false);
});
