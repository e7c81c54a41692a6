/** From chapter to chapter: one page, one engine, Back, focus, links that lead elsewhere. */
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import { CHAPTER, ReadingPage } from './reading-page.ts';
import { SnippetPage } from './snippet-page.ts';

const title = 'A delay does not hold up the next line';

interface Fixtures {
  readonly book: SnippetPage;
  readonly reading: ReadingPage;
}

const test = base.extend<Fixtures>({
  book: async ({ page }, use) => {
    await page.addInitScript(() => self === top && localStorage.setItem('loopbook:engine', 'embedded'));
    const book = new SnippetPage(page);
    await book.open(CHAPTER);
    await use(book);
  },
  reading: async ({ book }, use) => {
    const reading = new ReadingPage(book.page);
    await reading.mark();
    await use(reading);
  },
});

/** The ways to another chapter, and its title. */
const ways: readonly (readonly [name: string, go: (reading: ReadingPage) => Promise<void>, title: string])[] =
  [
    [
      'the contents of the book',
      (reading) => reading.page.getByRole('link', { name: 'The event loop' }).first().click(),
      'The event loop',
    ],
    [
      'the link to the next chapter',
      (reading) => reading.pager.getByRole('link', { name: /^Next/ }).click(),
      'The REPL and running programs',
    ],
    [
      'the contents page, by the breadcrumbs',
      async (reading) => {
        await reading.breadcrumbs.getByRole('link', { name: 'Contents' }).click();
        await expect(reading.breadcrumbs).toHaveCount(0);
        await reading.page.getByRole('link', { name: 'V8, the engine' }).first().click();
      },
      'V8, the engine',
    ],
  ];

for (const [name, go, target] of ways) {
  test(`by ${name} the page and its engine stay`, async ({ book, page, reading }) => {
    const first = book.snippet(title);
    await first.run.click();
    await expect(first.result).toHaveText('Exited with code 0. Same as the recorded output.');
    // An engine that starts again has a frame of its own.
    let frames = 0;
    page.on('frameattached', () => (frames += 1));
    await go(reading);
    await expect(reading.title).toHaveText(target);
    const program = page.locator('node-snippet[data-program*=\'"kind":"script"\']').first();
    await program.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(program).toHaveAttribute('data-state', 'exited');
    expect(await reading.isSameLoad()).toBe(true);
    expect(frames, 'the engine stays').toBe(0);
  });
}

test('Back brings the chapter with what was printed in it, where the reader was', async ({
  book,
  page,
  reading,
}) => {
  const snippet = book.snippet(title);
  await snippet.write("console.log('changed by the reader');");
  await snippet.run.click();
  await expect(snippet.output).toHaveText('changed by the reader');
  await expect(snippet.result).toHaveText(/^Exited with code 0/);
  const where = () => snippet.element.evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const top = await where();
  const height = await page.evaluate(() => scrollY);
  expect(height).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'The event loop' }).first().click();
  await expect(reading.title).toHaveText('The event loop');
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(reading.title).toHaveText('What Node is and why it exists');
  await expect(snippet.output).toHaveText('changed by the reader');
  await expect.poll(where).toBe(top);
  expect(await reading.isSameLoad()).toBe(true);
});

test('a program that runs ends with its chapter, and the next one starts at once', async ({
  book,
  page,
  reading,
}) => {
  const snippet = book.snippet(title);
  await snippet.write("console.log('begun');\nsetInterval(() => console.log('turn'), 10);");
  await snippet.run.click();
  await expect(snippet.output).toContainText('turn');
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  await page.getByRole('link', { name: 'The event loop' }).first().click();
  await expect(reading.title).toHaveText('The event loop');
  const next = book.snippet('The program first, then microtasks, then the loop');
  await next.run.click();
  await next.expectState('exited');
  await page.goBack();
  await snippet.expectState('idle');
  await expect(snippet.editor).toContainText('begun');
  expect(problems).toEqual([]);
});

test('the title is announced, and the keyboard begins at the top of the new page', async ({
  page,
  reading,
}) => {
  await reading.pager.getByRole('link', { name: /^Next/ }).focus();
  await page.keyboard.press('Enter');
  await expect(reading.title).toHaveText('The REPL and running programs');
  await expect(
    page.locator('[aria-live=assertive]').filter({ hasText: 'The REPL and running programs' }),
  ).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the text' })).toBeFocused();
});

test('a link to a section of another chapter leads to that section', async ({ page, reading }) => {
  await page.evaluate(() => {
    const link = document.querySelector<HTMLAnchorElement>('.pager .next');
    if (link) link.hash = 'try-it';
  });
  await reading.pager.getByRole('link', { name: /^Next/ }).click();
  await expect(reading.title).toHaveText('The REPL and running programs');
  await expect(page).toHaveURL(/\/repl\/#try-it$/);
  await expect(page.getByRole('heading', { name: 'Try it' })).toBeInViewport();
  expect(await reading.isSameLoad()).toBe(true);
  await page.goBack();
  await expect(reading.title).toHaveText('What Node is and why it exists');
});

test('links to other sites, to files and into new tabs are left to the browser', async ({
  context,
  page,
  reading,
}) => {
  const [tab] = await Promise.all([
    context.waitForEvent('page'),
    reading.pager.getByRole('link', { name: /^Next/ }).click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await tab.close();
  await expect(reading.title).toHaveText('What Node is and why it exists');
  expect(await reading.isSameLoad()).toBe(true);

  await page.route('https://nodejs.org/**', (route) =>
    route.fulfill({ contentType: 'text/plain', body: 'Another site.' }),
  );
  const outside = page.waitForRequest((request) => request.url().startsWith('https://nodejs.org/'));
  await page.getByRole('link', { name: 'About Node.js' }).click();
  expect((await outside).isNavigationRequest()).toBe(true);
  // What is still on its way would get in the way of the next page.
  await expect(page).toHaveURL(/^https:\/\/nodejs\.org\//);

  await page.goto(CHAPTER);
  await page.getByRole('link', { name: 'What this site contains of others' }).click();
  await expect(page).toHaveURL(/\/engine\/NOTICES\.txt$/);
  await page.goBack();
  await expect(reading.title).toHaveText('What Node is and why it exists');
});

test('the breadcrumbs say where the chapter stands', async ({ reading }) => {
  await expect(reading.breadcrumbs.getByRole('listitem')).toHaveText([
    'Contents',
    'Part 1, Understanding Node',
    'Chapter 1',
  ]);
  await expect(reading.breadcrumbs.getByRole('link', { name: 'Part 1' })).toHaveAttribute(
    'href',
    /\/#understanding-node$/,
  );
  await expect(reading.breadcrumbs.locator('[aria-current=page]')).toHaveText('Chapter 1');
});

async function openEnds(page: Page, path: string): Promise<(string | null)[]> {
  await page.goto(path);
  const links = new ReadingPage(page).pager.getByRole('link');
  return await links.evaluateAll((elements) => elements.map((element) => element.getAttribute('rel')));
}

test('the first chapter has none before it, and those after it lead both ways', async ({ page }) => {
  expect(await openEnds(page, CHAPTER)).toEqual(['next']);
  expect(await openEnds(page, 'understanding-node/repl/')).toEqual(['prev', 'next']);
});
