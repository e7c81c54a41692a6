import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodingBinding } from './encoding_binding.ts';
import { besideReal, callable, outcome } from './oracle.ts';

const { ours, real } = besideReal('encoding_binding', encodingBinding);

function agree(name: string, ...args: unknown[]): void {
  assert.deepEqual(
    outcome(() => callable(ours, name)(...args)),
    outcome(() => callable(real, name)(...args)),
    `${name} ${JSON.stringify(args)}`,
  );
}

test('decodeUTF8, with and without byte order mark, lenient and fatal', () => {
  const samples: unknown[] = [
    Buffer.from([0xef, 0xbb, 0xbf, 65]),
    Buffer.from('grün €uro 😀'),
    Buffer.from([0xff, 65]),
    Buffer.from([0xe2, 0x82]),
    new ArrayBuffer(2),
    new SharedArrayBuffer(2),
    new Uint8Array(new SharedArrayBuffer(2)),
    new DataView(new ArrayBuffer(3)),
    'text',
    undefined,
  ];
  for (const sample of samples)
    for (const ignoreBOM of [false, true])
      for (const fatal of [false, true]) agree('decodeUTF8', sample, ignoreBOM, fatal);
});

test('encodeUtf8String and encodeInto', () => {
  for (const text of ['', 'a', 'é€😀', '\ud800', 'a\udc00b']) {
    agree('encodeUtf8String', text);
    for (const size of [0, 1, 2, 3, 4, 8, 20]) {
      const [a, b] = [new Uint8Array(size), new Uint8Array(size)];
      callable(ours, 'encodeInto')(text, a);
      callable(real, 'encodeInto')(text, b);
      assert.deepEqual(
        [a, ours['encodeIntoResults']],
        [b, real['encodeIntoResults']],
        `${text} into ${size}`,
      );
    }
  }
});

test('host names', () => {
  const names = [
    'español.com',
    'ESPAÑOL.com',
    'xn--iñvalid',
    '',
    'a b',
    'http://x',
    '1.2.3',
    'faß.de',
    'xn--fa-hia.de',
    '中文.com',
    'xn--fiq228c.com',
    'a..b',
    '-a-',
    'a_b',
    '%41',
    '日本｡jp',
    'xn--0',
    'xn--',
    'A.com',
    '[::1]',
    '0x7f.1',
    'a/b',
    'a@b',
    'xn--zca',
    'xn--mgberp4a5d4ar',
    'مثال.إختبار',
    'x.xn--a-b',
    'xn--abc-.com',
    '😀.de',
    'a\u00adb',
    'Ⅷ.com',
  ];
  for (const name of names) {
    agree('toASCII', name);
    agree('toUnicode', name);
  }
});
