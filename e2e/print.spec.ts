/** A chapter on paper. */
import { expect, test } from '@playwright/test';
import { CHAPTER } from './reading-page.ts';
import { SnippetPage } from './snippet-page.ts';

const short = 'A delay does not hold up the next line';

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => self === top && localStorage.setItem('loopbook:engine', 'embedded'));
});

test('has what is read, and nothing that is pressed', async ({ page }) => {
  await page.goto(CHAPTER);
  await expect(page.getByRole('button').first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  // A place in a stack trace is a button, and text.
  await expect(page.locator('button:not(.plate-place)').filter({ visible: true })).toHaveCount(0);
  for (const name of ['Book contents', 'On this page', 'Previous and next chapter'])
    await expect(page.getByRole('navigation', { name })).toHaveCount(0);
  await expect(page.getByRole('banner')).toBeHidden();
  await expect(page.getByRole('contentinfo')).toBeHidden();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const snippet = new SnippetPage(page).snippet(short);
  await expect(snippet.figure.locator('pre[data-file]')).toBeVisible();
  await expect(snippet.output).toBeVisible();
  await expect(page.getByRole('img').or(page.locator('figure > svg')).first()).toBeVisible();
  const exercise = page.locator('node-exercise');
  await expect(exercise.getByText('A page needs the answers of several services.')).toBeVisible();
  await expect(exercise.locator('pre[data-file]').first()).toBeVisible();
  await expect(exercise.locator('[data-part=solution]')).toBeHidden();
  await expect(page.locator('node-quiz').getByRole('radio').first()).toBeVisible();
});

test('is black on white for a reader in the dark', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.addInitScript(() => self === top && localStorage.setItem('loopbook:theme', 'dark'));
  await page.goto(CHAPTER);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveCSS('color-scheme', 'light');
  await expect(page.locator('.prose > p').first()).toHaveCSS('color', 'rgb(0, 0, 0)');
  await expect(page.locator('.code .code-keyword').first()).toHaveCSS('color', 'rgb(132, 38, 92)');
});

test('has every line of the code that the reader wrote, and of what it printed', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open(CHAPTER);
  const snippet = book.snippet(short);
  const comments = Array.from({ length: 120 }, (_, line) => `// comment ${line}`).join('\n');
  await snippet.write(`for (let line = 0; line < 120; line++) console.log('printed', line);\n${comments}`);
  await snippet.run.click();
  await expect(snippet.result).toHaveText(/^Exited with code 0/);
  await page.emulateMedia({ media: 'print' });
  const { clientHeight, scrollHeight } = await snippet.output.evaluate((log) => ({
    clientHeight: log.clientHeight,
    scrollHeight: log.scrollHeight,
  }));
  expect(clientHeight).toBe(scrollHeight);
  await expect(snippet.output).toContainText('printed 119');
});

test('shows all files of a program, though the screen shows one', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open(CHAPTER);
  const snippet = book.snippet('The same check in the form and in the server');
  await snippet.edit.click();
  await expect(snippet.file('main.mjs').or(snippet.file('validate-order.mjs')).first()).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  for (const name of ['validate-order.mjs', 'main.mjs'])
    await expect(snippet.figure.getByText(name, { exact: true }).filter({ visible: true })).toHaveCount(1);
  await expect(snippet.figure.locator('.plate-file').filter({ visible: true })).toHaveCount(2);
});

test('shows what a server was asked and answered', async ({ page }) => {
  await page.goto('networks-and-web-servers/http/');
  const answer = page.locator('.exchange dd pre').first();
  await expect(answer).toBeHidden();
  await page.emulateMedia({ media: 'print' });
  await expect(answer).toBeVisible();
});

test('says where links to other sites lead', async ({ page }) => {
  await page.goto(CHAPTER);
  await page.emulateMedia({ media: 'print' });
  const printed = await page
    .getByRole('link', { name: 'About Node.js' })
    .evaluate((link) => getComputedStyle(link, '::after').content);
  expect(printed).toBe('" (nodejs.org/en/about)"');
});

test('cuts nothing off at the edge of the sheet', async ({ page }) => {
  await page.goto(CHAPTER);
  await page.emulateMedia({ media: 'print' });
  // A4 between its margins.
  await page.setViewportSize({ width: 657, height: 900 });
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.prose *')]
      .filter((element) => element.checkVisibility() && element.closest('svg, .visually-hidden') === null)
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 100)),
  );
  expect(wide).toEqual([]);
});
