/** The exercises and quizzes of the book on its pages, with the program that the reader edits. */
import { expect, test } from '@playwright/test';
import { readSolutions } from './known-answers.ts';
import { SnippetPage } from './snippet-page.ts';

const chapter = 'understanding-node/what-is-node';

/** Text of the solution's main file. */
function readSolution(): string {
  return readSolutions().get(`${chapter}/ask-at-once`)?.['main.mjs'] ?? '';
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
