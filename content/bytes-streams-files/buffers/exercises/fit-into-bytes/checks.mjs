import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fit } from './main.mjs';

test('A text that fits stays as it is', () => {
  assert.equal(fit('naïve 🚀', 11), 'naïve 🚀', '‘naïve 🚀’ has eleven bytes and fits into eleven.');
  assert.equal(
    fit('\ufffd', 3),
    '\ufffd',
    'A text may contain a replacement character of its own. It belongs to the text: keep it.',
  );
});

test('A text of ASCII is cut at the limit', () => {
  assert.equal(fit('hello world', 5), 'hello', 'Five ASCII characters are five bytes.');
});

test('The limit counts bytes', () => {
  assert.equal(
    fit('5€ each', 4),
    '5€',
    '‘5€ each’ begins with a euro sign of three bytes. In four bytes there is room for ‘5€’ and no more: count bytes, not characters.',
  );
});

test('No character is cut in two', () => {
  for (const limit of [2, 3]) {
    const result = fit('5€ each', limit);
    assert.doesNotMatch(
      result,
      /\ufffd/,
      'The limit falls inside a character, and the result has part of it. Leave the whole character out.',
    );
    assert.equal(
      result,
      '5',
      'The result is not the beginning of the text. Stop at the first character that does not fit.',
    );
  }
});

test('An emoji is whole or absent', () => {
  assert.deepEqual(
    [fit('a🚀b', 4), fit('a🚀b', 5), fit('a🚀b', 6)],
    ['a', 'a🚀', 'a🚀b'],
    'A rocket has four bytes, and two units of the string. Half of it must not be left over.',
  );
});

test('Nothing fits into nothing', () => {
  assert.equal(fit('hello', 0), '', 'With a limit of 0 the result is the empty string.');
});
