/** The list of sections marks the one that is read. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { noteShifts, notedShifts } from './layout-shifts.ts';
import { CHAPTER, ReadingPage } from './reading-page.ts';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name, exact: true });

test('while the reader scrolls, and at both ends of the chapter', async ({ page }) => {
  const reading = new ReadingPage(page);
  await page.goto(CHAPTER);
  await expect(reading.current).toHaveCount(0);
  for (const name of ['The problems Node set out to solve', 'One language across the stack']) {
    await heading(page, name).evaluate((element) => element.scrollIntoView());
    await expect(reading.current).toHaveText([name]);
  }
  await page.keyboard.press('End');
  await expect(reading.current).toHaveText(['Further reading']);
  const isAtEnd = () =>
    page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
  await expect.poll(isAtEnd).toBe(true);
  // Chromium drops a key for the scroll that has only just ended another one.
  await page.evaluate(() => scrollTo(0, 0));
  await expect(reading.current).toHaveCount(0);
});

test('after a click in the list, and after Back and Forward', async ({ page }) => {
  const reading = new ReadingPage(page);
  await page.goto(CHAPTER);
  await reading.mark();
  await reading.sections.getByRole('link', { name: 'Node’s founding design rules' }).click();
  await expect(reading.current).toHaveText(['Node’s founding design rules']);
  await expect(heading(page, 'Node’s founding design rules')).toBeInViewport();
  await reading.sections.getByRole('link', { name: 'Further reading' }).click();
  await expect(reading.current).toHaveText(['Further reading']);
  await page.goBack();
  await expect(reading.current).toHaveText(['Node’s founding design rules']);
  await page.goForward();
  await expect(reading.current).toHaveText(['Further reading']);
  expect(await reading.isSameLoad()).toBe(true);
});

test('on a page that is opened at a section, and on the next chapter', async ({ page }) => {
  const reading = new ReadingPage(page);
  await page.goto(CHAPTER);
  const link = reading.sections.getByRole('link', { name: 'Where Node fits and where it does not' });
  await page.goto(`${CHAPTER}${await link.getAttribute('href')}`);
  await expect(reading.current).toHaveText(['Where Node fits and where it does not']);
  await reading.pager.getByRole('link', { name: /^Next/ }).click();
  await expect(reading.title).toHaveText('The REPL and running programs');
  await expect(reading.current).toHaveCount(0);
  const last = reading.sections.getByRole('link').last();
  await last.click();
  await expect(last).toHaveAttribute('aria-current', 'location');
});

test('without moving anything', async ({ page }) => {
  await noteShifts(page);
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(CHAPTER);
    for (const name of ['What is Node.js?', 'One language across the stack'])
      await heading(page, name).evaluate((element) => element.scrollIntoView());
    await expect(page.locator('.page-contents [aria-current=location]').first()).toHaveText(
      'One language across the stack',
    );
    expect(await notedShifts(page), `at ${width}`).toEqual([]);
  }
});

test('on a narrow screen the folded list names it, on one line', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const reading = new ReadingPage(page);
  await page.goto(CHAPTER);
  const summary = reading.folded.locator('summary');
  const before = await summary.boundingBox();
  await heading(page, 'Your first programs: output, delay, a module, a server').evaluate((element) =>
    element.scrollIntoView(),
  );
  await expect(summary.getByText('Your first programs')).toBeVisible();
  expect((await summary.boundingBox())?.height).toBe(before?.height);
  await summary.click();
  await expect(reading.current).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(reading.sections).toBeHidden();
});

test('the furniture of a chapter fits the narrowest screen', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(CHAPTER);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  const reading = new ReadingPage(page);
  await expect(reading.theme).toBeInViewport({ ratio: 1 });
  await reading.folded.locator('summary').click();
  await expect(reading.sections.getByRole('link').first()).toBeInViewport({ ratio: 1 });
});
