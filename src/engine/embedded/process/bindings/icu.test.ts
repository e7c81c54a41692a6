import assert from 'node:assert/strict';
import { test } from 'node:test';
import { icu } from './icu.ts';
import { besideReal, callable } from './oracle.ts';

const { ours, real } = besideReal('icu', icu);

test('the width of every character', () => {
  for (let codePoint = 0; codePoint < 0x110000; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    if (callable(ours, 'getStringWidth')(character) !== callable(real, 'getStringWidth')(character))
      assert.fail(`U+${codePoint.toString(16)}`);
  }
});

test('the width of sequences', () => {
  for (const text of ['', 'aé漢😀\u0301', '👩‍👩‍👧', '👍🏽', 'e\u0301', '한글'])
    for (const expand of [false, true, undefined])
      assert.equal(
        callable(ours, 'getStringWidth')(text, false, expand),
        callable(real, 'getStringWidth')(text, false, expand),
        text,
      );
});

test('transcode between its four encodings, and nothing else', () => {
  const names = ['ascii', 'latin1', 'utf16le', 'utf8', 'base64', 'nonsense'];
  for (const from of names)
    for (const to of names)
      for (const bytes of [Buffer.from('abc'), Buffer.from('é€😀')])
        assert.deepEqual(
          callable(ours, 'transcode')(bytes, from, to),
          callable(real, 'transcode')(bytes, from, to),
          `${from} to ${to}`,
        );
});

test('names of errors, and which encodings there are', () => {
  for (const code of [0, 1, 10, -1])
    assert.equal(callable(ours, 'icuErrName')(code), callable(real, 'icuErrName')(code));
  for (const name of ['utf8', 'latin1', 'gbk', 'nonsense', 'utf-16be', 'shift_jis'])
    assert.equal(callable(ours, 'hasConverter')(name), callable(real, 'hasConverter')(name), name);
});

test('a converter keeps half a character for the next chunk', () => {
  for (const binding of [ours, real]) {
    const converter = callable(binding, 'getConverter')('gb18030', 0);
    const text = (bytes: number[], flags: number) =>
      callable(binding, 'decode')(converter, Buffer.from(bytes), flags, 'gbk');
    assert.deepEqual([text([0xc4], 0), text([0xe3], 0), text([], 1)], ['', '你', '']);
  }
});
