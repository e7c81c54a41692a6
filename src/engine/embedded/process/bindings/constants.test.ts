import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideReal } from './oracle.ts';
import { constants } from './constants.ts';
import type { Binding } from '../realm.ts';

const { ours, real } = besideReal('constants', constants);

test('constants have the values, attributes and prototypes that they have in Node', () => {
  for (const name of ['os', 'fs', 'crypto', 'zlib']) {
    // Both are objects of constants.
    const [one, other] = [ours[name] as Binding, real[name] as Binding];
    assert.equal(Object.getPrototypeOf(one), null);
    for (const key of Object.keys(other).filter((member) => typeof other[member] !== 'object')) {
      assert.deepEqual(
        Object.getOwnPropertyDescriptor(one, key),
        Object.getOwnPropertyDescriptor(other, key),
      );
    }
  }
});
