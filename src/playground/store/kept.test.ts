import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeEntries } from './entry.ts';
import type { Entry } from './entry.ts';
import { cutOutput, isKeepable, longestOutput, mostRequests, rules } from './kept.ts';
import type { KeptOutput, KeptRequest } from './kept.ts';

const output: KeptOutput = {
  chunks: [{ stream: 'stdout', text: 'hello\n' }],
  exitCode: 0,
  engine: 'embedded',
  at: 5,
  isCut: false,
  printedBy: 'x',
};
const request = (at: number): KeptRequest => ({
  id: `r${at}`,
  at,
  port: 3000,
  method: 'GET',
  path: '/',
  headers: [['accept', '*/*']],
});

test('an output is read as it was written, and cut to its end where it is too long', () => {
  assert.deepEqual(rules.outputs.read(structuredClone(output)), output);
  assert.deepEqual(cutOutput(output), output);
  const long = cutOutput({
    ...output,
    chunks: [
      { stream: 'stdout', text: 'gone' },
      { stream: 'stdout', text: 'a'.repeat(longestOutput) },
      { stream: 'stderr', text: 'end' },
    ],
  });
  assert.equal(long.isCut, true);
  assert.deepEqual(
    long.chunks.map(({ text }) => text.length),
    [longestOutput - 3, 3],
  );
  assert.deepEqual(rules.outputs.read(long), long);
});

test('histories are joined in order, and the oldest requests go', () => {
  const many = Array.from({ length: mostRequests }, (_, index) => request(index + 1));
  const united = rules.requests.unite?.(many, [request(2), request(99)]) ?? [];
  assert.equal(united.length, mostRequests);
  assert.equal(united.at(-1)?.id, 'r99');
  assert.equal(united[0]?.id, 'r2');
  assert.deepEqual(rules.requests.read(united), united);
});

test('a request is kept where it is short enough', () => {
  const headers = (count: number) => Array.from({ length: count }, (_, at) => [`x-${at}`, ''] as const);
  assert.equal(isKeepable({ ...request(1), headers: headers(100) }), true);
  assert.equal(isKeepable({ ...request(1), headers: headers(101) }), false);
  assert.equal(isKeepable({ ...request(1), body: 'x'.repeat(100_000) }), true);
  assert.equal(isKeepable({ ...request(1), body: 'x'.repeat(100_001) }), false);
});

test('results with another number of checks do not count', () => {
  const result = (best: number, checks: number) => ({ best, checks, hints: 1, hasSeenSolution: false });
  assert.deepEqual(rules.exercises.unite?.(result(5, 5), result(1, 6)), result(1, 6));
});

test('merging is the same in any order', () => {
  const entry = (at: number, by: string, best?: number): Entry => ({
    collection: 'exercises',
    key: 'a/b',
    at,
    by,
    ...(best === undefined ? {} : { value: { best, checks: 5, hints: 0, hasSeenSolution: false } }),
  });
  for (const [one, other] of [
    [entry(1, 'a', 3), entry(2, 'b', 2)],
    [entry(1, 'a', 3), entry(1, 'b', 2)],
    [entry(1, 'a', 3), entry(2, 'b')],
  ] as const) {
    assert.deepEqual(mergeEntries(one, other), mergeEntries(other, one));
    assert.deepEqual(mergeEntries(mergeEntries(one, other), one), mergeEntries(one, other));
  }
});
