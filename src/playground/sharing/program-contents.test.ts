import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  commandLine,
  describeContents,
  describeLines,
  inputLine,
  variableLines,
} from './program-contents.ts';

const program = { title: 't', files: { 'main.mjs': '' }, entry: 'main.mjs', args: [], env: {} };

test('what a program holds is said in a sentence', () => {
  assert.equal(describeContents(program), 'the file main.mjs');
  const more = {
    ...program,
    files: { 'main.mjs': '', 'lib.mjs': '' },
    args: ['--name', 'Ada Lovelace'],
    env: { DEBUG: '1', LANG: 'C' },
    stdin: '',
  };
  assert.equal(
    describeContents(more),
    "2 files (main.mjs and lib.mjs), the arguments --name 'Ada Lovelace', the environment variables DEBUG and LANG, and the standard input",
  );
  const files = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, '']));
  assert.equal(describeContents({ ...program, files }), '50 files (f0, f1, f2, f3, f4, and 45 more)');
});

test('lines are counted as an editor counts them', () => {
  assert.deepEqual(['', 'a', 'a\n', 'a\nb'].map(describeLines), ['empty', '1 line', '1 line', '2 lines']);
});

test('a command and an environment hide nothing and stay short', () => {
  assert.equal(commandLine({ entry: '', args: [] }), 'node');
  assert.equal(
    commandLine({ entry: 'a.mjs', args: ['\u001b[2J', "it's"] }),
    String.raw`node a.mjs '\u{1b}[2J' 'it'\''s'`,
  );
  assert.ok(
    commandLine({ entry: 'a.mjs', args: Array.from({ length: 200 }, () => 'x'.repeat(10_000)) }).length < 600,
  );
  assert.deepEqual(variableLines({ env: { A: 'b', B: 'x'.repeat(300) } }), [
    'A=b',
    `B=${'x'.repeat(100)}… (300 characters)`,
  ]);
  assert.deepEqual(['', 'a\nb\n'].map(inputLine), ['empty', 'a b (2 lines)']);
});
