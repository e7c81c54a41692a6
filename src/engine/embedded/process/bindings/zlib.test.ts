import assert from 'node:assert/strict';
import { test } from 'node:test';
import { besideReal, callable } from './oracle.ts';
import { zlib } from './zlib.ts';

const { ours, real } = besideReal('zlib', zlib);

for (const data of [
  '',
  'a',
  'The quick brown fox',
  'é€😀',
  new Uint8Array([0, 255, 1]),
  Buffer.alloc(1000, 'xyz'),
]) {
  test(`crc32 of ${data.length} bytes or characters`, () => {
    for (const value of [0, 1, 0xffff_ffff]) {
      assert.equal(callable(ours, 'crc32')(data, value), callable(real, 'crc32')(data, value));
    }
  });
}
