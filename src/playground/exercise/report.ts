/** How an answer did, in words. */
import { checkTimeLimit, runTimeLimit } from '../../checks/program.ts';
import type { CheckResult, Verdict } from '../../checks/protocol.ts';

/** How a run of the checks came to its end. */
export interface CheckReport {
  readonly ending: Verdict | 'stopped' | 'timed-out';
  readonly results: readonly CheckResult[];
  /** Name of the check that had begun and has no result. */
  readonly running: string | undefined;
  /** What the answer itself printed. */
  readonly printed: string;
  readonly stderr: string;
}

/** Characters of an error's message that are shown. */
const longestMessage = 300;

type Failure = Extract<CheckResult, { readonly passed: false }>;

/** How many checks passed. */
export function passedCount(results: readonly CheckResult[]): number {
  return results.filter(({ passed }) => passed).length;
}

/** A run in a sentence or two; `count` is the number of all checks. */
export function summarize({ ending, results, running }: CheckReport, count: number): string {
  const number = passedCount(results);
  const passed = describePassed(number, count);
  const seconds = runTimeLimit / 1000;
  if (ending === 'passed' || ending === 'failed') return passed;
  if (ending === 'stopped') return `Stopped. ${number} of ${countChecks(count)} had passed.`;
  if (ending === 'broken')
    return 'Your answer could not be checked: it ended before the first check had a result.';
  if (ending === 'unfinished') {
    const where = running === undefined ? 'before the last check' : `in the check “${running}”`;
    return `${passed} Your answer ended the program ${where}, so the rest could not be checked.`;
  }
  const late = `Your answer did not end within ${seconds} seconds.`;
  if (running === undefined && results.length === 0)
    return `${late} No check could begin: look for a loop that never ends, or an await that waits for ever, outside of the functions.`;
  if (running === undefined || results.length >= count)
    return `${late} The checks are done, but something keeps it going: a timer, a server or a connection that is never closed.`;
  const isSlow = results.some((result) => !result.passed && result.reason === 'timeout');
  return `${late} The check “${running}” was running${isSlow ? '.' : ': look for a loop that never ends.'}`;
}

/** What a failed check has to say to the reader. */
export function describeResult({ reason, message, actual }: Failure): string {
  if (reason === 'timeout') return `It took longer than ${checkTimeLimit / 1000} seconds.`;
  if (reason === 'cancelled')
    return 'It never came to an end: your answer waits for something that does not happen.';
  if (reason === 'assertion') return message;
  // Node's own words for two values that are shown below.
  if (actual !== undefined) return 'The value is not the expected one.';
  return `It failed with: ${message.replaceAll(/\s+/g, ' ').slice(0, longestMessage).trim()}`;
}

/** The question before the solution; what it says depends on how far the reader came. */
export function askForSolution(best: number, count: number): string {
  if (best === 0) return 'Show the solution? No check of your answer has passed yet.';
  return `Show the solution? You have passed ${best} of ${countChecks(count)}.`;
}

function describePassed(passed: number, count: number): string {
  if (passed === 0 && count === 1) return 'The check fails.';
  if (passed < count) return `${passed} of ${countChecks(count)} ${passed === 1 ? 'passes' : 'pass'}.`;
  return count === 1 ? 'The check passes.' : `All ${count} checks pass.`;
}

function countChecks(count: number): string {
  return count === 1 ? '1 check' : `${count} checks`;
}
