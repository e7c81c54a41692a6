import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { keptNote } from './kept-note.ts';

suite('the line on a kept page', () => {
  test('says since when, and why', () => {
    assert.equal(
      keptNote('Sat, 21 Nov 2026 17:00:00 GMT', false),
      '<p class="kept-note">You are offline. This page is kept in this browser, as it was on 21 November 2026.</p>',
    );
    assert.match(keptNote('Sat, 21 Nov 2026 17:00:00 GMT', true), /The site does not answer\./);
  });

  test('writes nothing of a date that is none', () => {
    for (const date of [null, '', '<script>'])
      assert.match(keptNote(date, false), /This page is kept in this browser\.<\/p>$/);
  });
});
