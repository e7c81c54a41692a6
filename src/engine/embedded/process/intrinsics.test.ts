import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersOfIntrinsics, removeNewerMembers } from './intrinsics.ts';

test('what is newer goes away, everything else stays', () => {
  const globals = ['Array', 'Math', 'Uint8Array', 'globalThis'];
  const members = membersOfIntrinsics(globals, globalThis);
  const newer = { value: () => 1, configurable: true };
  const prototype: object = Array.prototype;
  const typedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
  for (const object of [Array, prototype, Math, Uint8Array, typedArray])
    Object.defineProperty(object, 'fromTheFuture', newer);
  removeNewerMembers(members, globals);
  for (const object of [Array, prototype, Math, Uint8Array, typedArray])
    assert.equal('fromTheFuture' in object, false);
  assert.deepEqual(membersOfIntrinsics(globals, globalThis), members);
  assert.equal(members['%TypedArray%.prototype']?.includes('subarray'), true);
});
