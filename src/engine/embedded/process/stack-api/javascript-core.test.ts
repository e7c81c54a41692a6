import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readJavaScriptCoreStack, rewriteStack, withV8Stack } from './javascript-core.ts';

const written = (stack: string) => readJavaScriptCoreStack(stack).map(String);

/** An error as JavaScriptCore makes it. */
const made = (stack: string): TypeError =>
  Object.defineProperties(new TypeError('no users'), {
    stack: { value: stack, writable: true, configurable: true },
    line: { value: 3, configurable: true },
    column: { value: 9, configurable: true },
  });

suite('a stack trace of Safari', () => {
  test('has the frames that V8 would write', () => {
    const stack = 'read@http://localhost/a.js:3:9\nasync load@http://localhost/a.js:7:1\n[native code]';
    assert.deepEqual(written(stack), [
      'read (http://localhost/a.js:3:9)',
      'async load (http://localhost/a.js:7:1)',
    ]);
  });

  test('of evaluated text has names alone', () => {
    const frames = readJavaScriptCoreStack('read@\neval code@\nforEach@[native code]\n@');
    assert.deepEqual(
      frames.map((frame) => frame.getFunctionName()),
      ['read', null, 'forEach', null],
    );
    assert.ok(frames.every((frame) => !frame.hasPlace && frame.getLineNumber() === null));
    assert.equal(String(frames[0]), 'read (<anonymous>)');
  });

  test('begins with the message once it is asked for', () => {
    const error = rewriteStack(made('read@http://localhost/a.js:3:9\nmain@http://localhost/a.js:7:1'));
    assert.equal(
      error.stack,
      'TypeError: no users\n    at read (http://localhost/a.js:3:9)\n    at main (http://localhost/a.js:7:1)',
    );
  });

  test('leaves nothing of its engine behind', () => {
    assert.deepEqual(Object.getOwnPropertyNames(rewriteStack(made('read@'))).toSorted(), [
      'message',
      'stack',
    ]);
  });

  test('that a program wrote itself stays', () => {
    const stack = 'TypeError: mine\n    at nowhere';
    assert.equal(rewriteStack(made(stack)).stack, stack);
    assert.equal(rewriteStack('no error'), 'no error');
  });

  test('stays as it is in other engines', () => {
    const error = Object.assign(new Error('no users'), { stack: '' });
    assert.equal(withV8Stack(error).stack, '');
    assert.equal(Object.getOwnPropertyDescriptor(withV8Stack(made('read@')), 'stack')?.value, 'read@');
  });
});
