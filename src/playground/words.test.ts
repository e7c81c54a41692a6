import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { EngineError } from '../engine/engine.ts';
import { describeAge, describeElapsed, describeExit, describeFailure, describeLength } from './words.ts';

suite('words', () => {
  test('an exit code', () => assert.equal(describeExit(3), 'Exited with code 3.'));

  test('a length only where it is long', () => {
    assert.equal(describeLength(99), '');
    assert.equal(describeLength(100_000), ' It printed 100,000 lines.');
  });

  test('a time in whole seconds', () => {
    assert.equal(describeElapsed(3_999), '3 s');
    assert.equal(describeElapsed(61_000), '1 min 1 s');
  });

  test('an age as one says it', () => {
    const minute = 60_000;
    const ages = [0.5, 5, 150, 60 * 24 * 3].map((minutes) => describeAge(minutes * minute));
    assert.deepEqual(ages, ['just now', '5 minutes ago', '3 hours ago', '3 days ago']);
  });

  test('the sentence of an engine is for the reader, that of another error becomes part of one', () => {
    const message = 'The embedded engine could not be loaded. Run again.';
    assert.equal(describeFailure(new EngineError('embedded', 'unreachable', message)), message);
    assert.equal(
      describeFailure(new TypeError('Failed to fetch a module.')),
      'The program could not be run: Failed to fetch a module. Reload the page and run it again.',
    );
  });
});
