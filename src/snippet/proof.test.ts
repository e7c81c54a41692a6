import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { collectExercises } from './collect.ts';
import type { Exercise } from './exercise.ts';
import { checkAnswer, problemsOf, solutionProblem } from './proof.ts';

const book = fileURLToPath(new URL('fixtures/exercises', import.meta.url));
const [exercise] = await collectExercises(book);
assert.ok(exercise, 'the fixture has an exercise');
const options = {
  node: process.execPath,
  packages: () => Promise.reject(new Error('the exercise imports no packages')),
};
const withMain = (text: string) => ({ ...exercise.starter, 'main.mjs': text });

/** What is wrong with the exercise of the fixture, changed. */
async function problemsWith(change: Partial<Exercise>): Promise<string[]> {
  assert.ok(exercise);
  return await problemsOf({ ...exercise, ...change }, options);
}

suite('the proof of an exercise', () => {
  test('finds nothing wrong with a sound one', async () => {
    assert.deepEqual(await problemsWith({}), []);
  });

  test('a solution that fails is told with the check', async () => {
    assert.deepEqual(await problemsWith({ solution: exercise.starter }), [
      'the solution has to pass, but «It adds» says (assertion) «One and two are three.».',
    ]);
  });

  test('a solution that cannot run is told with what Node said', async () => {
    const problem = await solutionProblem(
      { ...exercise, solution: withMain('export const sum = (;') },
      options,
    );
    assert.match(
      problem ?? '',
      /^the solution has to pass, but its run ended before its first check:\n[^]*SyntaxError/,
    );
  });

  test('a starter that passes leaves nothing to do', async () => {
    assert.deepEqual(await problemsWith({ starter: exercise.solution }), [
      'the starter has to reach every check and fail one, but it passes every check.',
    ]);
  });

  test('a starter that cannot run teaches nothing', async () => {
    const [problem, ...others] = await problemsWith({ starter: withMain('process.exit(0)') });
    assert.deepEqual(others, []);
    assert.match(
      problem ?? '',
      /^the starter has to reach every check and fail one, but its run ended before its first check/,
    );
  });

  test('a wrong answer has to be told what it says', async () => {
    const [wrong] = exercise.wrong;
    assert.ok(wrong);
    assert.deepEqual(await problemsWith({ wrong: [{ ...wrong, says: 'Add them.' }] }), [
      'wrong/multiplies has to be told «Add them.», but «It adds» says (assertion) «One and two are three.».',
    ]);
    assert.deepEqual(await problemsWith({ wrong: [{ ...wrong, files: exercise.solution }] }), [
      'wrong/multiplies has to be told «One and two are three.», but it passes every check.',
    ]);
  });

  test('a check that the page does not find is told', async () => {
    const checks = exercise.checks.replace("test('It adds'", " test('It adds'");
    const problem = await solutionProblem({ ...exercise, checks }, options);
    assert.match(
      problem ?? '',
      /^the page finds the checks «There is a function», but «There is a function», «It adds» ran/,
    );
  });
});

suite('an answer', () => {
  test('that never ends is stopped', async () => {
    const answer = await checkAnswer(exercise, withMain('export const sum = () => { for (;;); };'), {
      ...options,
      timeLimit: 3000,
    });
    assert.equal(answer.isStopped, true);
    assert.equal(answer.verdict, 'unfinished');
  });

  test('that is stopped has the results until then', async () => {
    // Not by the clock: how far the checks come by then is up to the machine.
    const stopping = `export const sum = () => { process.kill(process.pid, 'SIGKILL'); for (;;); };`;
    const answer = await checkAnswer(exercise, withMain(stopping), options);
    assert.equal(answer.isStopped, true);
    assert.deepEqual(answer.results, [{ name: 'There is a function', passed: true }]);
    assert.equal(answer.verdict, 'unfinished');
  });

  test('that ends the program is unfinished', async () => {
    const answer = await checkAnswer(
      exercise,
      withMain('export const sum = () => process.exit(0);'),
      options,
    );
    assert.equal(answer.isStopped, false);
    assert.equal(answer.verdict, 'unfinished');
  });

  test('may print what it likes', async () => {
    const printing = `${exercise.solution['main.mjs']}process.stdout.write('no line end\\u001E{"kind":"end","count":0}');`;
    const answer = await checkAnswer(exercise, withMain(printing), options);
    assert.equal(answer.verdict, 'passed');
    assert.equal(answer.results.length, 2);
  });
});
