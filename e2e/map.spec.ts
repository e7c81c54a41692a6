/** The contents page as a map: topics, what builds on what, the filter, and the reader's own progress. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { noteShifts, notedShifts } from './layout-shifts.ts';
import { MapPage } from './map-page.ts';
import { PLAIN_SITE } from './playwright.config.ts';
import { CHAPTERS } from './recordings.ts';

const eventLoop = 'understanding-node/event-loop/';

async function openMap(page: Page, search = ''): Promise<MapPage> {
  await page.goto(search);
  return new MapPage(page);
}

async function readEventLoop(page: Page): Promise<void> {
  await page.goto(eventLoop);
  await page.getByRole('button', { name: 'Mark as read' }).click();
  await expect(page.getByRole('button', { name: 'Mark as not read' })).toBeVisible();
}

for (const site of ['', PLAIN_SITE]) {
  test(`each topic of a written chapter leads to its section, ${site === '' ? 'at the top of a host' : 'under a path'}`, async ({
    page,
  }) => {
    await page.goto(site);
    const hrefs = await page
      .locator('.map-topics a')
      .evaluateAll((links) => links.map((link) => (link instanceof HTMLAnchorElement ? link.href : '')));
    const chapters = new Set<string>();
    for (const href of hrefs) {
      const { pathname, hash } = new URL(href);
      chapters.add(pathname);
      const html = await (await page.request.get(href)).text();
      expect(html, href).toContain(`id="${hash.slice(1)}"`);
    }
    expect(chapters.size).toBe(CHAPTERS.length);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the map is whole: topics unfold, and words say what builds on what', async ({ page }) => {
    const map = await openMap(page);
    await expect(page.locator('list-filter')).toBeHidden();
    const streams = map.chapter('Streams');
    await map.topics('Streams').click();
    await expect(streams.getByRole('link', { name: 'Buffers and encodings' })).toBeVisible();
    await expect(streams.locator('dt')).toHaveText(['Builds on', 'Leads to']);
    await expect(map.chapter('GraphQL')).toContainText('not written yet');
    await map.topics('GraphQL').click();
    await expect(map.chapter('GraphQL').locator('dl')).toContainText(/Comes after\s*58 Serverless functions/);
    await streams.locator('.map-topics').getByRole('link').first().click();
    await expect(page).toHaveURL(/bytes-streams-files\/streams\/#\S+$/);
  });
});

test.describe('the filter', () => {
  test('narrows by keyboard, leads to the first chapter that it finds, and is there after Back', async ({
    page,
  }) => {
    const map = await openMap(page);
    const all = await map.chapters().count();
    await map.find.focus();
    await page.keyboard.type('loop');
    await expect(map.count).toHaveText('3 chapters, 3 topics found.');
    await expect(map.chapters()).toHaveCount(3);
    await expect(
      map.chapter('The event loop').getByRole('link', { name: 'What is the event loop?' }),
    ).toBeVisible();
    await expect(page).toHaveURL(/\?find=loop$/);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('link', { name: 'The read-eval-print loop' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/understanding-node\/repl\/#the-repl$/);
    await page.goBack();
    await expect(map.find).toHaveValue('loop');
    await expect(map.chapters()).toHaveCount(3);
    await map.find.focus();
    await page.keyboard.press('Escape');
    await expect(map.find).toBeFocused();
    await expect(map.chapters()).toHaveCount(all);
    await expect(map.count).toBeEmpty();
    await expect(page).toHaveURL(/\/$/);
    await expect(map.list.locator('details[open]')).toHaveCount(0);
  });

  test('says when there is nothing, and shows all again', async ({ page }) => {
    const map = await openMap(page, '?find=stream&show=begun');
    await expect(map.count).toHaveText('No chapter found.');
    await expect(page.getByText('No chapter and no topic of those that you chose')).toBeVisible();
    await page.getByRole('button', { name: 'Show every chapter' }).press('Enter');
    await expect(map.find).toBeFocused();
    await expect(map.find).toHaveValue('');
    await expect(page.getByRole('radio', { name: 'All' })).toBeChecked();
    await expect(map.chapterLink('Streams')).toBeVisible();
  });

  test('knows what was read, in this tab and in another one', async ({ page, context }) => {
    const other = await context.newPage();
    await readEventLoop(other);
    const map = await openMap(page);
    await page.getByRole('radio', { name: 'All' }).focus();
    for (const [count, words] of [
      [CHAPTERS.length - 1, `${CHAPTERS.length - 1} chapters found.`],
      [0, 'No chapter found.'],
      [1, '1 chapter found.'],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await expect(map.count).toHaveText(words);
      await expect(map.chapters()).toHaveCount(count);
    }
    await expect(page).toHaveURL(/\?show=read$/);
    await expect(map.state('The event loop')).toHaveText('read');
    await other.getByRole('button', { name: 'Mark as not read' }).click();
    await expect(page.getByText('You have read no chapter yet')).toBeVisible();
    await other.getByRole('button', { name: 'Mark as read' }).click();
    await page.reload();
    await expect(map.count).toHaveText('1 chapter found.');
  });

  test('loads nothing before the reader comes to it', async ({ page }) => {
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    const map = await openMap(page);
    await expect(map.chapterLink('Streams')).toBeVisible();
    expect(scripts.filter((url) => /list-filter|map-ties|progress\.json/.test(url))).toEqual([]);
    await map.find.focus();
    await map.find.fill('streams');
    await expect(map.count).toContainText('found');
    expect(scripts.filter((url) => /list-filter/.test(url))).not.toEqual([]);
  });
});

test.describe('what a chapter builds on', () => {
  test('is marked in the list, in the picture and in words, by keyboard and by pointer', async ({ page }) => {
    const map = await openMap(page);
    await map.chapterLink('Event emitters').focus();
    await expect(map.words).toHaveText('17 Event emitters. Builds on 3, 4, and 16. Leads to 19, 21, and 23.');
    await expect(map.chapter('The event loop')).toHaveAttribute('data-tie-words', '17 builds on this');
    await expect(map.chapter('Streams')).toHaveAttribute('data-tie-words', 'builds on 17');
    await expect(page.locator('.loop-stop[data-tie=base]')).toHaveCount(3);
    await expect(page.locator('.loop-tie[data-tie=base]')).toHaveCount(3);
    await map.chapterLink('Callbacks').hover();
    await expect(map.words).toContainText('14 Callbacks.');
    await page.getByRole('heading', { level: 2, name: 'Contents' }).hover();
    await expect(map.words).toContainText('17 Event emitters.');
    await map.find.focus();
    await expect(map.words).toHaveText(/^Point at a chapter/);
  });

  test('is marked from the picture too', async ({ page }) => {
    const map = await openMap(page);
    const stop = page.locator('.loop-stop[data-number="9"] > .loop-reach');
    await stop.hover();
    await expect(map.words).toContainText('9 ES modules. Builds on 8.');
  });
});

test('progress arrives without moving anything', async ({ page }) => {
  await readEventLoop(page);
  await noteShifts(page);
  for (const width of [1366, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const map = await openMap(page);
    await expect(map.state('The event loop')).toHaveText('read');
    await expect(page.getByRole('link', { name: 'Continue with chapter 1' })).toBeVisible();
    expect(await notedShifts(page), `${width}`).toEqual([]);
  }
});

test('in print the map is a list with its topics, and nothing to press', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  const map = await openMap(page);
  await expect(page.locator('list-filter')).toBeHidden();
  await expect(page.getByRole('figure')).toBeHidden();
  await expect(map.chapter('The event loop').getByText('What is the event loop?')).toBeVisible();
});

test('the map is no wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const map = await openMap(page);
  await map.topics('Streams').click();
  const overflow = ({ scrollWidth, clientWidth }: Element) => scrollWidth - clientWidth;
  expect(await page.locator('html').evaluate(overflow)).toBeLessThanOrEqual(0);
});
