import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { choicesOf, idsOf, judge } from './judgement.ts';

suite('choices', () => {
  const multiple = [true, false, true, false];
  const cases: readonly (readonly [
    what: string,
    right: readonly boolean[],
    chosen: number[],
    said: string,
  ])[] = [
    ['the one right answer', [false, true], [1], 'Right.'],
    ['the wrong one', [false, true], [0], 'Not right. Each answer says why.'],
    ['all right ones', multiple, [2, 0], 'Right.'],
    ['one too few', multiple, [0], 'Not quite: one right answer is missing. Each answer says why.'],
    ['one too many', multiple, [0, 1, 2], 'Not quite: one choice is wrong. Each answer says why.'],
    [
      'only wrong ones',
      multiple,
      [1, 3],
      'Not quite: 2 choices are wrong, and 2 right answers are missing. Each answer says why.',
    ],
    [
      'one that is not there',
      [true, true],
      [0, 7],
      'Not quite: one choice is wrong, and one right answer is missing. Each answer says why.',
    ],
  ];
  for (const [what, right, chosen, said] of cases) {
    test(what, () => {
      const { isRight, sentence } = judge(right, chosen);
      assert.equal(sentence, said);
      assert.equal(isRight, said === 'Right.');
    });
  }
});

suite('kept choices', () => {
  const questions = [
    [true, false],
    [true, false, true],
  ];

  test('come back as they were', () => {
    const choices = new Map([
      [1, [0, 2]],
      [0, [1]],
    ]);
    const ids = idsOf(choices);
    assert.deepEqual(ids, ['1-2', '2-1', '2-3']);
    assert.deepEqual(choicesOf(ids, questions), choices);
  });

  test('of a question or an answer that is not there are left out', () => {
    const strangers = ['3-1', '1-3', '0-1', '1-0', '-1-1', '1', '', '__proto__', '1-1-1', '9999-1', ' 1-1'];
    assert.deepEqual(choicesOf(strangers, questions), new Map());
    assert.deepEqual(choicesOf(['1-1', '1-1'], questions), new Map([[0, [0]]]));
  });
});
