import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleBeginning, visibleText } from './visible-text.ts';

test('what hides or turns text is written out', () => {
  assert.equal(visibleText('main\u202egpj.js'), String.raw`main\u{202e}gpj.js`);
  assert.equal(
    visibleText('a\0b\u001b[31mc\u2028d\u3164e\u{e0041}'),
    String.raw`a\u{0}b\u{1b}[31mc\u{2028}d\u{3164}e\u{e0041}`,
  );
  assert.equal(visibleText(' two\r\n\tlines '), ' two lines ');
});

test('words and emoji of every script stay', () => {
  for (const text of ['Zählen', 'עברית', 'می‌خواهم', '👩‍💻 and ❤️', '<b>no markup</b>'])
    assert.equal(visibleText(text), text);
});

test('a long text says how long it is', () => {
  assert.equal(visibleBeginning('abc', 3), 'abc');
  assert.equal(visibleBeginning('a'.repeat(1234), 3), 'aaa… (1,234 characters)');
});
