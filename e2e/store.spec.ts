/** What is kept of a reader, in a real browser: a bare page of its own that loads the store as the site does. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { build } from 'esbuild';
import type * as storeModule from '../src/playground/store/index.ts';
import type * as hintModule from '../src/playground/store/hint.ts';
import type * as archiveModule from '../src/playground/store/archive.ts';

const program = 'files/streams/copy';

let server: Server;
let url: string;

test.beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { hasKept } from '../src/playground/store/hint.ts';
        import { openStore } from '../src/playground/store/index.ts';
        import { exportArchive, importArchive } from '../src/playground/store/archive.ts';
        globalThis.lab = { hasKept, openStore, exportArchive, importArchive, hadKept: hasKept() };`,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    format: 'esm',
    write: false,
  });
  // An editor that is a text area: it shows what is kept, keeps what is typed, and follows the other tabs.
  const html = `<!doctype html><title>Store</title><label>Code <textarea></textarea></label><output></output>
    <script type="module">
      ${outputFiles[0]?.text ?? ''}
      if (location.search !== '?idle') {
        const area = document.querySelector('textarea');
        const store = lab.openStore();
        const show = (kept) => (area.value = kept?.files['main.js'] ?? '');
        show(await store.get('programs', '${program}'));
        area.addEventListener('input', () => store.set('programs', '${program}', { files: { 'main.js': area.value }, deleted: [] }));
        const { signal } = new AbortController();
        store.onChange(({ collection, value, cause }) => { if (collection === 'programs' && cause !== 'set') show(value); }, signal);
        store.onProblem((problem) => (document.querySelector('output').textContent = problem?.message ?? ''), signal);
      }
      document.documentElement.dataset.ready = '';
    </script>`;
  server = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(html));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // True: it listens on a port, not on a pipe.
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});

test.afterAll(() => server.close());

/** What the page offers to the tests. */
type Lab = typeof storeModule & typeof hintModule & typeof archiveModule & { hadKept: boolean };
declare const lab: Lab;

const code = (page: Page) => page.getByLabel('Code');

/** What is kept is shown, and what is typed from now on is kept: a browser may fill in a text before that. */
const expectReady = (page: Page) => expect(page.locator('html[data-ready]')).toBeAttached();

async function open(page: Page, path = ''): Promise<Page> {
  await page.goto(url + path);
  await expectReady(page);
  return page;
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await expectReady(page);
}

/** The program as the database itself holds it, once nothing is pending. */
const stored = (page: Page) =>
  page.evaluate(async (key) => {
    const store = lab.openStore();
    await store.flush();
    return (await store.get('programs', key))?.files['main.js'];
  }, program);

/** Opens the page and writes a program that the database has. */
async function openAndKeep(page: Page, text: string): Promise<void> {
  await open(page);
  await code(page).fill(text);
  await stored(page);
}

test('a fresh reader has nothing, and a reader who typed has', async ({ page }) => {
  await open(page, '?idle');
  expect(await page.evaluate(() => lab.hasKept())).toBe(false);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  await open(page);
  await code(page).fill('a');
  expect(await page.evaluate(() => lab.hasKept())).toBe(true);
  await page.evaluate(async () => {
    const store = lab.openStore();
    await store.resetEverything();
  });
  await reload(page);
  expect(await page.evaluate(() => lab.hadKept), 'the reset can be undone').toBe(true);
});

test('a reload in the same task as a keystroke loses nothing', async ({ page }) => {
  await openAndKeep(page, 'before');
  for (const text of ['first', 'second', 'third']) {
    const loaded = page.waitForEvent('load');
    await code(page).evaluate((area, typed) => {
      if (!(area instanceof HTMLTextAreaElement)) throw new Error('no editor');
      area.value = typed;
      area.dispatchEvent(new Event('input'));
      location.reload();
    }, text);
    await loaded;
    await expectReady(page);
    await expect(code(page)).toHaveValue(text);
  }
  await page.evaluate(() => lab.openStore().flush());
  const journals = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('journal')));
  await expect.poll(journals).toEqual([]);
});

test('a page that dies without a word loses nothing', async ({ page, context }) => {
  await open(page);
  // Neither pagehide nor a transaction: as a crash leaves it.
  await page.evaluate(() => {
    addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true });
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('crashed', 'AbortError');
    };
  });
  await code(page).pressSequentially('typed');
  await page.close();
  const next = await open(await context.newPage());
  await expect(code(next)).toHaveValue('typed');
  expect(await stored(next)).toBe('typed');
});

test('what is kept survives navigation and the way back', async ({ page }) => {
  await open(page);
  await code(page).fill('kept');
  await page.goto('about:blank');
  await page.goBack();
  await expectReady(page);
  await expect(code(page)).toHaveValue('kept');
  expect(await stored(page)).toBe('kept');
});

test('two tabs agree: the last keystroke counts, and the other editor shows it', async ({
  page,
  context,
}) => {
  await open(page);
  const other = await open(await context.newPage());
  await code(page).fill('one');
  await expect(code(other)).toHaveValue('one');
  await code(other).fill('two');
  await expect(code(page)).toHaveValue('two');
  await page.evaluate((key) => lab.openStore().resetProgram(key), program);
  await expect(code(other)).toHaveValue('');
  await reload(other);
  await expect(code(other)).toHaveValue('');
});

test('a reset is undone after a reload', async ({ page }) => {
  await open(page);
  await code(page).fill('mine');
  const removal = await page.evaluate(() => lab.openStore().resetPrograms());
  await expect(code(page)).toHaveValue('');
  await reload(page);
  await expect(code(page)).toHaveValue('');
  await page.evaluate((key) => lab.openStore().restore(key ?? ''), removal);
  await expect(code(page)).toHaveValue('mine');
  await reload(page);
  await expect(code(page)).toHaveValue('mine');
});

test('a full quota is said; what was typed is there, also after a reload', async ({ page, context }) => {
  await open(page);
  await stored(page);
  const browser = await context.newCDPSession(page);
  const origin = new URL(url).origin;
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await code(page).fill('x'.repeat(200_000));
  await expect(page.locator('output')).toContainText('storage of this browser is full');
  await expect(code(page)).toHaveValue(/^x{200000}$/);
  await reload(page);
  await expect(code(page)).toHaveValue(/^x{200000}$/);
  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  await code(page).fill('short');
  expect(await stored(page)).toBe('short');
  await expect(page.locator('output')).toBeEmpty();
});

for (const [what, block] of [
  [
    'refuses',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    },
  ],
  [
    'never opens',
    () => {
      const openReally = indexedDB.open.bind(indexedDB);
      IDBFactory.prototype.open = (...given) => {
        const request = openReally(...given);
        for (const type of ['upgradeneeded', 'success'])
          request.addEventListener(type, (event) => event.stopImmediatePropagation());
        return request;
      };
    },
  ],
  ['is not there', () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined })],
] as const) {
  test(`where the database ${what}, the page goes on in memory and says so`, async ({ page }) => {
    await page.addInitScript(block);
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(globalThis, name, {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
    });
    const failures: Error[] = [];
    page.on('pageerror', (error) => failures.push(error));
    await open(page);
    await expect(page.locator('output')).toContainText('keeps nothing for this site');
    await code(page).fill('in memory');
    expect(await stored(page)).toBe('in memory');
    expect(await page.evaluate(() => lab.openStore().isSafe)).toBe(false);
    expect(await page.evaluate(() => lab.hasKept())).toBe(false);
    expect(failures).toEqual([]);
  });
}

/** A transaction that never ends in another tab, as WebKit leaves one behind of a page that it has frozen. */
const holdUp = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((held) => {
        const opening = indexedDB.open('loopbook');
        opening.onsuccess = () => {
          const store = opening.result.transaction('entries', 'readwrite').objectStore('entries');
          const ask = (): void => {
            store.count().onsuccess = ask;
            held();
          };
          ask();
        };
      }),
  );

/** A page whose reader has kept something is loaded again while another one, which is returned, holds up the database. */
async function comeBackWhileHeldUp(context: BrowserContext, page: Page): Promise<Page> {
  await openAndKeep(page, 'before');
  const holder = await open(await context.newPage(), '?idle');
  await holdUp(holder);
  await reload(page);
  await expect(page.locator('output')).toContainText('does not answer');
  return holder;
}

test('where the database is held up, the page goes on, says so, and what is typed is there again', async ({
  context,
  page,
}) => {
  const holder = await comeBackWhileHeldUp(context, page);
  await code(page).fill('meanwhile');
  await holder.close();
  await reload(page);
  await expect(code(page)).toHaveValue('meanwhile');
  await expect(page.locator('output')).toBeEmpty();
});

test('where the database answers after it was given up, what is kept is shown, and kept from then on', async ({
  context,
  page,
}) => {
  const holder = await comeBackWhileHeldUp(context, page);
  await expect(code(page)).toHaveValue('');
  await holder.close();
  await expect(code(page)).toHaveValue('before');
  await expect(page.locator('output')).toBeEmpty();
  await code(page).fill('after');
  expect(await stored(page)).toBe('after');
  await expect(page.locator('output')).toBeEmpty();
});

test('a page that goes away in the middle of a write holds up nobody, and loses nothing', async ({
  context,
  page,
}) => {
  await openAndKeep(page, 'before');
  await page.evaluate(() => {
    // From here on it asks without end, as a page that is frozen never says that it has asked its last.
    // Called on each store.
    // oxlint-disable-next-line typescript/unbound-method
    const { get } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.get = function (key) {
      const request = get.call(this, key);
      const again = (): void => void (get.call(this, key).onsuccess = again);
      request.addEventListener('success', again);
      return request;
    };
  });
  // All of it by the page's own clock: a write that takes seconds is given up.
  await code(page).evaluate(async (area) => {
    if (!(area instanceof HTMLTextAreaElement)) throw new Error('no editor');
    area.value = 'on the way';
    area.dispatchEvent(new Event('input'));
    void lab.openStore().flush();
    await new Promise((soon) => setTimeout(soon, 100));
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  });
  const next = await open(await context.newPage());
  await expect(code(next)).toHaveValue('on the way');
  await expect(next.locator('output')).toBeEmpty();
  await expect(page.locator('output')).toBeEmpty();
});

test('what the first version of the site kept for the visit is taken over once', async ({ page }) => {
  await open(page, '?idle');
  await page.evaluate((key) => {
    sessionStorage.setItem(`loopbook:edit:${key}`, JSON.stringify({ 'main.js': 'old edit', '../x': 'no' }));
    sessionStorage.setItem('loopbook:edit:a/b/broken', '{');
  }, program);
  expect(await page.evaluate(() => lab.hasKept())).toBe(true);
  await open(page);
  await expect(code(page)).toHaveValue('old edit');
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0);
  await reload(page);
  await expect(code(page)).toHaveValue('old edit');
});

test('an exported file puts another browser in the same state', async ({ page, browser }) => {
  await open(page);
  await code(page).fill('carried');
  const text = await page.evaluate(() => lab.exportArchive(lab.openStore(), new Date()));
  const elsewhere = await browser.newContext();
  const other = await open(await elsewhere.newPage());
  const report = await other.evaluate(
    (archive) => lab.importArchive(lab.openStore(), new Blob([archive])),
    text,
  );
  expect(report).toMatchObject({ added: 1, changed: 0, unchanged: 0, skipped: 0 });
  await expect(code(other)).toHaveValue('carried');
  await reload(other);
  await expect(code(other)).toHaveValue('carried');
  await elsewhere.close();
});
