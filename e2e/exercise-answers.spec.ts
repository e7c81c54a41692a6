/** Every answer that an exercise of the book knows, checked in the embedded engine; and answers that do not end. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { KnownAnswer } from '../src/snippet/exercises.ts';
import { openEmbeddedPage, runEmbedded } from './embedded-page.ts';
import { readAnswers } from './known-answers.ts';

/** A line of the checks, as `src/checks/protocol.ts` says. */
interface CheckLine {
  readonly kind: 'begin' | 'check' | 'end';
  readonly name?: string;
  readonly passed?: boolean;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
}

const answers = readAnswers();
const exercise = 'understanding-node/what-is-node/ask-at-once';

/** Checks an answer; one that does not end by itself is ended when the checks have printed `last`. */
async function check(page: Page, { program }: Pick<KnownAnswer, 'program'>, last?: CheckLine) {
  const until = last && `${JSON.stringify(last)}\n`;
  const { stdout, stderr, exitCode } = await runEmbedded(page, program, { until });
  const lines = stdout.split('\n').filter((line) => line.startsWith('\u001E'));
  // True: the checks print such objects; what is not one fails the test.
  const records = lines.map((line) => JSON.parse(line.slice(1)) as CheckLine);
  const results = records.filter(({ kind }) => kind === 'check');
  return { records, results, failure: results.find(({ passed }) => passed !== true), stderr, exitCode };
}

/** An exercise of the book with another answer. */
function withAnswer(main: string): Pick<KnownAnswer, 'program'> {
  const answer = answers.find(({ name }) => name === `${exercise}: solution`);
  if (!answer) throw new Error(`The book has no exercise ${exercise}.`);
  return { program: { ...answer.program, files: { ...answer.program.files, 'main.mjs': main } } };
}

for (const answer of answers) {
  test(answer.name, async ({ context }) => {
    const page = await openEmbeddedPage(context);
    const { records, results, failure, stderr } = await check(page, answer);
    expect(stderr).toBe('');
    expect(records.at(-1)).toEqual({ kind: 'end', count: results.length });
    expect(failure === undefined).toBe(answer.verdict === 'passed');
    if (answer.says !== undefined) expect(failure?.message).toBe(answer.says);
  });
}

test('a check that never ends is known by its name, and those before it by their results', async ({
  context,
}) => {
  const page = await openEmbeddedPage(context);
  const answer = withAnswer(`let calls = 0;
export async function gather() {
  calls += 1;
  if (calls > 1) for (;;);
  return { users: 'users is here', prices: 'prices is here' };
}`);
  const never = { kind: 'begin', name: 'All services are asked before the first has answered' } as const;
  const { records, exitCode } = await check(page, answer, never);
  expect(exitCode).toBe(137);
  expect(records).toEqual([
    { kind: 'begin', name: 'Answers stand under the names of their services' },
    { kind: 'check', name: 'Answers stand under the names of their services', passed: true },
    never,
  ]);
});

test('checks that wait for too long fail one by one', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  const answer = withAnswer(`export async function gather(services) {
  if (services.length === 0) return {};
  await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
}
setInterval(() => {}, 100);`);
  // The interval goes on, so that no end follows.
  const last = { kind: 'check', name: 'Without services the result is empty', passed: true } as const;
  const { results } = await check(page, answer, last);
  expect(results.map(({ passed, reason }) => [passed, reason])).toEqual([
    [false, 'timeout'],
    [false, 'timeout'],
    [false, 'timeout'],
    [true, undefined],
  ]);
});
