/** The search of the built site: by keyboard, as a page, with and without its index, and what it finds first. */
import { expect, test } from '@playwright/test';
import { PLAIN_SITE } from './playwright.config.ts';
import { stopClock } from './engine-page.ts';
import { SearchPage } from './search-page.ts';
import { SnippetPage } from './snippet-page.ts';

const chapter = 'understanding-node/what-is-node/';
const nothing = (query: string) => `Nothing found for “${query}”.`;

test('nothing of it is loaded before the reader opens it', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(chapter, { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /pagefind|search-(?:dialog|panel)/.test(url))).toEqual([]);
  await new SearchPage(page).open();
  expect(asked.filter((url) => /pagefind/.test(url)).length).toBeGreaterThan(0);
});

test('its page, too, loads what finds when the reader begins', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const loaded = () => asked.filter((url) => /pagefind|search-panel/.test(url));
  const search = new SearchPage(page);
  await page.goto('search/', { waitUntil: 'networkidle' });
  await expect(search.field).toBeFocused();
  expect(loaded()).toEqual([]);
  await page.keyboard.type('event loop');
  await expect(search.pages.first()).toHaveText('The event loop');
  expect(loaded().length).toBeGreaterThan(0);
});

test('by keyboard alone: open, search, choose, read, go back, search on', async ({ page }) => {
  const violations: string[] = [];
  page.on(
    'console',
    (message) => /Content.Security.Policy/i.test(message.text()) && violations.push(message.text()),
  );
  const search = new SearchPage(page);
  await page.goto(chapter);
  await search.open();
  await search.write('backpressure');
  await expect(search.pages.first()).toHaveText('Streams');
  await expect(search.status).toHaveText(/^Found on \d+ pages\.$/);

  await page.keyboard.press('ArrowDown');
  await expect(search.pages.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(search.result('Pipelines and backpressure')).toBeFocused();
  await page.keyboard.press('End');
  await expect(search.links.last()).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(search.field).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/bytes-streams-files\/streams\/#pipes-and-backpressure$/);
  await expect(search.dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Pipelines and backpressure' })).toBeInViewport();
  await expect
    .poll(() => page.evaluate(() => [...(CSS.highlights.get('found') ?? [])].map(String)))
    .toContain('backpressure');

  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What Node is and why it exists');
  await page.keyboard.press('Control+k');
  await expect(search.field).toHaveValue('backpressure');
  await expect(search.pages.first()).toHaveText('Streams');
  expect(await page.evaluate(() => String(getSelection()))).toBe('backpressure');
  expect(violations).toEqual([]);
});

test('what is typed on a result goes into the field, and Enter there opens the best', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto(chapter);
  await search.open();
  await search.write('event loo');
  await page.keyboard.press('ArrowDown');
  await expect(search.pages.first()).toBeFocused();
  await page.keyboard.type('p');
  await expect(search.field).toHaveValue('event loop');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
});

test('an answer to what stood there before is not shown for what stands there now', async ({ page }) => {
  const search = new SearchPage(page);
  const held = Promise.withResolvers<void>();
  let [asked, answered] = [0, 0];
  await page.route('**/pagefind/fragment/**', async (route) => {
    asked += 1;
    await held.promise;
    await route.continue();
  });
  page.on('requestfinished', (request) => {
    if (request.url().includes('/pagefind/fragment/')) answered += 1;
  });
  await page.goto(chapter);
  await search.open();
  await page.keyboard.insertText('event loop');
  await expect.poll(() => asked).toBeGreaterThan(0);
  const said = await search.status.evaluateHandle((status) => {
    const sentences: string[] = [];
    new MutationObserver(() => sentences.push(status.textContent ?? '')).observe(status, { childList: true });
    return sentences;
  });
  // The pause after the last key does not end before that answer is there.
  await stopClock(page);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('zzzz');
  held.resolve();
  await expect.poll(() => answered).toBe(asked);
  await page.clock.resume();
  await expect(search.status).toHaveText(nothing('zzzz'));
  expect(await said.jsonValue()).toEqual([nothing('zzzz')]);
});

test('Ctrl and Enter open a result in a new tab, and the search stays', async ({ page, context }) => {
  const search = new SearchPage(page);
  await page.goto(chapter);
  await search.open();
  await search.write('event loop');
  await expect(search.pages.first()).toHaveText('The event loop');
  for (const goThere of [() => page.keyboard.press('ArrowDown'), () => search.field.focus()]) {
    await goThere();
    const [tab] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('Control+Enter')]);
    await expect(tab).toHaveURL(/\/understanding-node\/event-loop\/$/);
    await tab.close();
    await expect(search.dialog).toBeVisible();
  }
});

test('Escape gives the focus back, and the keys are left to who types', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto(chapter);
  await search.opener.focus();
  await page.keyboard.press('Enter');
  await expect(search.field).toBeFocused();
  await page.keyboard.type('/');
  await expect(search.field).toHaveValue('/');
  await page.keyboard.press('Escape');
  await expect(search.dialog).toBeHidden();
  await expect(search.opener).toBeFocused();

  const snippet = new SnippetPage(page).snippet('A delay does not hold up the next line');
  await snippet.edit.click();
  await expect(snippet.editor).toBeFocused();
  await page.keyboard.type('/');
  await page.keyboard.press('Control+k');
  await expect(snippet.editor).toContainText('/');
  await expect(search.dialog).toBeHidden();
});

test('the engine lives on in the chapter of a result', async ({ page }) => {
  await page.addInitScript(() => self === top && localStorage.setItem('loopbook:engine', 'embedded'));
  let loads = 0;
  const ofEngine: string[] = [];
  page.on('load', () => (loads += 1));
  page.on('request', (request) => request.url().includes('/engine/') && ofEngine.push(request.url()));
  const book = new SnippetPage(page);
  await book.open(chapter);
  const first = book.snippet('A delay does not hold up the next line');
  await first.run.click();
  await expect(first.result).toHaveText('Exited with code 0. Same as the recorded output.');
  const before = ofEngine.length;
  expect(before).toBeGreaterThan(0);

  const search = new SearchPage(page);
  // What is on the page may have the focus: Run is a button, and no place to type.
  await search.open();
  await search.write('microtasks then the loop');
  await search.result('The program first, then microtasks, then the loop').click();
  const second = book.snippet('The program first, then microtasks, then the loop');
  await expect(second.figure).toBeInViewport();
  await second.run.click();
  await expect(second.result).toContainText('Same as the recorded output.');
  expect(loads).toBe(1);
  expect(ofEngine.length, 'nothing of the engine is loaded again').toBe(before);
});

test('a program is found by its code, shown as code, and where the result leads', async ({ page }) => {
  await page.goto('search/?q=setTimeout');
  const search = new SearchPage(page);
  const code = search.codes.first();
  await expect(code).toContainText('setTimeout');
  const fonts = await code.evaluate((element) => getComputedStyle(element).fontFamily);
  expect(fonts).toContain('monospace');
  const program = page
    .getByRole('listitem')
    .filter({ has: page.getByText('Program', { exact: true }), hasText: '' });
  const link = program.last().getByRole('link');
  const title = await link.innerText();
  await link.click();
  await expect(page).toHaveURL(/#program-/);
  await expect(page.getByRole('figure', { name: title, exact: true })).toBeInViewport();
});

test('one part of the book', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto('search/?q=promise');
  await expect(search.status).toContainText('Found on');
  await search.part.selectOption('Part 4, Bytes, streams and files');
  await expect(page).toHaveURL(/part=Part\+4/);
  await expect(search.status).toHaveText(/^Found on [23] pages\.$/);
  for (const link of await search.pages.all())
    await expect(link).toHaveAttribute('href', /^\/bytes-streams-files\//);
  await page.goto('search/?q=express+middleware&part=Part+1%2C+Understanding+Node');
  await expect(search.status).toHaveText(
    'Nothing found for “express middleware” in Part 1, Understanding Node.',
  );
  await page.getByRole('button', { name: 'search in all parts' }).click();
  await expect(search.pages.first()).toHaveText('Middleware, requests and responses');
});

test('all results, beyond the best', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto('search/?q=readFile');
  await expect(search.pages).toHaveCount(8);
  await page.getByRole('button', { name: /^Show all \d+ pages$/ }).click();
  await expect(search.pages.nth(8)).toBeFocused();
  await expect(search.status).toHaveText(`Found on ${await search.pages.count()} pages.`);
});

test('the page keeps the query in its address, for Back too', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto('search/');
  await expect(search.field).toBeFocused();
  await search.write('unhandled rejection');
  await expect(page).toHaveURL(/\/search\/\?q=unhandled\+rejection$/);
  await search.pages.first().click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Search');
  await page.goBack();
  await expect(search.field).toHaveValue('unhandled rejection');
  await expect(search.pages.first()).toBeVisible();
  await page.keyboard.press('/');
  await expect(search.field).toBeFocused();
  await expect(search.dialog).toHaveCount(0);
});

test('where nothing is found, there are other ways', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto(chapter);
  await search.open();
  await page.keyboard.type('zzzz');
  await expect(search.status).toHaveText(nothing('zzzz'));
  await expect(search.links).toHaveCount(0);
  await search.field.fill('long'.repeat(100));
  await expect(search.field).toHaveValue('long'.repeat(50));
  await expect(search.status).toHaveText(nothing('long'.repeat(50)));
  const { width = 0 } = (await search.dialog.boundingBox()) ?? {};
  expect(await search.dialog.evaluate((dialog) => dialog.scrollWidth)).toBeLessThanOrEqual(Math.ceil(width));
  await search.dialog.getByRole('link', { name: 'the contents' }).click();
  await expect(search.dialog).toBeHidden();
  await expect(page).toHaveURL(/localhost:\d+\/$/);
});

for (const [what, files] of [
  ['the index', '**/pagefind/pagefind-entry.json*'],
  ['what reads the index', '**/pagefind/*.js'],
  ['a part of the index', '**/pagefind/index/**'],
  ['the text of what was found', '**/pagefind/fragment/**'],
] as const) {
  test(`where ${what} does not come, it says so, and tries again`, async ({ page }) => {
    const search = new SearchPage(page);
    await page.goto(chapter);
    // Without a connection the whole server is away; only this part of it was not here before.
    await page.route(files, (route) => route.abort());
    if (what === 'a part of the index') {
      await search.open();
      await page.route('**/pagefind/pagefind-entry.json*', (route) => route.abort());
    } else {
      await page.keyboard.press('/');
      await expect(search.field).toBeFocused();
    }
    // The answer to no query, and then the one to this.
    await expect(search.settled).toBeVisible();
    await search.field.fill('event loop');
    await expect(search.settled).toBeVisible();
    await expect(search.status).toHaveText('The search index could not be loaded.');
    await page.unrouteAll();
    await search.dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(search.pages.first()).toHaveText('The event loop');
    await expect(search.field).toBeFocused();
  });
}

test('where the search itself does not come, its button says so', async ({ page }) => {
  await page.goto(chapter);
  await page.route('**/_astro/search-dialog*', (route) => route.abort());
  const search = new SearchPage(page);
  await search.opener.click();
  await expect(page.getByRole('banner').getByRole('alert')).toHaveText(
    'The search could not be loaded. Check the connection and try again.',
  );
});

test('under a sub-path, on a host without headers', async ({ page }) => {
  const search = new SearchPage(page);
  await page.goto(PLAIN_SITE + chapter);
  await search.open();
  await search.write('event loop');
  await expect(search.pages.first()).toHaveText('The event loop');
  await search.result('What is the event loop?').click();
  await expect(page).toHaveURL(`${PLAIN_SITE}understanding-node/event-loop/#the-event-loop`);
  await page.goto(`${PLAIN_SITE}search/?q=zzzz`);
  await page.getByRole('link', { name: 'the contents' }).click();
  await expect(page).toHaveURL(PLAIN_SITE);
});

test('without JavaScript the page says what to do', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await page.goto(chapter);
  await page.getByRole('banner').getByRole('link', { name: 'Search' }).click();
  const paragraphs = page.getByRole('main').getByRole('paragraph');
  await expect(paragraphs.filter({ hasText: 'The search needs JavaScript' })).toBeVisible();
  await expect(paragraphs).toHaveCount(1);
  await page.getByRole('main').getByRole('link', { name: 'The contents' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await context.close();
});

/** What readers look for, and the chapter that they should see among the first three. */
const expected: readonly (readonly [query: string, chapter: string])[] = [
  ['event loop', 'understanding-node/event-loop'],
  ['setImmediate', 'understanding-node/event-loop'],
  ['process.nextTick', 'understanding-node/event-loop'],
  ['thread pool', 'understanding-node/libuv'],
  ['UV_THREADPOOL_SIZE', 'understanding-node/libuv'],
  ['garbage collection', 'understanding-node/v8'],
  ['hidden classes', 'understanding-node/v8'],
  ['--max-old-space-size', 'understanding-node/v8'],
  ['SIGTERM', 'understanding-node/process'],
  ['process.env', 'understanding-node/process'],
  ['ERR_INVALID_ARG_TYPE', 'understanding-node/process'],
  ['circular dependency', 'modules-and-packages/modules'],
  ['require.resolve', 'modules-and-packages/modules'],
  ['top-level await', 'modules-and-packages/es-modules'],
  ['import.meta', 'modules-and-packages/es-modules'],
  ['fs.promises.readFile', 'modules-and-packages/core-modules'],
  ['package-lock integrity', 'modules-and-packages/npm'],
  ['peer dependencies', 'modules-and-packages/npm'],
  ['callback hell', 'asynchronous-javascript/callbacks'],
  ['error first callback', 'asynchronous-javascript/callbacks'],
  ['unhandled rejection', 'asynchronous-javascript/promises'],
  ['Promise.all([', 'asynchronous-javascript/promises'],
  ['async/await', 'asynchronous-javascript/async-await'],
  ['EventEmitter', 'asynchronous-javascript/event-emitters'],
  ['base64', 'bytes-streams-files/buffers'],
  ['backpressure', 'bytes-streams-files/streams'],
  ['readFile', 'bytes-streams-files/files'],
  ['ENOENT', 'bytes-streams-files/files'],
  ['node:http', 'networks-and-web-servers/http'],
  ['EADDRINUSE', 'networks-and-web-servers/http'],
  ['route parameters', 'networks-and-web-servers/routing'],
  ['TLS certificate', 'networks-and-web-servers/sockets'],
  ['express middleware', 'networks-and-web-servers/middleware'],
  ['cors', 'networks-and-web-servers/middleware'],
  ['template engine', 'networks-and-web-servers/templates'],
];

for (const part of new Set(expected.map(([, id]) => id.split('/')[0] ?? ''))) {
  test(`what readers look for is among the first three: ${part}`, async ({ page }) => {
    const search = new SearchPage(page);
    await page.goto('search/');
    for (const [query, id] of expected) {
      if (!id.startsWith(`${part}/`)) continue;
      await search.field.fill(query);
      await expect(search.settled).toBeAttached();
      const found = await search.pages.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect.soft(found.slice(0, 3), query).toContain(`/${id}/`);
    }
  });
}
