import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { CheckResult } from '../../checks/protocol.ts';
import { askForSolution, describeResult, summarize } from './report.ts';
import type { CheckReport } from './report.ts';

const passed: CheckResult = { name: 'One', passed: true };
const failed: CheckResult = { name: 'Two', passed: false, reason: 'assertion', message: 'Add them.' };
const slow: CheckResult = { name: 'Two', passed: false, reason: 'timeout', message: '' };

function report(given: Partial<CheckReport>): CheckReport {
  return { ending: 'timed-out', results: [], running: undefined, printed: '', stderr: '', ...given };
}

suite('a run of checks in words', () => {
  const runs: readonly (readonly [what: string, given: Partial<CheckReport>, sentence: string])[] = [
    ['all pass', { ending: 'passed', results: [passed, passed, passed] }, 'All 3 checks pass.'],
    ['one passes', { ending: 'failed', results: [passed, failed, failed] }, '1 of 3 checks passes.'],
    ['none pass', { ending: 'failed', results: [failed, failed, failed] }, '0 of 3 checks pass.'],
    ['the reader stopped it', { ending: 'stopped', results: [passed] }, 'Stopped. 1 of 3 checks had passed.'],
    [
      'the answer ended it in a check',
      { ending: 'unfinished', results: [passed], running: 'Two' },
      '1 of 3 checks passes. Your answer ended the program in the check “Two”, so the rest could not be checked.',
    ],
    [
      'the answer ended it between checks',
      { ending: 'unfinished', results: [passed, passed] },
      '2 of 3 checks pass. Your answer ended the program before the last check, so the rest could not be checked.',
    ],
    [
      'the answer could not begin',
      { ending: 'broken' },
      'Your answer could not be checked: it ended before the first check had a result.',
    ],
    [
      'a check never lets go',
      { results: [passed], running: 'Two' },
      'Your answer did not end within 15 seconds. The check “Two” was running: look for a loop that never ends.',
    ],
    [
      'checks that wait take all the time',
      { results: [slow], running: 'Three' },
      'Your answer did not end within 15 seconds. The check “Three” was running.',
    ],
    [
      'the answer never lets go before the checks',
      {},
      'Your answer did not end within 15 seconds. No check could begin: look for a loop that never ends, or an await that waits for ever, outside of the functions.',
    ],
    [
      'something keeps the program going',
      { results: [passed, passed, passed] },
      'Your answer did not end within 15 seconds. The checks are done, but something keeps it going: a timer, a server or a connection that is never closed.',
    ],
  ];
  for (const [what, given, sentence] of runs) {
    test(what, () => assert.equal(summarize(report(given), 3), sentence));
  }

  test('a single check is not counted', () => {
    assert.equal(summarize(report({ ending: 'passed', results: [passed] }), 1), 'The check passes.');
    assert.equal(summarize(report({ ending: 'failed', results: [failed] }), 1), 'The check fails.');
  });
});

suite('a failed check in words', () => {
  const failure = { name: 'x', passed: false, message: 'Expected values\n\n1 !== 2\n' } as const;

  test('its own, where it has some', () => {
    assert.equal(describeResult({ ...failed, reason: 'assertion', message: 'Add them.' }), 'Add them.');
  });

  test('an error in one line', () => {
    const message = `TypeError: add is not\n  a function ${'x'.repeat(1000)}`;
    const text = describeResult({ ...failure, reason: 'error', message });
    assert.match(text, /^It failed with: TypeError: add is not a function x+$/);
    assert.ok(text.length < 400);
  });

  test("values instead of Node's words for them", () => {
    const values = { actual: '1', expected: '2' };
    assert.equal(
      describeResult({ ...failure, reason: 'error', ...values }),
      'The value is not the expected one.',
    );
  });

  test('what never happened', () => {
    assert.equal(describeResult({ ...failure, reason: 'timeout' }), 'It took longer than 5 seconds.');
    assert.match(describeResult({ ...failure, reason: 'cancelled' }), /waits for something/);
  });
});

test('the question before the solution says how far the reader came', () => {
  assert.equal(askForSolution(0, 4), 'Show the solution? No check of your answer has passed yet.');
  assert.equal(askForSolution(1, 4), 'Show the solution? You have passed 1 of 4 checks.');
});
