import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from './buffer.ts';
import { besideReal, callable, outcome } from './oracle.ts';

const { ours, real } = besideReal('buffer', buffer);

/** Calls both with arguments made anew for each, and compares what they answer and what became of the arguments. */
function agree(name: string, args: () => unknown[]): void {
  const [a, b] = [args(), args()];
  const described = `${name}(${a.map((arg) => (typeof arg === 'string' ? JSON.stringify(arg) : String(arg))).join(', ')})`;
  assert.deepEqual(
    [outcome(() => callable(ours, name)(...a)), a],
    [outcome(() => callable(real, name)(...b)), b],
    described,
  );
}

const random = (() => {
  // The same bytes in every run.
  let state = 42;
  return (below: number): number => (state = (state * 1103515245 + 12345) & 0x7fffffff) % below;
})();
const randomBytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random(256)));

const texts = [
  '',
  'a',
  'ab',
  'hello world',
  'é',
  'grün €uro 😀 漢字',
  '\ud800',
  '\udc00a',
  'a\ud83d\ude00b\ud83d',
  '\0\x7f\x80\xff\u0100\uffff',
  'aGVsbG8=',
  'aGVsbG8',
  'aGVs*bG8=x',
  'aG=VsbG8',
  ' a G\nV s b G 8 =',
  'aGV\u0141sbG8',
  '-_-_+/+/',
  'aGVsb',
  '====',
  'abcdef012345',
  'ABCDEF',
  'abc',
  'abxxcd',
  'ab\u0161\u0162cd',
  '😀'.repeat(100),
  'xyz'.repeat(5000),
];
const bytes = [
  Buffer.alloc(0),
  Buffer.from('abc'),
  Buffer.from('grün €uro 😀'),
  Buffer.from([0xef, 0xbb, 0xbf, 65]),
  Buffer.from([0xf0, 0x9f, 0x98]),
  Buffer.from([0xe2, 0x82, 0x41, 0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80]),
  Buffer.from([0x3d, 0xd8]),
  randomBytes(257),
  randomBytes(20_001),
];

const sliceNames = Object.keys(real).filter((name) => name.endsWith('Slice'));
const writeNames = Object.keys(real).filter((name) => /Write(Static)?$/.test(name));

for (const name of sliceNames)
  test(`${name} of every sample, and of every start and end`, () => {
    for (const sample of bytes) agree(name, () => [sample]);
    for (const start of [undefined, 0, 1, 2, 3, 4, 9, -1, NaN, '1', 1.9])
      for (const end of [undefined, 0, 1, 2, 3, 4, 9, -1, NaN, 2.7])
        agree(name, () => [Buffer.from('abcd'), start, end]);
    for (const view of [
      'abc',
      new ArrayBuffer(2),
      null,
      new DataView(new ArrayBuffer(3), 1),
      new Uint16Array([1, 513]),
    ])
      agree(name, () => [view]);
    agree(name, () => [new Uint8Array(new SharedArrayBuffer(4))]);
  });

for (const name of writeNames)
  test(`${name} of every text into every room`, () => {
    for (const text of texts)
      for (const size of [0, 1, 2, 3, 4, 5, 8, 10, 300]) {
        agree(name, () => [Buffer.alloc(size, 0xaa), text, 0, size]);
        if (size > 2) agree(name, () => [Buffer.alloc(size, 0xaa), text, 2, size - 2]);
        if (size > 3) agree(name, () => [Buffer.alloc(size, 0xaa), text, 1, 2]);
      }
    agree(name, () => [Buffer.alloc(2), 'abcd', 1, 100]);
    agree(name, () => [Buffer.alloc(2), 'abcd', 3, 1]);
    agree(name, () => [Buffer.alloc(2), 5, 0, 2]);
    agree(name, () => [Buffer.alloc(4), 'abcd']);
    agree(name, () => [new Uint8Array(new SharedArrayBuffer(4)), 'abcd', 0, 4]);
    agree(name, () => [new Uint16Array(3), 'abcdef', 1, 4]);
  });

test('random base64 and hexadecimal text', () => {
  const alphabet = 'ABCDabcd0189+/-_= \n*é\u0141';
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: random(20) }, () => alphabet[random(alphabet.length)]).join('');
    const room = random(16);
    for (const name of ['base64Write', 'base64urlWrite', 'hexWrite'])
      agree(name, () => [Buffer.alloc(16), text, 0, room]);
  }
});

test('random bytes as UTF-8', () => {
  for (let round = 0; round < 500; round++) {
    const sample = randomBytes(random(24)).map((byte) => (byte < 128 ? byte : 128 + (byte % 120)));
    agree('utf8Slice', () => [sample]);
    agree('isUtf8', () => [sample]);
  }
});

test('byteLengthUtf8', () => {
  for (const text of texts) agree('byteLengthUtf8', () => [text]);
});

const offsets = [-20, -7, -6, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 12, 20];
const ends = [-1, 0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 20];
for (const forward of [true, false])
  test(`search ${forward ? 'forwards' : 'backwards'}, from every offset to every end`, () => {
    for (const offset of offsets)
      for (const end of ends) {
        for (const [text, needle] of [
          ['abcabc', 'c'],
          ['abcabc', 'ab'],
          ['abcabc', ''],
          ['abcabc', 'abcabcd'],
          ['', ''],
          ['', 'a'],
          ['éaéb', 'é'],
          ['aaaa', 'aa'],
        ] as const) {
          for (const [code, encoding] of [
            [1, 'utf8'],
            [3, 'ucs2'],
            [4, 'latin1'],
          ] as const) {
            const sample = Buffer.from(text, encoding);
            agree('indexOfString', () => [sample, needle, offset, code, forward, end]);
            agree('indexOfBuffer', () => [sample, Buffer.from(needle, encoding), offset, code, forward, end]);
          }
        }
        agree('indexOfNumber', () => [Buffer.from('abcabc'), 99, offset, forward, end]);
        agree('indexOfNumber', () => [Buffer.from('abcabc'), 99 + 256, offset, forward, end]);
        agree('indexOfBuffer', () => [Buffer.from('\0a\0b\0'), Buffer.from('a\0'), offset, 3, forward, end]);
        agree('indexOfBuffer', () => [Buffer.from('abc'), Buffer.from('a'), offset, 3, forward, end]);
      }
  });

test('fill with numbers, texts and bytes', () => {
  const values = [
    0,
    257.5,
    -1,
    true,
    null,
    '',
    'a',
    'ab',
    '€',
    'zz',
    'abc0',
    'aGk=',
    new Uint8Array([1, 2, 3]),
    new Uint16Array([1, 2]),
  ];
  for (const value of values)
    for (const encoding of [
      'utf8',
      'ucs2',
      'utf16le',
      'latin1',
      'ascii',
      'hex',
      'base64',
      'base64url',
      'nonsense',
      undefined,
    ])
      for (const [start, end] of [
        [0, 11],
        [1, 10],
        [3, 3],
        [3, 2],
        [0, 12],
        [-1, 4],
        [10, 11],
      ])
        agree('fill', () => [Buffer.alloc(11, 0xaa), value, start, end, encoding]);
});

test('compare and compareOffset', () => {
  for (const a of ['', 'a', 'ab', 'abcd', 'b'])
    for (const b of ['', 'a', 'ab', 'abd', 'é']) {
      agree('compare', () => [Buffer.from(a), Buffer.from(b)]);
      for (const start of [0, 1, 5])
        for (const end of [start, start + 1, start + 3])
          agree('compareOffset', () => [
            Buffer.from(a),
            Buffer.from(b),
            start,
            0,
            Math.min(end, b.length),
            a.length,
          ]);
    }
  agree('compareOffset', () => [Buffer.from('abcd'), Buffer.from('bc'), 0, 5, 2, 2]);
});

test('copy, swap and checks', () => {
  agree('copy', () => [Buffer.from('abcd'), new Uint16Array(4), 1, 1, 3]);
  agree('copyArrayBuffer', () => [new ArrayBuffer(4), 1, new Uint8Array([1, 2, 3]).buffer, 1, 2]);
  for (const [name, size] of [
    ['swap16', 2],
    ['swap32', 4],
    ['swap64', 8],
  ] as const)
    agree(name, () => [randomFixed(size * 5)]);
  for (const sample of bytes)
    for (const name of ['isUtf8', 'isAscii']) {
      agree(name, () => [sample]);
      agree(name, () => [sample.buffer.slice(0)]);
    }
});
const randomFixed = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => index));

test('atob and btoa', () => {
  const samples = [
    'aGk=',
    'a',
    'a===',
    'aGk',
    'a*',
    ' a G k',
    '',
    'aGk=a',
    'Ł',
    '=',
    'ab=',
    'ab==',
    'abc==',
    'YQ==\n',
    'abcde',
    'abcde=',
    'a\u00a0',
    '==',
    'abcd=',
    'a\tb\fc\rd',
    'a-b_',
    'ab\v',
  ];
  for (const text of [...samples, ...texts]) {
    agree('atob', () => [text]);
    agree('btoa', () => [text]);
  }
});

test('nothing calls a method that Buffer has of its own, for it is made of these functions', () => {
  class Overridden extends Uint8Array {
    static forbid(): never {
      return assert.fail('a method of Buffer was called');
    }
  }
  for (const name of ['fill', 'indexOf', 'lastIndexOf', 'includes', 'slice', 'subarray', 'toString'])
    Object.defineProperty(Overridden.prototype, name, { value: Overridden.forbid });
  const view = (): Uint8Array => new Overridden([97, 98, 99, 100]);
  callable(ours, 'fill')(view(), 'xy', 1, 4, 'utf8');
  callable(ours, 'fill')(view(), 1, 0, 4);
  assert.equal(callable(ours, 'indexOfString')(view(), 'c', 0, 1, true, 4), 2);
  assert.equal(callable(ours, 'indexOfBuffer')(view(), view(), 3, 1, false, 4), 0);
  assert.equal(callable(ours, 'compare')(view(), view()), 0);
  callable(ours, 'swap16')(view());
  callable(ours, 'copy')(view(), view(), 1, 0, 2);
  for (const name of sliceNames) callable(ours, name)(view(), 1, 3);
  for (const name of writeNames) callable(ours, name)(view(), 'abcd', 1, 2);
});

test('a program may change how functions are applied', () => {
  const { prototype } = Function;
  const { apply } = prototype;
  let slices: unknown[];
  prototype.apply = () => assert.fail('Function.prototype.apply was called');
  try {
    slices = ['latin1Slice', 'asciiSlice', 'ucs2Slice', 'base64Slice'].map((name) =>
      callable(ours, name)(Buffer.from('a\0b\0'), 0, 4),
    );
  } finally {
    prototype.apply = apply;
  }
  assert.deepEqual(slices, ['a\0b\0', 'a\0b\0', 'ab', 'YQBiAA==']);
});
