import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kilobytes, spent, total } from './budget.ts';

test('kilobytes are thousands of bytes, with a decimal where it counts', () => {
  assert.deepEqual([0, 940, 9_949, 99_960, 541_600].map(kilobytes), [
    '0.0 kB',
    '0.9 kB',
    '9.9 kB',
    '100.0 kB',
    '542 kB',
  ]);
});

test('a sum is too much from the first byte beyond its budget', () => {
  assert.equal(spent(12_000, 12_000), '12.0 kB of 12.0 kB');
  assert.match(spent(12_001, 12_000), /too much/i);
});

test('the weight of nothing is nothing', () => {
  assert.equal(total([]), 0);
  assert.equal(
    total([
      { name: 'a', bytes: 1 },
      { name: 'b', bytes: 2 },
    ]),
    3,
  );
});
