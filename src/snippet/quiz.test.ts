import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { mdxToMdast } from 'satteri';
import type { ChapterPlace } from './curriculum.ts';
import { readQuizzes, summarizeQuiz } from './quiz.ts';

const text = await readFile(
  new URL('fixtures/exercises/first-part/first-chapter/index.mdx', import.meta.url),
  'utf8',
);
const part = { id: 'first-part', title: 'The first part' };
// True: a quiz needs no more of its place than the id.
const place = { id: 'first-part/first-chapter', part } as unknown as ChapterPlace;
const read = (source: string) => readQuizzes(mdxToMdast(source), place);

suite('the quizzes of a chapter', () => {
  test('have questions of one right answer, and of several', () => {
    const quizzes = read(text);
    assert.deepEqual(quizzes.map(summarizeQuiz), [
      {
        id: 'first-part/first-chapter/check-yourself',
        questions: [
          { kind: 'single', right: [false, true] },
          { kind: 'multiple', right: [true, true] },
        ],
      },
    ]);
    const [one, other] = quizzes[0]?.questions ?? [];
    assert.deepEqual(
      one?.prompt.map(({ type }) => type),
      ['paragraph'],
    );
    assert.deepEqual(
      other?.prompt.map(({ type }) => type),
      ['paragraph', 'code'],
    );
    assert.equal(one?.options.length, 2);
  });

  const mistakes: readonly (readonly [what: string, from: string | RegExp, to: string, message: RegExp])[] = [
    ['an unknown key', 'Quiz name=', 'Quiz id=', /:38: <Quiz>: "id" is not a known key\. Known keys: name\./],
    ['no name', '<Quiz name="check-yourself">', '<Quiz>', /:38: <Quiz> needs name="…"/],
    [
      'text beside the list',
      '<Quiz name="check-yourself">\n',
      '<Quiz name="check-yourself">\n\nText.\n',
      /:38: A quiz is a numbered list of questions/,
    ],
    ['a list without numbers', /^\d\. /gm, '-  ', /:38: A quiz is a numbered list of questions/],
    [
      'an answer that is not marked',
      '- [ ] one',
      '- one',
      /:42: An answer begins with \[x\] where it is right/,
    ],
    ['an answer without a reason', '\n     One is odd.\n', '', /:42: An answer needs a second paragraph/],
    ['no right answer', '- [x] two', '- [ ] two', /:40: Question 1 has no right answer\./],
    ['one answer only', /   - \[ \] one\n\n.*\n\n/, '', /:40: Question 1 needs at least two answers\./],
    [
      'a question without answers',
      /   - \[ \] one[^]*Two is even\.\n/,
      '   Or odd?\n',
      /:40: Question 1 needs a text and then its answers\./,
    ],
    [
      'two quizzes of one name',
      /$/,
      '\n<Quiz name="check-yourself">\n\n1. x\n\n</Quiz>\n',
      /The chapter has two quizzes named "check-yourself"\./,
    ],
  ];
  for (const [what, from, to, message] of mistakes) {
    test(`a mistake: ${what}`, () => {
      const edited = text.replace(from, to);
      assert.notEqual(edited, text, 'the edit changes something');
      assert.throws(() => read(edited), message);
    });
  }
});
