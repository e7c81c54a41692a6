import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import {
  commandLine,
  readArguments,
  readEnvironment,
  writeArguments,
  writeEnvironment,
} from './command-line.ts';

const odd = [
  '',
  ' ',
  'two words',
  `it's "both"`,
  '$HOME',
  'a\nb',
  ' a  \n  b ',
  '\n',
  "'",
  '"',
  '\\',
  '# no',
  'a=b',
  '😀',
  '`ls`',
];

test('the command line is the one that a shell runs', () => {
  const args = [
    '-e',
    'process.stdout.write(JSON.stringify([process.argv.slice(1), process.env.ODD]))',
    '--',
    ...odd,
  ];
  const env = { ODD: `it's $odd\n` };
  const line = commandLine({ entry: '', args, env });
  const printed = execFileSync('sh', ['-c', line], { encoding: 'utf8' });
  assert.deepEqual(JSON.parse(printed), [odd, env.ODD]);
  assert.equal(commandLine({ entry: 'main.mjs', args: ['--all'], env: {} }), 'node main.mjs --all');
});

test('arguments come back as they were', () => {
  assert.deepEqual(readArguments(writeArguments(odd)), { args: odd });
  assert.equal(writeArguments(['--name', 'Ada Lovelace']), "--name 'Ada Lovelace'");
});

test('an environment comes back as it was', () => {
  const env = Object.fromEntries(odd.map((value, index) => [`NAME_${index}`, value]));
  assert.deepEqual(readEnvironment(writeEnvironment(env)), { env });
  assert.equal(writeEnvironment({ URL: 'http://a/?b=1&c=$d', EMPTY: '' }), 'URL=http://a/?b=1&c=$d\nEMPTY=');
});

test('lines are read as one means them', () => {
  const text = ' A = one two # three \r\n\nB=\nC=it\'s\nD="x \\"y\\"" \nE=\'1\n\n2\'\nF=last';
  assert.deepEqual(readEnvironment(text), {
    env: { A: 'one two # three', B: '', C: "it's", D: 'x "y"', E: '1\n\n2', F: 'last' },
  });
});

test('what is wrong is said with its line', () => {
  const problems = {
    'A=1\nB': 'Line 2 has no = after the name.',
    '=1': 'Line 1 has no name before the =.',
    '1A=1': 'Line 1: a name has letters, digits and _, and begins with no digit.',
    '__proto__=1': 'Line 1: a name has letters, digits and _, and begins with no digit.',
    'A=1\n\nA=2': 'Line 3: A has a value already.',
    "A='1\nB=2": "Line 1: The quotation mark ' is not closed.",
    "A='1' 2": 'Line 1: after the closing quotation mark there is more.',
    'A="$B"': 'Line 1: There is no shell here: write $B in single quotation marks.',
  };
  for (const [text, problem] of Object.entries(problems))
    assert.deepEqual(readEnvironment(text), { problem }, text);
});

test('nobody fills the store with words', () => {
  assert.ok('problem' in readArguments('a '.repeat(201)));
  assert.ok('problem' in readArguments('a'.repeat(10_001)));
  assert.ok('problem' in readArguments('a\0'));
  assert.ok('problem' in readEnvironment(`A=${'a'.repeat(10_001)}`));
  assert.ok('problem' in readEnvironment('A=\0'));
});
