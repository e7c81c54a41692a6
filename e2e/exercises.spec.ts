/** Exercises and quizzes as a reader uses them: by keyboard, after a reload, with a screen reader's words. */
import { expect, test } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { RunQueue } from '../src/playground/run/run-queue.ts';
import { expectNoViolations } from './axe.ts';
import { openExercisePage, routeExercisePage, ADDRESS, SOLUTION } from './exercise-page.ts';
import { writeCode } from './snippet-page.ts';

const answerOf = (page: Page) => page.getByRole('textbox', { name: 'main.mjs' });
const checkButton = (page: Page) => page.getByRole('button', { name: 'Check my answer' });
const checksOf = (page: Page) => page.getByRole('group', { name: 'Checks of your answer' });
const listed = (page: Page) => checksOf(page).getByRole('list', { name: 'Checks' }).getByRole('listitem');
const titleOf = (page: Page) => page.getByRole('heading', { name: /^Add two numbers/ });
const solutionTitle = (page: Page) => page.locator('summary', { hasText: /^Solution$/ });

async function check(page: Page, answer: string): Promise<void> {
  await writeCode(answerOf(page), answer);
  await checkButton(page).focus();
  await page.keyboard.press('Enter');
}

/** Waits until something is kept: what keeps it is loaded only then, and a page may be gone before. */
async function expectKept(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => localStorage.getItem('loopbook:kept'))).toBe('1');
}

/** Says in which looks nothing is wrong. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) await expectNoViolations(page, 'html', colorScheme);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}

test.describe('an exercise', () => {
  test('checks an answer one by one, and says what fails', async ({ context }) => {
    const page = await openExercisePage(context);
    await checkButton(page).focus();
    await page.keyboard.press('Enter');
    await expect(checksOf(page).getByText('1 of 3 checks passes.')).toBeVisible();
    await expect(listed(page)).toHaveCount(3);
    await expect(listed(page).nth(0)).toContainText('Zero changes nothing Passed');
    await expect(listed(page).nth(1)).toContainText('One and two are three, <b>not</b> less.');
    await expect(listed(page).nth(1).getByRole('definition')).toHaveText(['3', '-1']);
    await expect(listed(page).nth(2)).toContainText('Negative numbers too Failed');
    await expect(checkButton(page)).toBeFocused();
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
  });

  test('is passed, also after a reload and in another tab', async ({ context }) => {
    const page = await openExercisePage(context);
    await expect(titleOf(page)).toHaveAccessibleName('Add two numbers');
    await check(page, SOLUTION);
    await expect(checksOf(page).getByText('All 3 checks pass.')).toBeVisible();
    await expect(titleOf(page)).toHaveAccessibleName('Add two numbers Passed');
    await expectKept(page);
    await page.reload();
    await expect(titleOf(page)).toHaveAccessibleName('Add two numbers Passed');
    await expect(checksOf(page).getByText('All 3 checks pass.')).toBeHidden();
    const other = await context.newPage();
    await other.goto(ADDRESS);
    await expect(titleOf(other)).toHaveAccessibleName('Add two numbers Passed');
    // What was passed once stays so.
    await check(page, 'export const add = () => 5;');
    await expect(checksOf(page).getByText('1 of 3 checks passes.')).toBeVisible();
    await page.reload();
    await expect(titleOf(page)).toHaveAccessibleName('Add two numbers Passed');
    await expectAccessible(page);
  });

  test('shows what the answer printed, as text', async ({ context }) => {
    const page = await openExercisePage(context);
    await check(page, `console.log('<i>adds</i>');\n${SOLUTION}`);
    await expect(checksOf(page).getByText('All 3 checks pass.')).toBeVisible();
    await checksOf(page).getByText('What your answer printed').click();
    await expect(checksOf(page).getByText('<i>adds</i>')).toBeVisible();
  });

  test('stops an answer that never ends, and names the check', async ({ context }) => {
    const page = await openExercisePage(context);
    await check(page, 'export function add(one, other) { if (other !== 0) for (;;); return one; }');
    await expect(listed(page).nth(1)).toContainText('Running');
    await expect(listed(page).nth(0)).toContainText('Passed');
    await expect(checksOf(page).getByText(/did not end/)).toHaveText(
      'Your answer did not end within 15 seconds. The check “Two numbers are added” was running: look for a loop that never ends.',
    );
    await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
    // And the next one runs.
    await check(page, SOLUTION);
    await expect(checksOf(page).getByText('All 3 checks pass.')).toBeVisible();
  });

  test('can be stopped, and the focus stays where something can be done', async ({ context }) => {
    const page = await openExercisePage(context);
    await check(page, 'export function add() {}\nfor (;;);');
    const stop = page.getByRole('button', { name: 'Stop' });
    await expect(checksOf(page).getByText('Running.')).toBeVisible();
    await stop.focus();
    await page.keyboard.press('Enter');
    await expect(checksOf(page).getByText('Stopped. 0 of 3 checks had passed.')).toBeVisible();
    await expect(checkButton(page)).toBeFocused();
  });

  test('shows what Node said of an answer that could not begin', async ({ context }) => {
    const page = await openExercisePage(context);
    await check(page, 'export function add( {');
    await expect(
      checksOf(page).getByText(
        'Your answer could not be checked: it ended before the first check had a result.',
      ),
    ).toBeVisible();
    await expect(checksOf(page).getByText(/SyntaxError/)).toBeVisible();
    await expect(listed(page)).toHaveCount(0);
    await expectAccessible(page);
  });

  test('waits for a program that runs, and says for which', async ({ context }) => {
    const page = await openExercisePage(context);
    await page.evaluate(async () => {
      // True: the page's script put the queue there.
      const { pageQueue } = window as unknown as {
        pageQueue: RunQueue;
      };
      const turn = await pageQueue.enter(
        { title: 'A long program', stop: () => Promise.resolve(turn.leave()) },
        new AbortController().signal,
        () => {},
      );
    });
    await check(page, SOLUTION);
    await expect(checksOf(page).getByText('Waits until “A long program” has ended.')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stop “A long program” now' }).click();
    await expect(checksOf(page).getByText('All 3 checks pass.')).toBeVisible();
  });

  test('an engine that cannot be reached is a sentence', async ({ context }) => {
    const page = await openExercisePage(context);
    await context.route(`${ADDRESS}engine/**`, (route) => route.abort());
    await checkButton(page).click();
    // While it starts, another status names the engine, too.
    await expect(checksOf(page).locator('[data-part=summary]')).toContainText('embedded engine');
    await expect(page.getByRole('button', { name: 'Stop' })).toBeHidden();
  });

  test('offers hints one after the other, and remembers them', async ({ context }) => {
    const page = await openExercisePage(context);
    const [first, second] = [1, 2].map((number) => page.getByText(`Hint ${number} of 2`)) as [
      Locator,
      Locator,
    ];
    await expect(second).toBeHidden();
    await first.click();
    await expect(page.getByText('Look at the sign.')).toBeVisible();
    await expect(second).toBeVisible();
    await first.click();
    await expect(page.getByText('Look at the sign.')).toBeHidden();
    await expect(second).toBeVisible();
    await expectKept(page);
    await page.reload();
    await expect(second).toBeVisible();
  });

  test('asks before it shows the solution, and then compares', async ({ context }) => {
    const page = await openExercisePage(context);
    await checkButton(page).click();
    await expect(checksOf(page).getByText('1 of 3 checks passes.')).toBeVisible();
    await solutionTitle(page).focus();
    await page.keyboard.press('Enter');
    const question = page.getByRole('group', { name: 'Show the solution? You have passed 1 of 3 checks.' });
    await expect(question.getByRole('button', { name: 'Show it' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(solutionTitle(page)).toBeFocused();
    await page.keyboard.press('Enter');
    await question.getByRole('button', { name: 'Not yet' }).click();
    await expect(page.getByText('Adding is done by a plus.')).toBeHidden();
    await solutionTitle(page).click();
    await question.getByRole('button', { name: 'Show it' }).click();
    await expect(page.getByText('Adding is done by a plus.')).toBeVisible();
    await expect(page.getByText('From your main.mjs to the solution')).toBeVisible();
    await expect(page.getByRole('listitem').filter({ hasText: 'only in the solution: ' })).toContainText(
      'one + other',
    );
    await expectAccessible(page);
    // Once seen, it is not asked for again.
    await expectKept(page);
    await page.reload();
    await solutionTitle(page).click();
    await expect(page.getByText('Adding is done by a plus.')).toBeVisible();
  });
});

test.describe('a quiz', () => {
  const single = (page: Page) => page.getByRole('group', { name: 'Which number is even?' });
  const multiple = (page: Page) => page.getByRole('group', { name: 'Which numbers are odd?' });

  test('is answered by keyboard, with the reasons of every answer', async ({ context }) => {
    const page = await openExercisePage(context);
    await single(page).getByRole('button', { name: 'Check' }).focus();
    await page.keyboard.press('Enter');
    await expect(single(page).getByText('Choose an answer first.')).toBeVisible();
    await single(page).getByRole('radio', { name: 'one' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(single(page).getByText('Not right. Each answer says why.')).toBeVisible();
    await expect(single(page).getByText('Why two is right.')).toBeVisible();
    await expect(single(page).getByText('Why one is wrong.')).toBeVisible();
    await expect(multiple(page).getByText('Why one is right.')).toBeHidden();
    await expect(single(page).getByRole('button', { name: 'Try again' })).toBeFocused();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(single(page).getByRole('radio', { name: 'one' })).toBeFocused();
    await expect(single(page).getByText('Why two is right.')).toBeHidden();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(single(page).getByText('Right.', { exact: true })).toBeVisible();
  });

  test('takes several choices, and says what is missing', async ({ context }) => {
    const page = await openExercisePage(context);
    await multiple(page).getByRole('checkbox', { name: 'one' }).check();
    await multiple(page).getByRole('checkbox', { name: 'two' }).check();
    await multiple(page).getByRole('button', { name: 'Check' }).click();
    await expect(multiple(page).getByRole('status')).toHaveText(
      'Not quite: one choice is wrong, and one right answer is missing. Each answer says why.',
    );
    await page.setViewportSize({ width: 390, height: 844 });
    await expectAccessible(page);
  });

  test('is kept, also where one question is open', async ({ context }) => {
    const page = await openExercisePage(context);
    await single(page).getByText('two').first().click();
    await single(page).getByRole('button', { name: 'Check' }).click();
    await expect(single(page).getByText('Right.', { exact: true })).toBeVisible();
    await expectKept(page);
    await page.reload();
    await expect(single(page).getByText('Right.', { exact: true })).toBeVisible();
    await expect(single(page).getByRole('radio', { name: 'two' })).toBeChecked();
    await expect(multiple(page).getByRole('button', { name: 'Check' })).toBeVisible();
  });

  test('follows another tab, and leaves alone what is chosen and not yet checked', async ({ context }) => {
    const page = await openExercisePage(context);
    await single(page).getByRole('radio', { name: 'one' }).check();
    await single(page).getByRole('button', { name: 'Check' }).click();
    await expectKept(page);
    const other = await context.newPage();
    await other.goto(ADDRESS);
    await expect(single(other).getByText('Not right. Each answer says why.')).toBeVisible();
    await multiple(other).getByRole('checkbox', { name: 'one' }).check();
    await page.bringToFront();
    await single(page).getByRole('button', { name: 'Try again' }).click();
    await single(page).getByRole('radio', { name: 'two' }).check();
    await single(page).getByRole('button', { name: 'Check' }).click();
    await other.bringToFront();
    await expect(single(other).getByText('Right.', { exact: true })).toBeVisible();
    await expect(multiple(other).getByRole('checkbox', { name: 'one' })).toBeChecked();
  });

  test('is details to open without JavaScript, and so are hints and solution', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await routeExercisePage(context);
    const page = await context.newPage();
    await page.goto(ADDRESS);
    await expect(page.getByRole('radio')).toHaveCount(0);
    await expect(page.getByRole('button')).toHaveCount(0);
    await single(page).getByText('Is it right?').nth(1).click();
    await expect(single(page).getByText('Why two is right.')).toBeVisible();
    await expect(page.getByText('Hint 2 of 2')).toBeVisible();
    await solutionTitle(page).click();
    await expect(page.getByText('Adding is done by a plus.')).toBeVisible();
    await context.close();
  });
});
