import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFound, explainNothing } from './filter-words.ts';

const chapters = { item: 'chapter', part: 'topic' };
const terms = { item: 'term', part: undefined };

test('what was found is counted, parts only where some were', () => {
  assert.equal(describeFound(chapters, 1, 2), '1 chapter, 2 topics found.');
  assert.equal(describeFound(chapters, 2, 0), '2 chapters found.');
  assert.equal(describeFound(terms, 0, 0), 'No term found.');
});

test('nothing is explained by what was typed, else by what was chosen', () => {
  assert.equal(
    explainNothing(chapters, 'x', 'read'),
    'No chapter and no topic of those that you chose has a word that begins with “x”.',
  );
  assert.equal(explainNothing(terms, 'x', 'all'), 'No term has a word that begins with “x”.');
  assert.equal(explainNothing(chapters, '', 'unread'), 'You have read every chapter that is written.');
  assert.equal(explainNothing(terms, '', 'all'), 'There is no term yet.');
});
