/** What search engines, feed readers and link previews find of the published site. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { PLAIN_DIRECTORY, PLAIN_SITE } from './playwright.config.ts';
import { CHAPTERS } from './recordings.ts';

/** Pages that search engines leave out. */
const unlisted = ['your-work/', 'search/', 'offline/'];
const directory = new URL(`../${PLAIN_DIRECTORY}/`, import.meta.url).pathname;

/** Paths of all pages but the one that is not there. */
async function pagesOnDisk(): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/index.html', { cwd: directory }));
  return files.map((file) => file.replace(/index\.html$/, '')).toSorted();
}

/** What the head of a built page says, as a browser reads it. */
function headOf(page: Page, html: string) {
  return page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'text/html');
    const all = (selector: string, attribute: string) =>
      [...parsed.head.querySelectorAll(selector)].map((element) => element.getAttribute(attribute) ?? '');
    return {
      titles: [...parsed.head.querySelectorAll('title')].map((title) => title.textContent),
      descriptions: all('meta[name=description]', 'content'),
      canonical: all('link[rel=canonical]', 'href'),
      robots: all('meta[name=robots]', 'content'),
      image: all('meta[property="og:image"]', 'content'),
      imageText: all('meta[property="og:image:alt"]', 'content'),
      kind: all('meta[property="og:type"]', 'content'),
      local: all(
        'link[rel=icon], link[rel=apple-touch-icon], link[rel=manifest], link[rel=alternate], link[rel=sitemap]',
        'href',
      ),
      data: [...parsed.head.querySelectorAll('script[type="application/ld+json"]')].map(
        (block) => block.textContent,
      ),
    };
  }, html);
}

/** Texts of elements of an XML file, one row an element of the kind `row`. */
function rowsOf(page: Page, xml: string, row: string, columns: readonly string[]) {
  return page.evaluate(
    ([text, name, fields]) => {
      const parsed = new DOMParser().parseFromString(text, 'application/xml');
      const mistake = parsed.querySelector('parsererror');
      if (mistake) throw new Error(mistake.textContent);
      return [...parsed.getElementsByTagName(name)].map((element) =>
        fields.map((field) => element.getElementsByTagName(field)[0]?.textContent ?? ''),
      );
    },
    [xml, row, columns] as const,
  );
}

test('every page says what it is, once, and where it is', async ({ page, request }) => {
  // It reads the whole book.
  const titles = new Map<string, string>();
  for (const path of await pagesOnDisk()) {
    await test.step(`/${path}`, async () => {
      const html = await readFile(join(directory, path, 'index.html'), 'utf8');
      const head = await headOf(page, html);
      expect.soft(head.titles, path).toHaveLength(1);
      expect.soft(titles.get(head.titles[0] ?? ''), `title of ${path}`).toBeUndefined();
      titles.set(head.titles[0] ?? '', path);
      expect.soft(head.descriptions, path).toHaveLength(1);
      expect.soft(head.descriptions[0]?.length, path).toBeGreaterThan(20);
      const isListed = !unlisted.includes(path);
      expect.soft(head.canonical, path).toEqual(isListed ? [`${PLAIN_SITE}${path}`] : []);
      expect.soft(head.robots, path).toEqual(isListed ? [] : ['noindex']);
      expect.soft(head.kind, path).toEqual([CHAPTERS.includes(path.slice(0, -1)) ? 'article' : 'website']);
      expect.soft(head.imageText[0], path).toBeTruthy();
      expect.soft(head.data, path).toHaveLength(1);
      expect.soft(() => JSON.parse(head.data[0] ?? '') as unknown, path).not.toThrow();
      const image = await request.get(head.image[0] ?? '');
      expect.soft(image.headers()['content-type'], path).toBe('image/png');
      const png = await image.body();
      expect.soft([png.readUInt32BE(16), png.readUInt32BE(20)], path).toEqual([1200, 630]);
      for (const address of head.local) {
        const answer = await request.get(new URL(address, PLAIN_SITE).href);
        expect.soft(answer.status(), `${address} of ${path}`).toBe(200);
      }
    });
  }
});

test('a canonical address is the one that answers, without a redirect', async ({ request }) => {
  for (const path of ['', 'play/', `${CHAPTERS[0]}/`]) {
    const answer = await request.get(`${PLAIN_SITE}${path}`, { maxRedirects: 0 });
    expect(answer.status()).toBe(200);
  }
});

test('the page that is not there has no canonical address', async ({ page, request }) => {
  const answer = await request.get(`${PLAIN_SITE}nowhere/`);
  expect(answer.status()).toBe(404);
  const head = await headOf(page, await answer.text());
  expect(head.canonical).toEqual([]);
  expect(head.robots).toEqual(['noindex']);
});

test('the sitemap lists exactly the pages, and robots.txt names it', async ({ page, request }) => {
  const robots = await (await request.get(`${PLAIN_SITE}robots.txt`)).text();
  const [, index = ''] = /^Sitemap: (.+)$/m.exec(robots) ?? [];
  const parts = await rowsOf(page, await (await request.get(index)).text(), 'sitemap', ['loc']);
  const listed: string[] = [];
  for (const [part = ''] of parts) {
    const rows = await rowsOf(page, await (await request.get(part)).text(), 'url', ['loc']);
    listed.push(...rows.map(([address = '']) => address));
  }
  const pages = (await pagesOnDisk()).filter((path) => !unlisted.includes(path));
  expect(listed.toSorted()).toEqual(pages.map((path) => `${PLAIN_SITE}${path}`).toSorted());
});

test('the feed has every chapter, the newest first, with absolute links and dates', async ({
  page,
  request,
}) => {
  const answer = await request.get(`${PLAIN_SITE}rss.xml`);
  const columns = ['title', 'link', 'description', 'pubDate'];
  const items = await rowsOf(page, await answer.text(), 'item', columns);
  const links = items.map(([, link = '']) => link);
  expect(links.toSorted()).toEqual(CHAPTERS.map((id) => `${PLAIN_SITE}${id}/`).toSorted());
  const dates = items.map(([, , , date = '']) => Date.parse(date));
  expect(dates.every((date) => date > Date.parse('2026-01-01'))).toBe(true);
  expect(dates).toEqual(dates.toSorted((one, other) => other - one));
  for (const [title = '', link, description = ''] of items) {
    expect(title, link).toMatch(/^\d+\. \S/);
    expect(description.length, link).toBeGreaterThan(20);
  }
});

test('the manifest names a book that can be installed under its path, with pictures that are there', async ({
  request,
}) => {
  const address = `${PLAIN_SITE}site.webmanifest`;
  // Fields are looked at one by one below.
  const manifest = (await (await request.get(address)).json()) as Record<string, string> & {
    icons: { src: string; sizes: string; purpose?: string }[];
  };
  expect(manifest).toMatchObject({ display: 'standalone', start_url: '/repo/', scope: '/repo/' });
  expect(manifest['name']).toBeTruthy();
  for (const { src, sizes } of manifest.icons) {
    const body = await (await request.get(new URL(src, address).href)).body();
    if (sizes !== 'any') expect(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`).toBe(sizes);
  }
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
});

test('the policy of a page lets its structured data stand', async ({ page }) => {
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => {
      document.documentElement.dataset['violated'] = violatedDirective;
    });
  });
  await page.goto(`${PLAIN_SITE}${CHAPTERS[0]}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-violated');
  const data = await page.locator('script[type="application/ld+json"]').textContent();
  expect(JSON.parse(data ?? '')).toMatchObject({ '@context': 'https://schema.org' });
});
