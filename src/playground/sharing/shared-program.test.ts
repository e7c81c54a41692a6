import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import {
  decodeSharedProgram,
  encodeSharedProgram,
  isFileName,
  longestHash,
  ShareError,
} from './shared-program.ts';

const program = {
  title: 'Two files, “quoted” 😀',
  files: { 'main.mjs': "import './a/b.mjs';\n", 'a/b.mjs': 'console.log(1);\n' },
  entry: 'main.mjs',
  args: ['--name', 'Ada Lovelace'],
  env: { A: '1' },
  stdin: 'x\n',
};

const hashOf = (value: unknown): string =>
  `#program=${deflateRawSync(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))).toString('base64url')}`;

test('a program comes back as it was', async () => {
  assert.deepEqual(await decodeSharedProgram(await encodeSharedProgram(program)), program);
  const { stdin: _, ...silent } = program;
  assert.deepEqual(await decodeSharedProgram(await encodeSharedProgram(silent)), silent);
});

test('another hash holds no program', async () => {
  for (const hash of ['', '#', '#section', '#programme=x'])
    assert.equal(await decodeSharedProgram(hash), undefined);
});

test('a program that is too long is not put into a link', async () => {
  const noise = Array.from({ length: 40_000 }, (_, at) =>
    String.fromCharCode(0x4e00 + ((at * 7919) % 20_000)),
  );
  await assert.rejects(
    encodeSharedProgram({ ...program, files: { 'main.mjs': noise.join('') } }),
    ShareError,
  );
});

test('hostile links are refused', async () => {
  const good = [1, 't', [['main.mjs', '']], 'main.mjs', [], []];
  assert.equal((await decodeSharedProgram(hashOf(good)))?.entry, 'main.mjs');
  const bad: unknown[] = [
    'no JSON',
    null,
    {},
    [],
    [2, ...good.slice(1)],
    [1, 't', { 'main.mjs': '' }, 'main.mjs', [], []],
    [1, 't', [['../etc/passwd', '']], '../etc/passwd', [], []],
    [1, 't', [['__proto__', '']], '__proto__', [], []],
    [1, 't', [['<img src=x>', '']], '<img src=x>', [], []],
    [1, 't', [['main.mjs', '']], 'other.mjs', [], []],
    [1, 't', [['main.mjs', 5]], 'main.mjs', [], []],
    [
      1,
      't',
      [
        ['main.mjs', ''],
        ['main.mjs', ''],
      ],
      'main.mjs',
      [],
      [],
    ],
    [1, 't', [['main.mjs', '']], 'main.mjs', [5], []],
    [1, 't', [['main.mjs', '']], 'main.mjs', ['a\0b'], []],
    [1, 't', [['main.mjs', '']], 'main.mjs', Array.from({ length: 201 }, String), []],
    [1, 't', [['main.mjs', '']], 'main.mjs', ['x'.repeat(10_001)], []],
    [1, 't', [['main.mjs', '']], 'main.mjs', [], Array.from({ length: 201 }, (_, at) => [`A${at}`, ''])],
    [1, 't', [['main.mjs', '']], 'main.mjs', [], [['A', 'x'.repeat(10_001)]]],
    [1, 't', Object.entries({ lib: '', 'lib/a.mjs': '' }), 'lib', [], []],
    [1, 't', [['main\u3164.mjs', '']], 'main\u3164.mjs', [], []],
    [1, 't', [['main.mjs', '']], 'main.mjs', [], [['__proto__', 'x']]],
    [1, 't', [['main.mjs', '']], 'main.mjs', [], [['a b', 'x']]],
    [1, 't', Array.from({ length: 60 }, (_, at) => [`f${at}.mjs`, '']), 'f0.mjs', [], []],
  ];
  for (const value of bad)
    await assert.rejects(decodeSharedProgram(hashOf(value)), ShareError, JSON.stringify(value));
  for (const hash of ['#program=%%%', '#program=AAAA', `#program=${'A'.repeat(5_000_000)}`])
    await assert.rejects(decodeSharedProgram(hash), ShareError);
});

test('names that objects have of their own are names like others', async () => {
  const hash = hashOf([
    1,
    't',
    [
      ['constructor', 'x'],
      ['toString', 'y'],
    ],
    'constructor',
    [],
    [['valueOf', 'z']],
  ]);
  const shared = await decodeSharedProgram(hash);
  assert.deepEqual(Object.entries(shared?.files ?? {}), [
    ['constructor', 'x'],
    ['toString', 'y'],
  ]);
  assert.deepEqual(Object.entries(shared?.env ?? {}), [['valueOf', 'z']]);
});

test('a title cannot hide what it says', async () => {
  const hash = hashOf([1, 'a\u202eb\u001b[2Jc\0', [['main.mjs', '']], 'main.mjs', [], []]);
  assert.equal((await decodeSharedProgram(hash))?.title, String.raw`a\u{202e}b\u{1b}[2Jc\u{0}`);
});

test('a link is never made that would not open', async () => {
  const text = 'a'.repeat(2_000_000);
  await assert.rejects(
    encodeSharedProgram({ ...program, files: { 'main.mjs': text } }),
    /too long for a link/,
  );
  const files = Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`f${at}.mjs`, '']));
  await assert.rejects(encodeSharedProgram({ ...program, files, entry: 'f0.mjs' }), /cannot hold/);
});

test('a bomb is defused before it is whole', async () => {
  const bomb = hashOf(`[1,"${'a'.repeat(20_000_000)}"]`);
  assert.ok(bomb.length < longestHash);
  await assert.rejects(decodeSharedProgram(bomb), /too large/);
});

test('names of files', () => {
  for (const name of ['main.mjs', 'a/b.ts', '.env', 'café.txt', 'a@b.json'])
    assert.ok(isFileName(name), name);
  for (const name of [
    '',
    '/a',
    'a/',
    'a//b',
    '..',
    'a/../b',
    './a',
    'a b',
    '__proto__',
    'a\u202eb',
    'x'.repeat(300),
  ])
    assert.ok(!isFileName(name), name);
});
