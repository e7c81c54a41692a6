/** How far the reader came, on chapters, on the contents page, and on the page of what the browser keeps. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { MapPage } from './map-page.ts';
import { CHAPTERS } from './recordings.ts';
import { pressEscapeTwice, SnippetPage } from './snippet-page.ts';

const chapter = 'understanding-node/event-loop/';
const program = 'The program first, then microtasks, then the loop';

const firstPart = CHAPTERS.filter((id) => id.startsWith('understanding-node/'));

const chapterEnd = (page: Page) => page.locator('book-progress');
const bookContents = (page: Page) =>
  page.getByRole('navigation', { name: 'Book contents' }).getByRole('link', { name: 'The event loop' });

async function open(page: Page, path: string): Promise<SnippetPage> {
  const book = new SnippetPage(page);
  await book.open(path);
  return book;
}

async function markRead(page: Page): Promise<void> {
  await open(page, chapter);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(chapterEnd(page)).toContainText('You have read this chapter.');
}

test.describe('progress', () => {
  test('of a fresh reader loads nothing', async ({ page }) => {
    const book = await open(page, '');
    await expect(page.getByRole('link', { name: 'Start reading' })).toBeVisible();
    await expect(chapterEnd(page)).toBeHidden();
    await open(page, chapter);
    await expect(page.getByRole('button', { name: 'Mark as read' })).toBeVisible();
    const late = book.requests.filter((url) => /progress\.json|progress-view|store/.test(url));
    expect(late).toEqual([]);
  });

  test('marks a chapter that was read through, not one whose end was looked up', async ({ page }) => {
    await open(page, chapter);
    // Not by a key, whose scrolling would go on.
    await chapterEnd(page).scrollIntoViewIfNeeded();
    await expect(page.getByRole('button', { name: 'Mark as read' })).toBeInViewport();
    for (const heading of await page.locator('.prose > h2').all()) {
      await heading.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await expect(heading).toBeInViewport();
    }
    await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeAttached();
    await expect(bookContents(page).first()).toContainText('(read)');
  });

  test('is marked by hand, and in other tabs at once', async ({ page, context }) => {
    const other = await context.newPage();
    await open(other, '');
    await markRead(page);
    await expect(chapterEnd(other)).toContainText(`You have read 1 of ${CHAPTERS.length} chapters.`);
    const contents = new MapPage(other);
    await expect(contents.state('The event loop')).toHaveText('read');
    await expect(contents.state('What Node is and why it exists')).toHaveText('next');
    await expect(
      other.getByRole('heading', { name: `Part 1, 1 of ${firstPart.length} chapters read` }),
    ).toBeVisible();
    await expect(other.getByRole('link', { name: 'Continue with chapter 1' })).toHaveAttribute(
      'href',
      /what-is-node\/$/,
    );
    await page.getByRole('button', { name: 'Mark as not read' }).click();
    await expect(page.getByRole('button', { name: 'Mark as read' })).toBeVisible();
    await expect(chapterEnd(other)).toBeHidden();
    await expect(other.getByRole('link', { name: 'Start reading' })).toBeVisible();
    await expect(contents.state('The event loop')).toBeEmpty();
    await expect(other.locator('[data-stage]:not(.map-stop)')).toHaveCount(0);
  });

  test('counts a program that ran, without a reload, and survives navigation', async ({ page }) => {
    const book = await open(page, chapter);
    const snippet = book.snippet(program);
    await snippet.choose('Embedded engine');
    await snippet.run.click();
    await snippet.expectState('exited');
    await expect(chapterEnd(page)).toContainText('So far: 1 of 7 programs run');
    await expect(bookContents(page).first()).toContainText('(begun, 1 of 7 programs run');
    await page.getByRole('link', { name: 'Loopbook' }).click();
    await expect(chapterEnd(page)).toContainText('You have run 1 program.');
    await page.getByRole('link', { name: 'Continue with chapter 4' }).click();
    await expect(chapterEnd(page)).toContainText('So far: 1 of 7 programs run');
  });
});

test.describe('the page of what the browser keeps', () => {
  const report = (page: Page) => page.getByRole('status').last();

  test('forgets everything after a question, and undoes that, also after a reload', async ({ page }) => {
    await markRead(page);
    await page.getByRole('contentinfo').getByRole('link', { name: 'What this browser keeps' }).click();
    await expect(page.getByText('Chapters that you read')).toBeVisible();
    const forget = page.getByRole('button', { name: 'Forget everything' });
    await forget.click();
    await expect(page.getByRole('button', { name: 'Keep everything' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(forget).toBeFocused();
    await forget.click();
    await page.getByRole('group').getByRole('button', { name: 'Forget everything' }).click();
    await expect(report(page)).toHaveText('Everything is forgotten.');
    await expect(page.getByText('Nothing is kept yet.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
    await page.reload();
    await expect(page.getByText(/: 1 chapter read\. You can undo it/)).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(report(page)).toHaveText('Undone: everything is as it was before.');
    await expect(page.getByText('Chapters that you read')).toBeVisible();
  });

  test('exports to a file that another browser imports', async ({ page, browser, baseURL }) => {
    await markRead(page);
    await open(page, 'your-work/');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export everything' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^loopbook-\d{4}-\d\d-\d\d\.json$/);
    const text = await readFile(await download.path(), 'utf8');
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const other = await context.newPage();
    await open(other, 'your-work/');
    await other.getByLabel('Import a file').setInputFiles({
      name: 'notes.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"__proto__":{"format":"loopbook"}}'),
    });
    await expect(report(other)).toHaveText('This file was not exported by this site: it was not imported.');
    await other.getByLabel('Import a file').setInputFiles({
      name: download.suggestedFilename(),
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    });
    await expect(report(other)).toHaveText('Imported: 1 thing added.');
    await expect(other.getByText('Chapters that you read')).toBeVisible();
    await other.getByRole('button', { name: 'Undo' }).click();
    await expect(other.getByText('Nothing is kept yet.')).toBeVisible();
    await context.close();
  });

  test('says when nothing can be kept', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
    await open(page, 'your-work/');
    await expect(page.getByText('This browser keeps nothing for this site')).toBeVisible();
  });
});

test.describe('the sheet of shortcuts', () => {
  test('opens and closes by keyboard, and gives the focus back', async ({ page }) => {
    await open(page, chapter);
    const run = page.getByRole('button', { name: 'Run', exact: true }).first();
    await run.focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    // It is hidden at once, and gone a moment later: only then can it be opened again.
    const sheets = page.locator('dialog.help-sheet');
    await expect(sheet.getByRole('row', { name: 'Run the program Ctrl + Enter' })).toBeVisible();
    await page.keyboard.press('?');
    await expect(sheets).toHaveCount(0);
    await expect(run).toBeFocused();
    for (const close of [
      () => page.keyboard.press('Escape'),
      () => sheet.getByRole('button', { name: 'Close' }).click(),
    ]) {
      await page.keyboard.press('?');
      await expect(sheet).toBeVisible();
      await close();
      await expect(sheets).toHaveCount(0);
      await expect(run).toBeFocused();
    }
  });
});

test('Escape twice stops a program, from its editor too', async ({ page }) => {
  const snippet = (await open(page, chapter)).snippet(program);
  await snippet.choose('Embedded engine');
  await snippet.write("console.log('begun'); setInterval(() => {}, 1000);");
  await snippet.editor.press('Control+Enter');
  await expect(snippet.output).toContainText('begun');
  await snippet.editor.focus();
  await pressEscapeTwice(page);
  await snippet.expectState('stopped');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a chapter says why programs do not run, and how to run one', async ({ page }) => {
    await page.goto(chapter);
    // Queries by text leave out what stands in a noscript element.
    const sentence = page.locator('.no-script');
    await expect(sentence).toBeVisible();
    await expect(sentence).toContainText('type node main.js in a terminal');
    await expect(chapterEnd(page)).toBeHidden();
  });
});

for (const width of [1366, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 900 }, colorScheme });

      test('axe finds nothing in what a chapter shows', async ({ page }) => {
        await markRead(page);
        for (const place of width < 1200 ? ['book-progress'] : ['.book-column', 'book-progress'])
          await expectNoViolations(page, place, colorScheme);
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectNoViolations(page, 'dialog', colorScheme);
      });

      test('axe finds nothing on the pages that tell of progress', async ({ page }) => {
        await markRead(page);
        await open(page, '');
        await expect(chapterEnd(page)).toContainText('You have read');
        await expectNoViolations(page, 'html', colorScheme);
        await open(page, 'your-work/');
        await page.getByRole('button', { name: 'Reset all programs' }).click();
        await expectNoViolations(page, 'html', colorScheme);
        await page.getByRole('button', { name: 'Forget everything' }).click();
        await page.getByRole('group').getByRole('button', { name: 'Forget everything' }).click();
        await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
        await expectNoViolations(page, 'html', colorScheme);
      });
    });
  }
}
