/** `/play/`: the empty playground, and programs from links. */
import { deflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { PLAIN_SITE } from './playwright.config.ts';
import { Snippet, SnippetPage } from './snippet-page.ts';

/** A link as the site makes it: see `encodeSharedProgram`. */
function hashOf(value: unknown): string {
  return `#program=${deflateRawSync(Buffer.from(JSON.stringify(value))).toString('base64url')}`;
}

const shouting = hashOf([
  1,
  'Shouts at people',
  [
    [
      'main.mjs',
      "import { shout } from './lib/shout.mjs';\nconsole.log(shout(process.argv[2] + process.env.SIGN));\n",
    ],
    ['lib/shout.mjs', 'export const shout = (text) => text.toUpperCase();\n'],
  ],
  'main.mjs',
  ['Ada Lovelace'],
  [['SIGN', '?']],
  null,
]);
const counting = hashOf([1, 'Counts', [['count.mjs', 'console.log(1 + 1);\n']], 'count.mjs', [], [], null]);

const warning =
  'This program comes from a link. Nobody of this site has checked it. It runs only when you press Run, in a sandbox that cannot reach this site.';

const starter = (page: Page) => new Snippet(page, 'A program of your own');
const contents = (page: Page) => page.getByRole('region', { name: 'What is in the program' });

test('the empty playground runs what is written into it', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open('');
  await page.getByRole('link', { name: 'The playground' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Playground');
  await expect(starter(page).output).toHaveText('Nothing has run yet.');
  await expect(contents(page)).toBeHidden();
  await starter(page).run.click();
  await expect(starter(page).output).toContainText('Hello, reader.');
  await starter(page).write('console.log(6 * 7)');
  await starter(page).run.click();
  await expect(starter(page).output).toHaveText('42');
});

test('a program from a link says so, lists what it is, and waits for Run', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open(`play/${shouting}`);
  await expect(page.getByText(warning)).toBeVisible();
  await expect(contents(page).getByRole('definition')).toHaveText([
    'main.mjs (2 lines)',
    'lib/shout.mjs (1 line)',
    "node main.mjs 'Ada Lovelace'",
    "SIGN='?'",
  ]);
  const shared = book.snippet('Shouts at people');
  await expect(shared.output).toHaveText('Nothing has run yet.');
  await shared.expectState('idle');
  await shared.run.click();
  await expect(shared.output).toHaveText('ADA LOVELACE?');
  expect(book.requests.filter((url) => url.includes('program='))).toEqual([]);
});

test('another link opens in place, and back leads to the former', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open(`play/${shouting}`);
  await expect(book.snippet('Shouts at people').figure).toBeVisible();
  await page.evaluate((hash) => (location.hash = hash), counting);
  await expect(contents(page).getByRole('definition')).toHaveText(['count.mjs (1 line)', 'node count.mjs']);
  await book.snippet('Counts').run.click();
  await expect(book.snippet('Counts').output).toHaveText('2');
  await page.goBack();
  await expect(book.snippet('Shouts at people').output).toHaveText('Nothing has run yet.');
  await expect(contents(page)).toContainText('lib/shout.mjs');

  await page.keyboard.press('Home');
  await page.getByRole('link', { name: 'Skip to the text' }).focus();
  await page.keyboard.press('Enter');
  // The router, which is loaded for the first link, has gone to the text; until then the address is the same.
  await expect.poll(() => page.evaluate(() => (history.state as { index: number } | null)?.index)).toBe(1);
  await expect(page).toHaveURL(new RegExp(`${shouting}$`));
  await expect(book.snippet('Shouts at people').figure).toBeVisible();
  await page.evaluate(() => (location.hash = ''));
  await expect(starter(page).figure).toBeVisible();
  await expect(contents(page)).toBeHidden();
  await expect(page.getByText(warning)).toBeHidden();
});

test('what is changed in a program from a link is kept with it', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open(`play/${counting}`);
  const shared = book.snippet('Counts');
  // A program from a link opens in its editor.
  await expect(shared.editor).toBeVisible();
  await shared.write('console.log(3)');
  await shared.run.click();
  await expect(shared.output).toHaveText('3');
  await shared.untilKept();
  await page.reload();
  await expect(shared.editor).toHaveText('console.log(3)');
  await page.goto('play/');
  await expect(starter(page).figure).toContainText('reader');
});

test('on a host without headers it runs after the reload only where Run was pressed', async ({ browser }) => {
  await using context = await browser.newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  let loads = 0;
  page.on('load', () => (loads += 1));
  const book = new SnippetPage(page);
  await book.open(`${PLAIN_SITE}play/${shouting}`);
  const shared = book.snippet('Shouts at people');
  await shared.run.click();
  await expect(shared.output).toHaveText('ADA LOVELACE?');
  // The program does not wait for all of the page.
  await expect.poll(() => loads).toBe(2);
  await page.reload();
  await expect(page.getByText(warning)).toBeVisible();
  await shared.expectState('idle');
});

test('a program of the book opens in the playground, and as a link', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open('understanding-node/what-is-node/');
  const snippet = book.snippet('A delay does not hold up the next line');
  await snippet.act('Open in the playground');
  await expect(page).toHaveURL(/\/play\/#program=/);
  await expect(page.getByText(warning)).toBeVisible();
  await snippet.run.click();
  await expect(snippet.output).toContainText('one');
});

for (const viewport of [
  { width: 1366, height: 900 },
  { width: 390, height: 844 },
]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${viewport.width} pixels, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });
      for (const [what, hash] of Object.entries({
        'no program': '',
        'a program': shouting,
        'a bad link': '#program=x',
      })) {
        test(`the playground with ${what}`, async ({ page }) => {
          const book = new SnippetPage(page);
          await book.open(`play/${hash}`);
          if (hash !== '') await expect(page.getByText(/This (?:program|link) /).first()).toBeVisible();
          if (hash === shouting) {
            await expect(contents(page)).toBeVisible();
            await expect(book.snippet('Shouts at people').file('main.mjs')).toBeVisible();
          }
          await expectNoViolations(page, 'html', colorScheme);
        });
      }
    });
  }
}
