import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blob } from './blob.ts';
import { besideReal, callable } from './oracle.ts';
import type { Binding } from '../realm.ts';

const { ours, real } = besideReal('blob', blob);

interface Handle {
  getReader(): { pull(callback: (status: number, buffer?: ArrayBuffer) => void): void };
  slice(start: number, end: number): Handle;
}

/** All that a reader gives, as text. */
function text(binding: Binding, handle: Handle): string {
  const reader = handle.getReader();
  const chunks: ArrayBuffer[] = [];
  const pull = (status: number, buffer?: ArrayBuffer): void => {
    if (buffer !== undefined) chunks.push(buffer);
    if (status === 1) reader.pull(pull);
  };
  reader.pull(pull);
  return Buffer.from(callable(binding, 'concat')(chunks) as ArrayBuffer).toString();
}
const create = (binding: Binding, parts: unknown[]): Handle => {
  const length = parts.reduce((sum: number, part) => sum + (part instanceof Uint8Array ? part.length : 0), 0);
  return callable(binding, 'createBlob')(parts, length) as Handle;
};
const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

test('parts are read in order, and slices of them', () => {
  const results = [ours, real].map((binding) => {
    const handle = create(binding, [bytes('hello'), bytes(''), bytes(' world')]);
    const slices = [
      [0, 11],
      [3, 8],
      [5, 5],
      [10, 11],
    ] as const;
    return [text(binding, handle), ...slices.map(([start, end]) => text(binding, handle.slice(start, end)))];
  });
  assert.deepEqual(results[0], results[1]);
});

test('a blob can be a part of a blob', () => {
  const inner = create(ours, [bytes('ab'), bytes('cd')]);
  assert.equal(text(ours, create(ours, [inner, bytes('!')])), 'abcd!');
});

test('object URLs: stored, found, revoked', () => {
  for (const binding of [ours, real]) {
    const handle = create(binding, [bytes('x')]);
    callable(binding, 'storeDataObject')('the-id', handle, 1, 'text/plain');
    const [, length, type] = callable(binding, 'getDataObject')('the-id') as [Handle, number, string];
    assert.deepEqual([length, type], [1, 'text/plain']);
    callable(binding, 'revokeObjectURL')('blob:nodedata:the-id');
    assert.equal(callable(binding, 'getDataObject')('the-id'), undefined);
  }
});
