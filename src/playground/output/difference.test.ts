import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differingLines } from './difference.ts';

const short = (before: string, after: string): string[] =>
  differingLines(before, after).map((line) =>
    line.kind === 'left-out'
      ? `… ${line.count}`
      : `${{ same: ' ', removed: '-', added: '+' }[line.kind]}${line.text}${line.hasNoEnd ? '$' : ''}`,
  );

test('equal texts have no differences', () => {
  assert.deepEqual(short('a\nb\n', 'a\nb\n'), []);
  assert.deepEqual(short('', ''), []);
});

test('lines that changed, came and went', () => {
  assert.deepEqual(short('a\nb\nc\n', 'a\nB\nc\nd\n'), [' a', '-b', '+B', ' c', '+d']);
  assert.deepEqual(short('', 'a\n'), ['+a']);
  assert.deepEqual(short('a\n', ''), ['-a']);
});

test('equal lines far from a difference are counted', () => {
  const many = Array.from({ length: 10 }, (_, at) => `${at}\n`).join('');
  assert.deepEqual(short(`${many}x\n${many}`, `${many}y\n${many}`), [
    '… 8',
    ' 8',
    ' 9',
    '-x',
    '+y',
    ' 0',
    ' 1',
    '… 8',
  ]);
});

test('a line break at the end counts', () => {
  assert.deepEqual(short('a\n', 'a'), ['-a', '+a$']);
});

test('texts that have nothing in common are not compared for long', () => {
  const lines = (name: string): string =>
    Array.from({ length: 50_000 }, (_, at) => `${name} ${at}\n`).join('');
  const found = differingLines(lines('one'), lines('other'));
  assert.equal(found.length, 100_000);
  assert.deepEqual(found[50_000], { kind: 'added', text: 'other 0' });
});
