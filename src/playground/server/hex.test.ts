import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeSize, hexLines } from './hex.ts';

test('bytes as lines of sixteen', () => {
  const bytes = Uint8Array.from('Hello, binary!\0\xff~', (character) => character.charCodeAt(0));
  assert.equal(
    hexLines(bytes),
    '00000000  48 65 6c 6c 6f 2c 20 62  69 6e 61 72 79 21 00 ff  Hello, binary!..\n' +
      '00000010  7e                                                ~',
  );
  assert.equal(hexLines(new Uint8Array()), '');
});

test('sizes in words', () => {
  assert.deepEqual([0, 1, 999, 1500, 2_000_000].map(describeSize), [
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.5 kB',
    '2 MB',
  ]);
});
