import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bookProgress,
  chapterProgress,
  describeBook,
  describeProgress,
  describeShares,
  nextChapter,
  stageOf,
} from './progress.ts';
import type { KeptProgress } from './progress.ts';

const contents = { id: 'a/b', blocks: ['a/b/1', 'a/b/2', 'a/b/3'], exercises: ['a/b/e'], quizzes: ['a/b/q'] };
const nothing: KeptProgress = {
  blocks: new Map(),
  exercises: new Map(),
  quizzes: new Map(),
  chapters: new Map(),
};
const exercise = (best: number) => ({ best, checks: 4, hints: 1, hasSeenSolution: false });

test('of a chapter that was not opened there is nothing to say', () => {
  const progress = chapterProgress(contents, nothing);
  assert.equal(describeProgress(progress), '');
  assert.equal(progress.isComplete, false);
});

test('what was done is counted; what the chapter no longer has is not', () => {
  const progress = chapterProgress(contents, {
    ...nothing,
    blocks: new Map([
      ['a/b/2', { ranAt: 1, exitCode: 1 }],
      ['a/b/gone', { ranAt: 1, exitCode: 0 }],
    ]),
    exercises: new Map([['a/b/e', exercise(3)]]),
  });
  assert.equal(describeProgress(progress), 'Begun, 1 of 3 programs run');
});

test('a chapter is complete when it is read, its exercises are passed and its quizzes answered', () => {
  const kept: KeptProgress = {
    ...nothing,
    exercises: new Map([['a/b/e', exercise(4)]]),
    quizzes: new Map([['a/b/q', { chosen: ['1'], isRight: false }]]),
  };
  assert.equal(chapterProgress(contents, kept).isComplete, false);
  const read = { ...kept, chapters: new Map([['a/b', { readAt: 1 }]]) };
  assert.equal(chapterProgress(contents, read).isComplete, true);
});

test('a chapter of prose says only that it is read', () => {
  const prose = { id: 'a/c', blocks: [], exercises: [], quizzes: [] };
  const kept = { ...nothing, chapters: new Map([['a/c', { readAt: 1 }]]) };
  assert.equal(describeProgress(chapterProgress(prose, kept)), 'Read');
  assert.deepEqual(bookProgress([contents, prose], kept), {
    chapters: { done: 1, of: 2 },
    blocks: { done: 0, of: 3 },
    exercises: { done: 0, of: 1 },
    quizzes: { done: 0, of: 1 },
  });
});

test('a chapter goes from new to complete', () => {
  const ran = { ...nothing, blocks: new Map([['a/b/1', { ranAt: 1, exitCode: 0 }]]) };
  const read = { ...ran, chapters: new Map([['a/b', { readAt: 1 }]]) };
  const complete = {
    ...read,
    exercises: new Map([['a/b/e', exercise(4)]]),
    quizzes: new Map([['a/b/q', { chosen: ['1'], isRight: true }]]),
  };
  const stages = [nothing, ran, read, complete].map((kept) => stageOf(chapterProgress(contents, kept)));
  assert.deepEqual(stages, ['new', 'begun', 'read', 'complete']);
  assert.equal(
    describeShares(chapterProgress(contents, read)),
    '1 of 3 programs run, 0 of 1 exercise passed, 0 of 1 quiz answered',
  );
});

test('a quiz of which some questions are open is not answered', () => {
  const partial = { chosen: ['1-1'], isRight: false, isPartial: true };
  const kept = { ...nothing, quizzes: new Map([['a/b/q', partial]]) };
  assert.deepEqual(chapterProgress(contents, kept).quizzes, { done: 0, of: 1 });
});

test('the way on is the chapter that is begun, else the first that is not read', () => {
  const prose = (id: string) => ({ id, blocks: [`${id}/1`], exercises: [], quizzes: [] });
  const chapters = [prose('a/a'), prose('a/b'), prose('a/c')];
  const read = (...ids: string[]) => new Map(ids.map((id) => [id, { readAt: 1 }]));
  const ran = new Map(['a/a/1', 'a/c/1'].map((id) => [id, { ranAt: 1, exitCode: 0 }]));
  assert.equal(nextChapter(chapters, nothing)?.id, 'a/a');
  assert.equal(nextChapter(chapters, { ...nothing, chapters: read('a/a') })?.id, 'a/b');
  assert.equal(nextChapter(chapters, { ...nothing, chapters: read('a/a'), blocks: ran })?.id, 'a/c');
  assert.equal(nextChapter(chapters, { ...nothing, chapters: read('a/a', 'a/b', 'a/c') }), undefined);
});

test('the book is told in one sentence', () => {
  const kept = {
    ...nothing,
    chapters: new Map([['a/b', { readAt: 1 }]]),
    blocks: new Map([['a/b/1', { ranAt: 1, exitCode: 0 }]]),
    exercises: new Map([['a/b/e', exercise(4)]]),
  };
  assert.equal(describeBook(bookProgress([contents], nothing)), '');
  assert.equal(
    describeBook(bookProgress([contents, { ...contents, id: 'a/c', blocks: [] }], kept)),
    'You have read 1 of 2 chapters, run 1 program, and passed 2 exercises.',
  );
});
