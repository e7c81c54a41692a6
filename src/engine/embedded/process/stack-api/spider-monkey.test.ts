import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readSpiderMonkeyStack } from './spider-monkey.ts';

const written = (stack: string) => readSpiderMonkeyStack(stack).map(String);

suite('a stack trace of Firefox', () => {
  test('has the frames that V8 would write', () => {
    assert.deepEqual(written('read@file:///home/reader/main.mjs:3:9\n@file:///home/reader/main.mjs:7:1\n'), [
      'read (file:///home/reader/main.mjs:3:9)',
      'file:///home/reader/main.mjs:7:1',
    ]);
  });

  test('names no function that has no name', () => {
    assert.deepEqual(written('main/rows<@main.js:1:2\nmain/inner@main.js:3:4\n'), [
      'main.js:1:2',
      'inner (main.js:3:4)',
    ]);
  });

  test('keeps an @ in the name of a file', () => {
    const [frame] = readSpiderMonkeyStack('load@/home/reader/node_modules/@scope/name/index.js:10:5\n');
    assert.equal(frame?.getFileName(), '/home/reader/node_modules/@scope/name/index.js');
    assert.equal(frame?.getFunctionName(), 'load');
  });

  test('of functions that wait, has those that await', () => {
    const stack = 'read@main.mjs:1:1\nasync*load@main.mjs:2:2\nrun@main.mjs:3:3\nasync*@main.mjs:4:4\n';
    assert.deepEqual(written(stack), [
      'read (main.mjs:1:1)',
      'async load (main.mjs:2:2)',
      'async main.mjs:4:4',
    ]);
  });

  test('ends where a callback begins', () => {
    assert.deepEqual(written('tick@main.mjs:1:1\nsetTimeout handler*start@main.mjs:2:2\n'), [
      'tick (main.mjs:1:1)',
    ]);
  });

  test('knows text that was evaluated', () => {
    const [frame] = readSpiderMonkeyStack('sum@main.js line 4 > eval:1:7\n');
    assert.equal(frame?.isEval(), true);
    assert.equal(frame?.getScriptNameOrSourceURL(), null);
    assert.equal(frame?.getEvalOrigin(), 'eval at <anonymous> (main.js:4:1)');
  });
});
