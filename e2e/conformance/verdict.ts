/** What is wrong with the outcome of a conformance case. */
import type { EmbeddedOutcome } from '../embedded-page.ts';
import type { ConformanceCase } from './case.ts';
import { normalize } from './normalize.ts';

/** Working directory of every program. */
const home = '/home/reader';

/** A phrase for each difference from what real Node did; none when the case passes. */
export function problemsOf(wanted: ConformanceCase, { stdout, stderr, exitCode }: EmbeddedOutcome): string[] {
  const problems: string[] = [];
  const printed = normalize(stdout, home);
  if (printed !== wanted.stdout)
    problems.push(`${shareOfRightLines(printed, wanted.stdout)} of the lines are right`);
  if (exitCode !== wanted.exitCode) problems.push(`exit code ${exitCode}, not ${wanted.exitCode}`);
  const errors = normalize(stderr, home);
  for (const text of wanted.stderrContains) {
    if (!stderr.includes(text) && !errors.includes(text))
      problems.push(`stderr lacks ${JSON.stringify(text)}`);
  }
  return problems;
}

function shareOfRightLines(printed: string, expected: string): string {
  const actual = printed.split('\n');
  const wanted = expected.split('\n');
  const right = wanted.filter((line, index) => line === actual[index]).length;
  return `${Math.round((100 * right) / wanted.length)} %`;
}
