import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeaderBlock } from './header-block.ts';

test('names and values by turns, each put together from its pieces', () => {
  const block = new HeaderBlock();
  assert.equal(block.isEmpty, true);
  for (const piece of ['Con', 'tent-', 'Type']) block.addName(piece);
  for (const piece of ['text', '/html']) block.addValue(piece);
  block.addName('Empty');
  block.addValue('');
  block.addName('Host');
  block.addValue('localhost');
  assert.equal(block.isEmpty, false);
  assert.deepEqual(block.list(), ['Content-Type', 'text/html', 'Empty', '', 'Host', 'localhost']);
});

test('values lose the spaces and tabs at their end only', () => {
  const block = new HeaderBlock();
  const values = { inside: ' a \t b', after: 'a \t ', nothing: ' \t' };
  for (const [name, value] of Object.entries(values)) {
    block.addName(name);
    block.addValue(value);
  }
  assert.deepEqual(block.list(), ['inside', ' a \t b', 'after', 'a', 'nothing', '']);
});

test('a name whose value has not come is left out', () => {
  const block = new HeaderBlock();
  block.addName('Host');
  assert.equal(block.isEmpty, false);
  assert.deepEqual(block.list(), []);
});

test('is full when the 31st header has its value', () => {
  const block = new HeaderBlock();
  for (let index = 1; index <= 31; index++) {
    block.addName(`Name-${index}`);
    assert.equal(block.isFull, false, `at the name of header ${index}`);
    block.addValue('value');
  }
  assert.equal(block.isFull, true);
});
