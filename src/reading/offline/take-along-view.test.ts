import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { viewOf } from './take-along-view.ts';

const progress = { files: 150, allFiles: 160, bytes: 20_000_000, allBytes: 23_000_000 };
const parts = ['text', 'engine'] as const;
const plain = { more: false, promise: '' };

suite('what is said about the copy of the book', () => {
  test('where it is whole, it can only be removed, unless a part is added', () => {
    const state = { name: 'whole', bytes: 4_000_000, parts: ['text'] } as const;
    assert.deepEqual(viewOf(state, plain), {
      words: 'All chapters are kept here, and open without a connection. It takes 4.0 MB.',
      canRemove: true,
    });
    assert.equal(viewOf(state, { more: true, promise: '' }).load, 'Keep that, too');
  });

  test('where it is incomplete, why, and that it goes on from there', () => {
    const view = viewOf({ name: 'partial', parts, progress, failure: 'It broke.' }, plain);
    assert.match(view.words, /^It broke\. 150 of 160 files are here/);
    assert.equal(view.load, 'Continue');
  });

  test('where it is of an edition before, what has changed', () => {
    const view = viewOf({ name: 'outdated', parts, progress }, plain);
    assert.equal(view.words, 'There is a new edition. Of your copy, 10 files of 3.0 MB changed.');
  });

  test('where the site does not answer, nothing can be loaded', () => {
    assert.equal(viewOf({ name: 'unasked', isWhole: true }, plain).load, undefined);
    assert.equal(viewOf({ name: 'unasked', isWhole: false }, plain).canRemove, false);
  });
});
