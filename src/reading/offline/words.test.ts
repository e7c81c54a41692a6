import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { failureWords, megabytes, partWords, progressWords } from './words.ts';

const progress = { files: 40, allFiles: 160, bytes: 6_240_000, allBytes: 23_346_000 };

suite('the words about what is taken along', () => {
  test('sizes are rounded to what a reader wants to know', () => {
    assert.deepEqual([0, 120_000, 9_940_000, 9_960_000, 23_346_000].map(megabytes), [
      '0.1 MB',
      '0.1 MB',
      '9.9 MB',
      '10 MB',
      '23 MB',
    ]);
  });

  test('progress is told in bytes and files', () => {
    assert.equal(progressWords(progress), '6.2 MB of 23 MB, 40 of 160 files');
    assert.match(partWords(progress), /^40 of 160 files are here/);
  });

  test('a full browser is told from a lost connection and from a site that changes', () => {
    const quota = new DOMException('', 'QuotaExceededError');
    assert.match(failureWords(quota, 17_000_000, 3_000_000), /needs 17 MB, and this browser .* 3\.0 MB more/);
    assert.match(failureWords(quota, 17_000_000, undefined), /needs 17 MB\./);
    assert.match(failureWords(new TypeError('fetch'), 1, 1), /connection was lost/);
    const changed = Object.assign(new Error('index.html'), { name: 'UnexpectedFile' });
    assert.match(failureWords(changed, 1, 1), /not of this edition/);
    assert.match(failureWords('?', 1, 1), /would not keep a file/);
  });
});
