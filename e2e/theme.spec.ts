/** Light and dark: by preference, by the switch, before the first paint. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CHAPTER, ReadingPage } from './reading-page.ts';
import { SnippetPage } from './snippet-page.ts';

const light = 'rgb(251, 250, 246)';
const dark = 'rgb(21, 23, 26)';

/** The colour that the browser's own frame takes. */
function frameColor(page: Page): Promise<string | undefined> {
  return page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')].find(
        ({ media }) => matchMedia(media).matches,
      )?.content,
  );
}

test('the page is light or dark as the system is, until the reader chooses', async ({ page }) => {
  const reading = new ReadingPage(page);
  await page.goto(CHAPTER);
  for (const [colorScheme, color, frame] of [
    ['light', light, '#fbfaf6'],
    ['dark', dark, '#15171a'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(reading.theme).toHaveValue('');
    expect(await reading.background()).toBe(color);
    expect(await frameColor(page)).toBe(frame);
  }
});

test('the choice goes before the preference, stays over loads and chapters, and can be taken back', async ({
  page,
}) => {
  const reading = new ReadingPage(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(CHAPTER);
  await reading.theme.selectOption('Dark');
  expect(await reading.background()).toBe(dark);
  expect(await frameColor(page)).toBe('#15171a');

  await reading.mark();
  await reading.pager.getByRole('link', { name: /^Next/ }).click();
  await expect(reading.title).not.toHaveText('What Node is and why it exists');
  expect(await reading.isSameLoad()).toBe(true);
  await expect(reading.theme).toHaveValue('dark');
  expect(await reading.background()).toBe(dark);
  expect(await frameColor(page)).toBe('#15171a');

  await page.reload();
  await expect(reading.theme).toHaveValue('dark');
  expect(await reading.background()).toBe(dark);

  await reading.theme.selectOption('System');
  expect(await reading.background()).toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await reading.background()).toBe(dark);
});

test('the switch works by keyboard, and says what it is', async ({ page }) => {
  const reading = new ReadingPage(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(CHAPTER);
  await reading.theme.focus();
  await page.keyboard.press('d');
  await expect(reading.theme).toHaveValue('dark');
  expect(await reading.background()).toBe(dark);
  const box = await reading.theme.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(24);
  await expect(reading.theme.getByRole('option')).toHaveText(['System', 'Light', 'Dark']);
});

test('other tabs follow', async ({ context, page }) => {
  const other = new ReadingPage(await context.newPage());
  await other.page.emulateMedia({ colorScheme: 'light' });
  await other.page.goto('');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(CHAPTER);
  await new ReadingPage(page).theme.selectOption('Dark');
  await expect(other.theme).toHaveValue('dark');
  expect(await other.background()).toBe(dark);
});

test('a kept choice stands before the body is parsed: nothing is painted in other colours', async ({
  page,
}) => {
  await page.addInitScript(() => {
    if (self !== top) return;
    localStorage.setItem('loopbook:theme', 'dark');
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      Object.assign(window, { schemeAtBody: getComputedStyle(document.documentElement).colorScheme });
    }).observe(document, { childList: true, subtree: true });
  });
  await page.emulateMedia({ colorScheme: 'light' });
  const violations: string[] = [];
  page.on('console', (message) => message.type() === 'error' && violations.push(message.text()));
  await page.goto(CHAPTER);
  expect(await page.evaluate(() => 'schemeAtBody' in window && window.schemeAtBody)).toBe('dark');
  expect(violations).toEqual([]);
});

test('where storage is blocked the choice holds as long as the page is loaded', async ({ page }) => {
  await page.addInitScript(() => {
    if (self !== top) return;
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('', 'SecurityError');
      },
    });
  });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.emulateMedia({ colorScheme: 'light' });
  const reading = new ReadingPage(page);
  await page.goto(CHAPTER);
  await reading.theme.selectOption('Dark');
  expect(await reading.background()).toBe(dark);
  await reading.breadcrumbs.getByRole('link', { name: 'Contents' }).click();
  await expect(page).toHaveTitle(/^[^·]*$/);
  await expect(reading.theme).toHaveValue('dark');
  expect(await reading.background()).toBe(dark);
  expect(errors).toEqual([]);
});

test('the editor and an open terminal follow', async ({ page }) => {
  await page.addInitScript(() => self === top && localStorage.setItem('loopbook:engine', 'embedded'));
  await page.emulateMedia({ colorScheme: 'light' });
  const book = new SnippetPage(page);
  await book.open(CHAPTER);
  const snippet = book.snippet('A delay does not hold up the next line');
  await snippet.write(
    "import { createInterface } from 'node:readline';\n" +
      "createInterface({ input: process.stdin, output: process.stdout }).question('Name? ', () => {});",
  );
  await snippet.run.click();
  await expect(snippet.terminal).toBeFocused();
  const rows = snippet.figure.locator('.xterm-rows');
  await expect(rows).toHaveCSS('color', 'rgb(33, 31, 27)');
  await new ReadingPage(page).theme.selectOption('Dark');
  await expect(rows).toHaveCSS('color', 'rgb(231, 228, 221)');
  await expect(snippet.editor).toHaveCSS('color', 'rgb(231, 228, 221)');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('there is no switch that does nothing', async ({ page }) => {
    await page.goto(CHAPTER);
    await expect(page.locator('.theme-switch')).toBeHidden();
  });
});
