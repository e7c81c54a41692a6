import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testRealm } from '../oracle.ts';
import { encodeName, pathText } from './names.ts';

const { realm } = testRealm();
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('names that are no UTF-8 come back as the bytes they were', () => {
  for (const name of [bytes(0x3d, 0xd8, 4, 0xdc), bytes(0xff, 0x61), bytes(0xe2, 0x82)])
    assert.deepEqual(encodeName(realm, pathText(name), 'buffer'), Buffer.from(name));
});

test('names in UTF-8 stay text', () => {
  for (const name of ['plain', 'grün', '日本', '🙂', '\ufffd']) {
    assert.equal(pathText(Buffer.from(name)), name);
    assert.equal(encodeName(realm, name, 'utf8'), name);
    assert.deepEqual(encodeName(realm, name, 'buffer'), Buffer.from(name));
  }
  assert.equal(encodeName(realm, pathText(bytes(0xff, 0x61)), undefined), '\ufffda');
});
