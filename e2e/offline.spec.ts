/** The book without a connection: what was visited, what was taken along, and what a new edition does to both. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { PLAIN_DIRECTORY } from './playwright.config.ts';
import { readSolutions } from './known-answers.ts';
import { CHAPTERS } from './recordings.ts';
import { buildAlone, ServedSite } from './served-site.ts';
import { SnippetPage } from './snippet-page.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const directory = `${root}dist`;
const chapter = 'understanding-node/what-is-node/';
const another = 'understanding-node/event-loop/';
const short = 'A delay does not hold up the next line';

test.use({ serviceWorkers: 'allow' });

/** Opens a page and waits until the worker has kept it. */
async function visit(page: Page, site: ServedSite, path: string): Promise<void> {
  await page.goto(site.url + path);
  await expectKept(page, path);
}

async function expectKept(page: Page, path: string): Promise<void> {
  const isKept = () =>
    page.evaluate(async (wanted) => {
      const { base = '/' } = document.documentElement.dataset;
      const cache = await caches.open(`loopbook-kept-${base}`);
      return (await cache.match(base + wanted)) !== undefined;
    }, path);
  await expect.poll(isKept).toBe(true);
}

/** Waits until the worker has kept every file that the page has loaded: the page has it first. */
async function expectLoadedKept(page: Page): Promise<void> {
  const missing = () =>
    page.evaluate(async () => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      const own = loaded.filter((address) => address.startsWith(`${location.origin}/`));
      // The shell is kept under addresses that name a revision.
      const kept = await Promise.all(own.map((address) => caches.match(address, { ignoreSearch: true })));
      return own.filter((_, index) => kept[index] === undefined);
    });
  await expect.poll(missing).toEqual([]);
}

/** Looks for a new edition, as the browser does by itself, some time or other. */
async function lookForEdition(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // The page registers the worker when it is idle, and hears of others only then.
    await new Promise((resolve) => requestIdleCallback(resolve));
    await (await navigator.serviceWorker.ready).update();
  });
}

/** A reader who runs programs in the embedded engine. */
async function embedded(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => self === top && localStorage.setItem('loopbook:engine', 'embedded'));
}

async function expectWholeBook(page: Page): Promise<void> {
  await expect(page.getByText('The whole book is kept here')).toBeVisible({ timeout: 60_000 });
}

async function takeAlong(page: Page, site: ServedSite): Promise<void> {
  await page.goto(`${site.url}take-along/`);
  await page.getByRole('button', { name: 'Keep the book here' }).click();
  await expectWholeBook(page);
  // The files may be here before the worker that answers with them.
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

test.describe('a chapter that was visited', () => {
  test('opens when the server is gone, and says so; others lead to what is kept', async ({ page }) => {
    await using site = await ServedSite.start({ directory });
    await visit(page, site, chapter);
    await site.stop();

    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What Node is and why it exists');
    await expect(page.getByText('This page is kept in this browser')).toBeVisible();
    // With its styles.
    await expect(page.locator('.masthead')).toHaveCSS('display', 'grid');

    await page.getByRole('link', { name: 'The event loop' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not kept in this browser');
    const kept = page.getByRole('main').getByRole('link');
    await expect(kept).toHaveText(['What Node is and why it exists']);
    await kept.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What Node is and why it exists');

    await page.goto(site.url + chapter.slice(0, -1));
    await expect(page).toHaveURL(site.url + chapter);
    await page.goto(site.url + another);
    await expect(page.getByText('These chapters are kept in this browser:')).toBeVisible();

    await site.comeBack();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
    await expect(page.getByText('kept in this browser')).toBeHidden();
  });

  test('opens and runs without a connection, once a program ran with one', async ({ page, context }) => {
    await using site = await ServedSite.start({ directory });
    await embedded(context);
    // On the first page: the engine is on its way when the worker comes.
    const release = site.hold(/^\/engine\/library/);
    await page.goto(site.url + chapter);
    const snippet = new SnippetPage(page).snippet(short);
    await snippet.run.click();
    await expect.poll(() => site.requests.some((path) => path.startsWith('/engine/library'))).toBe(true);
    await expectKept(page, chapter);
    release();
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
    await expectKept(page, chapter);
    const library = site.requests.find((path) => path.startsWith('/engine/library.')) ?? '';
    await expectKept(page, library.slice(1));
    await expectLoadedKept(page);
    await context.setOffline(true);
    await site.stop();
    await page.reload();
    await expect(page.getByText('This page is kept in this browser')).toBeVisible();
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
  });
});

test('is installed by a button where the browser lets the page ask', async ({ page }) => {
  await using site = await ServedSite.start({ directory });
  await page.goto(`${site.url}take-along/`);
  const button = page.getByRole('button', { name: 'Install the book' });
  await expect(button).toBeHidden();
  /** As Chromium offers it, where a reader answers what it then asks. */
  const offer = (outcome: string): Promise<boolean> =>
    page.evaluate((answer) => {
      const offered = new Event('beforeinstallprompt', { cancelable: true });
      return !dispatchEvent(Object.assign(offered, { prompt: async () => ({ outcome: answer }) }));
    }, outcome);
  expect(await offer('dismissed'), 'the browser asks nothing by itself').toBe(true);
  await button.click();
  await expect(button).toBeHidden();
  await expect(page.getByText('In Chrome and Edge, choose Install')).toBeVisible();
  await offer('accepted');
  await button.click();
  await expect(page.getByText('The book is installed on this device.')).toBeVisible();
  await expect(button).toBeHidden();
});

test.describe('the whole book', () => {
  test('is taken along with its programs, and removed again', async ({ page, context }) => {
    await using site = await ServedSite.start({ directory });
    await embedded(context);
    await page.goto(`${site.url}take-along/`);
    await expect(page.getByText(/\d+(\.\d)? MB in this browser/)).toHaveCount(2);
    await takeAlong(page, site);
    await site.stop();
    await context.setOffline(true);

    for (const id of CHAPTERS) {
      await page.goto(`${site.url}${id}/`);
      await expect(page.getByText('This page is kept in this browser')).toBeVisible();
    }
    // Programs that were never run, with the editor, the types and npm packages, and an exercise.
    await page.goto(site.url + chapter);
    const book = new SnippetPage(page);
    const answer = book.snippet('Your answer');
    const solution = readSolutions().get('understanding-node/what-is-node/ask-at-once')?.['main.mjs'] ?? '';
    await answer.write(solution);
    const checks = page.getByRole('group', { name: 'Checks of your answer' });
    await checks.getByRole('button', { name: 'Check my answer' }).click();
    await expect(checks.getByText('All 4 checks pass.')).toBeVisible();
    await book.snippet(short).write('console.log(typeof process.version)');
    await book.snippet(short).run.click();
    await expect(book.snippet(short).output).toHaveText('string');

    // The page itself is kept, too.
    await page.getByRole('link', { name: 'Take the book along' }).click();
    await expect(page.getByText('A copy of the book is kept here.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove the copy' }).click();
    await expect(page.getByText('nothing can be loaded now')).toBeVisible();
    await page.goto(site.url + another);
    await expect(page.getByText('No chapter is kept in this browser yet.')).toBeVisible();
  });

  test('can be taken without what runs programs, and that added later', async ({ page }) => {
    await using site = await ServedSite.start({ directory });
    await page.goto(`${site.url}take-along/`);
    await page.getByRole('checkbox', { name: /^What runs programs/ }).uncheck();
    await page.getByRole('button', { name: 'Keep the book here' }).click();
    await expect(page.getByText('All chapters are kept here, and open without a connection.')).toBeVisible();
    expect(site.requests.filter((path) => path.startsWith('/engine/library'))).toEqual([]);
    await page.getByRole('checkbox', { name: /^What runs programs/ }).check();
    await page.getByRole('button', { name: 'Keep that, too' }).click();
    await expectWholeBook(page);
  });

  test('shows how far it is, stops when asked, and goes on from there', async ({ page }) => {
    await using site = await ServedSite.start({ directory });
    const release = site.hold(/^\/engine\/library/);
    await page.goto(`${site.url}take-along/`);
    await page.getByRole('button', { name: 'Keep the book here' }).click();
    const bar = page.getByRole('progressbar', { name: 'Loading the book' });
    await expect(bar).toBeVisible();
    await expect(page.getByText(/^\d.* MB of \d+ MB, \d+ of \d+ files$/)).toBeVisible();
    for (const scheme of ['light', 'dark'] as const) await expectNoViolations(page, 'take-along', scheme);
    await expect.poll(() => site.requests.filter((path) => path.includes('library')).length).toBe(4);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(bar).toBeHidden();
    await expect(page.getByText(/^\d+ of \d+ files are here, and stay\./)).toBeVisible();
    release();
    await page.reload();
    await expect(page.getByText(/^\d+ of \d+ files are here, and stay\./)).toBeVisible();
    const before = site.requests.length;
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectWholeBook(page);
    const again = site.requests.slice(before);
    expect(again.filter((path) => path.startsWith('/engine/library'))).not.toEqual([]);
    expect(again, 'what was there is not loaded again').not.toContain(`/${chapter}`);
  });

  test('says that the connection was lost, and keeps what has arrived', async ({ page }) => {
    await using site = await ServedSite.start({ directory });
    const release = site.hold(/^\/engine\/library/);
    await page.goto(`${site.url}take-along/`);
    await page.getByRole('button', { name: 'Keep the book here' }).click();
    await expect.poll(() => site.requests.filter((path) => path.includes('library')).length).toBe(4);
    await site.stop();
    await expect(page.getByText(/^The connection was lost.* files are here, and stay\./)).toBeVisible();
    await site.comeBack();
    release();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expectWholeBook(page);
  });

  test('says that there is no room for it', async ({ page }) => {
    await using site = await ServedSite.start({ directory });
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(site.url).origin,
      quotaSize: 3_000_000,
    });
    await page.goto(`${site.url}take-along/`);
    await page.getByRole('button', { name: 'Keep the book here' }).click();
    await expect(page.getByText(/^There is no room for the rest: it needs \d+ MB/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible();
    // Pages go on as before.
    await page.goto(site.url + another);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
  });
});

test.describe('on a host without headers, under a sub-path', () => {
  test('pages are isolated without a reload once the worker is there, and kept ones too', async ({
    page,
    context,
  }) => {
    await using site = await ServedSite.start({
      directory: PLAIN_DIRECTORY,
      base: '/repo/',
      hasHeaders: false,
    });
    await embedded(context);
    await visit(page, site, chapter);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    let loads = 0;
    page.on('load', () => (loads += 1));
    await page.goto(site.url + another);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.goto(site.url + chapter);
    const snippet = new SnippetPage(page).snippet(short);
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
    expect(loads, 'Run reloads nothing').toBe(2);

    await expectKept(page, 'engine/frame.html');
    await expectLoadedKept(page);
    await site.stop();
    await page.reload();
    await expect(page.getByText('This page is kept in this browser')).toBeVisible();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
    await page.goto(`${site.url}networks-and-web-servers/http/`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not kept in this browser');
  });
});

test.describe('a new edition', () => {
  const next = `${root}node_modules/.cache/loopbook/next-edition`;

  test.beforeAll(async () => {
    // Another default engine changes every page.
    const env = { ...process.env, LOOPBOOK_ENGINE: 'embedded' };
    await buildAlone(() => promisify(execFile)('astro', ['build', '--outDir', next], { cwd: root, env }));
  });

  const noticeOn = (page: Page) => page.getByRole('complementary', { name: 'New edition' });
  const engineOn = (page: Page) => page.locator('html').getAttribute('data-engine');

  test('is said and not forced, and takes over with the edits of the reader', async ({ page, context }) => {
    await using site = await ServedSite.start({ directory });
    await embedded(context);
    await visit(page, site, chapter);
    const other = await context.newPage();
    await visit(other, site, another);
    const snippet = new SnippetPage(page).snippet(short);
    await snippet.write('console.log("mine")');
    await site.comeBack(next);
    let loads = 0;
    for (const each of [page, other]) each.on('load', () => (loads += 1));
    // The other page has a worker already, and nothing tells that it follows it, too.
    await lookForEdition(other);
    await expect(noticeOn(page)).toContainText('There is a new edition of this book. Your changes stay.');
    await expect(noticeOn(other)).toBeVisible();
    await noticeOn(other).getByRole('button', { name: 'Later' }).click();
    await expect(noticeOn(other)).toBeHidden();
    await other.getByRole('link', { name: 'The playground' }).click();
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Playground');
    await expect(noticeOn(other)).toBeHidden();
    await snippet.run.click();
    await expect(snippet.output).toHaveText('mine');
    expect(loads).toBe(0);

    await noticeOn(page).getByRole('button', { name: 'Load it' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-engine', 'embedded');
    await expect(snippet.editor.first()).toHaveText('console.log("mine")');
    await expect(noticeOn(page)).toBeHidden();
    await page.waitForLoadState();
    expect(loads, 'one page once, the other not').toBe(1);
  });

  test('refreshes the copy of the book: only files that changed', async ({ page, context }) => {
    await using site = await ServedSite.start({ directory });
    await takeAlong(page, site);
    await site.comeBack(next);
    const before = site.requests.length;
    await lookForEdition(page);
    // The page of the edition before says the same of its own.
    const loading = page.waitForEvent('load');
    await noticeOn(page).getByRole('button', { name: 'Load it' }).click();
    await loading;
    await expectWholeBook(page);
    const loaded = site.requests.slice(before);
    expect(loaded).toContain(`/${chapter}`);
    expect(loaded.filter((path) => path.startsWith('/engine/library'))).toEqual([]);
    await site.stop();
    await context.setOffline(true);
    await page.goto(site.url + another);
    await expect(page.getByText('This page is kept in this browser')).toBeVisible();
    expect(await engineOn(page)).toBe('embedded');
  });

  test('that comes with the connection going away leaves the pages of the one before as they were', async ({
    page,
  }) => {
    await using site = await ServedSite.start({ directory });
    await visit(page, site, chapter);
    await site.comeBack(next);
    await lookForEdition(page);
    await expect(noticeOn(page)).toBeVisible();
    await site.stop();
    await noticeOn(page).getByRole('button', { name: 'Load it' }).click();
    await expect(page.getByText('This page is kept in this browser')).toBeVisible();
    const unstyled = () =>
      page.evaluate(async () => {
        const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')];
        const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')];
        const addresses = [...links.map(({ href }) => href), ...scripts.map(({ src }) => src)];
        const found = await Promise.all(addresses.map((address) => fetch(address).then(({ ok }) => ok)));
        return addresses.filter((_, index) => !found[index]);
      });
    expect(await unstyled()).toEqual([]);
  });
});
