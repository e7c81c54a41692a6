/** The exercises and quizzes of the book on its pages, with the program that the reader edits. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { KnownAnswer } from '../src/snippet/exercises.ts';
import { SnippetPage } from './snippet-page.ts';

const chapter = 'understanding-node/what-is-node';
const root = fileURLToPath(new URL('..', import.meta.url));

/** Text of the solution's main file. */
function readSolution(): string {
  const printed = execFileSync(process.execPath, ['src/snippet/exercises.ts', '--answers'], { cwd: root });
  // True: the command prints a list of this type.
  const answers = JSON.parse(printed.toString()) as readonly KnownAnswer[];
  const solution = answers.find(({ name }) => name === `${chapter}/ask-at-once: solution`);
  return solution?.program.files['main.mjs'] ?? '';
}

test("an exercise checks the reader's program, and remembers that it passed", async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open(`${chapter}/`);
  const heading = page.getByRole('heading', { name: /^Ask every service at once/ });
  const checks = page.getByRole('group', { name: 'Checks of your answer' });
  const check = checks.getByRole('button', { name: 'Check my answer' });
  const answer = book.snippet('Your answer');
  await answer.choose('Embedded engine');
  await check.click();
  await expect(checks.getByText('2 of 4 checks pass.')).toBeVisible();
  await answer.write(readSolution());
  await check.click();
  await expect(checks.getByText('All 4 checks pass.')).toBeVisible();
  await expect(heading).toHaveAccessibleName('Ask every service at once Passed');
  await page.reload();
  await expect(heading).toHaveAccessibleName('Ask every service at once Passed');
  await expect(answer.editor.first()).toContainText('allSettled');
});

test('a quiz of the book says whether an answer is right, and why', async ({ page }) => {
  await new SnippetPage(page).open(`${chapter}/`);
  const question = page.getByRole('group', { name: /^Three clients each wait/ });
  await question.getByRole('radio', { name: 'After about 150 milliseconds.' }).check();
  await question.getByRole('button', { name: 'Check' }).click();
  await expect(question.getByText('Not right. Each answer says why.')).toBeVisible();
  await expect(question.getByText('The waits overlap.')).toBeVisible();
});
