import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatHeaderLines, joinHeaders, parseHeaderLines } from './header-lines.ts';

test('a header a line, with or without spaces, also with colons in the value', () => {
  assert.deepEqual(parseHeaderLines('Accept: */*\r\n\n X-Time :12:30 \nX-Empty:'), {
    headers: [
      ['Accept', '*/*'],
      ['X-Time', '12:30'],
      ['X-Empty', ''],
    ],
  });
  assert.deepEqual(parseHeaderLines(''), { headers: [] });
});

test('says which line is wrong', () => {
  const problem = (text: string) => {
    const read = parseHeaderLines(text);
    return 'problem' in read ? read.problem : undefined;
  };
  assert.match(problem('Accept: a\n\nnonsense') ?? '', /^Line 3 of the headers has no colon/);
  assert.match(problem('two words: x') ?? '', /^Line 1 .* “two words”/);
  assert.match(problem(': x') ?? '', /no name of a header/);
  assert.match(problem('X-Snow: ☃') ?? '', /no header can carry/);
  assert.match(problem('X-Null: a\0b') ?? '', /no header can carry/);
  assert.equal(problem('X-Latin: é'), undefined);
  assert.match(problem('A: b\n'.repeat(101)) ?? '', /more than 100/);
});

test('writes what it reads', () => {
  const lines = 'Accept: */*\nX: 1:2';
  const read = parseHeaderLines(lines);
  assert.ok('headers' in read);
  assert.equal(formatHeaderLines(read.headers), lines);
});

test('joins what is given twice, and takes any name for a name', () => {
  const joined = joinHeaders([
    ['X-A', '1'],
    ['x-a', '2'],
    ['Cookie', 'a=1'],
    ['cookie', 'b=2'],
    ['__proto__', 'x'],
  ]);
  assert.deepEqual(Object.entries(joined), [
    ['X-A', '1, 2'],
    ['Cookie', 'a=1; b=2'],
    ['__proto__', 'x'],
  ]);
});
