import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countWork, describeImport, describeRemoval, latestRemoval } from './words.ts';

const nothing = {
  programs: new Map(),
  outputs: new Map(),
  requests: new Map(),
  blocks: new Map(),
  exercises: new Map(),
  quizzes: new Map(),
  chapters: new Map(),
};

test('what is kept is counted: each request, and exercises apart that are passed', () => {
  const exercise = (best: number) => ({ best, checks: 2, hints: 0, hasSeenSolution: false });
  const request = { id: 'r', at: 1, port: 80, method: 'GET', path: '/', headers: [] };
  const counts = countWork({
    ...nothing,
    requests: new Map([
      ['a/b/c', [request, request]],
      ['a/b/d', [request]],
    ]),
    exercises: new Map([
      ['a/b/e', exercise(1)],
      ['a/b/f', exercise(2)],
    ]),
  });
  assert.deepEqual(
    counts.filter(({ count }) => count > 0).map(({ label, count }) => `${count} ${label}`),
    ['3 Requests that you sent to servers', '2 Exercises that you tried', '1 Exercises that you passed'],
  );
});

test('what a reset replaced is told by kind', () => {
  const replaced = [
    { collection: 'programs', key: 'a/b/c', value: {} },
    { collection: 'programs', key: 'a/b/d', value: {} },
    { collection: 'quizzes', key: 'a/b/q', value: {} },
  ] as const;
  assert.equal(describeRemoval({ replaced }), '2 changes of programs and 1 quiz');
});

test('an import says what it did, and what it did not', () => {
  assert.equal(
    describeImport({ added: 2, changed: 1, unchanged: 1, skipped: 3 }),
    'Imported: 2 things added, 1 thing changed. 1 thing was here already, or newer here. 3 things could not be read.',
  );
  assert.equal(describeImport({ added: 0, changed: 0, unchanged: 0, skipped: 0 }), 'Nothing was imported.');
});

test('the latest removal is the one that is offered', () => {
  const removal = { replaced: [] };
  const removals = new Map([
    ['tab-5', removal],
    ['another-tab-12', removal],
    ['tab-7', removal],
    ['odd', removal],
  ]);
  assert.deepEqual(latestRemoval(removals), { key: 'another-tab-12', at: 12, removal });
  assert.equal(latestRemoval(new Map()), undefined);
});
