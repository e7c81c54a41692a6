/** The comparison of two texts, and the notice that nothing may be kept, on a bare page: nothing listens, all is routed. */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { routeBarePage } from './bare-page.ts';
import { bundlePage } from './bundle.ts';

const ADDRESS = 'http://localhost:4413/';

const SCRIPT = `
import { Comparisons } from './src/playground/output/comparisons.ts';
import { differingLines } from './src/playground/output/difference.ts';
import { createDifferenceView } from './src/playground/output/difference-view.ts';
import { watchStorage } from './src/playground/storage-notice.ts';
import { openStore } from './src/playground/store/index.ts';
const frame = document.querySelector('.plate-frame');
window.lab = {
  compare(before, after) {
    frame.querySelector('.difference')?.remove();
    const labels = { removed: 'recorded', added: 'printed here', same: 'in both' };
    frame.append(createDifferenceView(differingLines(before, after), labels));
  },
  watch() {
    const connection = new AbortController();
    watchStorage(frame, connection.signal);
    return connection;
  },
  async compareLate() {
    const comparisons = new Comparisons({ place: (element) => frame.append(element), onClose() {}, say() {} });
    const program = (text) => ({ files: { 'main.js': text }, entry: 'main.js', args: [], env: {} });
    const late = comparisons.showCode(program('1'), program('2'));
    comparisons.close();
    await late;
  },
  edit: (text) => openStore().set('programs', 'a/b/c', { files: { 'main.js': text }, deleted: [] }),
};
`;

const HTML = `<!doctype html><html lang="en" data-base="/"><head><meta charset="utf-8"><title>Comparison</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>
<body><main class="prose" style="max-width: 51rem; margin: 0 auto; padding: 1rem"><h1>A program</h1>
<div class="plate"><figure class="plate-frame"><button type="button" class="plate-button">Run</button></figure></div></main>
<script type="module" src="/page.js"></script></body></html>`;

/** What the page offers to the tests. */
interface Lab {
  compare(before: string, after: string): void;
  watch(): AbortController;
  /** Asks for a comparison, and closes it before its code has come. */
  compareLate(): Promise<void>;
  edit(text: string): void;
}
declare const lab: Lab;

async function open(context: BrowserContext): Promise<Page> {
  const scripts = await bundlePage(SCRIPT);
  await routeBarePage(context, { address: ADDRESS, html: HTML, scripts });
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await page.waitForFunction(() => 'lab' in window);
  return page;
}

const numbers = Array.from({ length: 12 }, (_, at) => `line ${at}\n`).join('');
const before = `${numbers}one, two\n<b>three</b>\n\n${'long '.repeat(60)}`;
const after = `${numbers}two, one  \n<b>three</b>\n${'long '.repeat(60)}\n`;

test('a comparison says in words what its signs and colours say', async ({ context }) => {
  const page = await open(context);
  await page.evaluate(([one = '', other = '']) => lab.compare(one, other), [before, after]);
  const lines = page.getByRole('list', { name: 'Lines recorded and printed here' }).getByRole('listitem');
  await expect(lines).toHaveText(
    [
      '10 equal lines',
      ' in both: line 10',
      ' in both: line 11',
      '−recorded: one, two',
      '+printed here: two, one   and 2 spaces at the end',
      ' in both: <b>three</b>',
      '−recorded: an empty line',
      /^−recorded: (?:long )+ and 1 space at the end no line break at the end$/,
      /^\+printed here: (?:long )+ and 1 space at the end$/,
    ],
    { useInnerText: false },
  );
  await expect(page.locator('figcaption')).toHaveText('−recorded +printed here');
  await page.evaluate(() => lab.compare('same\n', 'same\n'));
  await expect(page.locator('figcaption')).toHaveText('No line differs.');
});

test('a comparison that was closed before it came does not come', async ({ context }) => {
  const page = await open(context);
  await page.evaluate(() => lab.compareLate());
  await expect(page.getByRole('heading', { name: 'A program' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'The original and yours' })).toHaveCount(0);
});

test('of a very long comparison the beginning is shown', async ({ context }) => {
  const page = await open(context);
  await page.evaluate(() => lab.compare('', 'x\n'.repeat(5000)));
  await expect(page.getByRole('listitem')).toHaveCount(1001);
  await expect(page.getByRole('listitem').last()).toHaveText('4000 more lines are not shown');
});

test('a full storage is said once, where the reader edits, until it is closed', async ({ context }) => {
  const page = await open(context);
  await page.evaluate(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    lab.watch();
    lab.watch();
  });
  const notice = page.getByRole('status').filter({ hasText: 'keeps nothing for this site' });
  await expect(notice).toHaveCount(0);
  await page.evaluate(() => lab.edit('mine'));
  await expect(notice).toHaveCount(1);
  const downloading = page.waitForEvent('download');
  await notice.getByRole('button', { name: 'Export everything' }).click();
  const download = await downloading;
  expect(await readFile(await download.path(), 'utf8')).toContain('"main.js": "mine"');
  await notice.getByRole('button', { name: 'Close' }).click();
  await page.evaluate(() => lab.edit('mine again'));
  await expect(notice).toHaveCount(0);
});

for (const width of [1366, 390]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${width} pixels, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 800 }, colorScheme });

      test('axe finds nothing in a comparison, and long lines wrap', async ({ context }) => {
        const page = await open(context);
        await page.evaluate(([one = '', other = '']) => lab.compare(one, other), [before, after]);
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([]);
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        expect(isWide).toBe(false);
        const lines = page.getByRole('list');
        expect(await lines.evaluate((list) => list.scrollWidth > list.clientWidth)).toBe(false);
      });
    });
  }
}
