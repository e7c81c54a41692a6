import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { quoteShellWord, splitShellWords } from './shell-words.ts';

test('words are those of a real shell', () => {
  const lines = [
    '',
    'a b  c',
    `--name 'Ada Lovelace' --port=80`,
    `"a 'quoted' word" 'a "quoted" word'`,
    String.raw`a\ b \' \" "\"" "\\" "\a" '\a'`,
    `''  "" a''b`,
    `'it'\\''s'`,
    'tab\tand\nline',
    'ünï 😀',
  ];
  for (const line of lines) {
    const printed = execFileSync('sh', ['-c', `printf '%s\\0' x ${line.replaceAll('\n', ' ')}`], {
      encoding: 'utf8',
    });
    assert.deepEqual(splitShellWords(line), { words: printed.split('\0').slice(1, -1) }, line);
  }
});

test('what a shell would do otherwise is a problem in words', () => {
  for (const line of [`'open`, '"open', 'a | b', 'a && b', 'a > file', '$HOME', '"$(ls)"', '`ls`', 'a\\'])
    assert.equal(typeof Reflect.get(splitShellWords(line), 'problem'), 'string', line);
  assert.deepEqual(splitShellWords(`'a | b' "c > d" 'costs $5' 5$`), {
    words: ['a | b', 'c > d', 'costs $5', '5$'],
  });
});

test('every word comes back', () => {
  for (const word of ['', 'plain', 'two words', `it's`, '"', '\\', '$HOME', 'a\nb', '--x=1', '*', '~', '😀'])
    assert.deepEqual(splitShellWords(quoteShellWord(word)), { words: [word] }, word);
});
