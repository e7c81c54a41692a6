import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isSameOutput } from './comparison.ts';

const nothing = { stdout: '', stderr: '', both: '' };

suite('isSameOutput', () => {
  test('compares standard output exactly, and standard error not at all', () => {
    const expected = { stdout: 'one\ntwo\n', stderr: 'a stack trace\n' };
    assert.equal(isSameOutput({ ...nothing, stdout: 'one\ntwo\n', stderr: 'another' }, expected), true);
    assert.equal(isSameOutput({ ...nothing, stdout: 'one\ntwo' }, expected), false);
    assert.equal(isSameOutput({ ...nothing, stdout: 'two\none\n' }, expected), false);
  });

  test('a program that prints nothing equals an empty recording', () => {
    assert.equal(isSameOutput(nothing, { stdout: '', stderr: '' }), true);
    assert.equal(isSameOutput(nothing, { stdout: 'x\n', stderr: '' }), false);
  });

  test('streams that came as one keep their order where only one was recorded', () => {
    const expected = { stdout: 'one\ntwo\n', stderr: '' };
    assert.equal(isSameOutput({ ...nothing, both: 'one\ntwo\n' }, expected), true);
    assert.equal(isSameOutput({ ...nothing, both: 'two\none\n' }, expected), false);
  });

  test('streams that came as one may alternate in any way', () => {
    const expected = { stdout: 'one\ntwo\n', stderr: 'warning\n' };
    assert.equal(isSameOutput({ ...nothing, both: 'one\nwarning\ntwo\n' }, expected), true);
    assert.equal(isSameOutput({ ...nothing, both: 'one\ntwo\n' }, expected), false);
  });
});
