/** The glossary: its terms, the way from each to its chapter, and the field that finds one. */
import { expect, test } from '@playwright/test';
import { MapPage } from './map-page.ts';
import { PLAIN_SITE } from './playwright.config.ts';

for (const site of ['', PLAIN_SITE]) {
  test(`each term leads to the section that defines it, ${site === '' ? 'at the top of a host' : 'under a path'}`, async ({
    page,
  }) => {
    await page.goto(`${site}glossary/`);
    const entries = await page.locator('#terms dl > div').evaluateAll((items) =>
      items.map((item) => ({
        term: item.querySelector('dfn')?.textContent.trim() ?? '',
        sentence: item.querySelector('dd')?.textContent.trim() ?? '',
        href: item.querySelector('a')?.href ?? '',
      })),
    );
    expect(entries.length).toBeGreaterThan(100);
    const pages = new Map<string, string>();
    for (const { term, sentence, href } of entries) {
      const { hash, pathname } = new URL(href);
      const html = pages.get(pathname) ?? (await (await page.request.get(href)).text());
      pages.set(pathname, html);
      if (hash !== '') expect(html, href).toContain(`id="${hash.slice(1)}"`);
      expect(sentence.toLowerCase(), term).toContain(term.toLowerCase());
      expect(sentence, term).toMatch(/[.?!)]$/);
    }
  });
}

test('a term has an address', async ({ page }) => {
  await page.goto('glossary/#event-loop');
  const term = page.locator('div:has(> :target)');
  await expect(term.locator('dfn')).toHaveText('event loop');
  await expect(term).toBeInViewport();
  await term.getByRole('link', { name: 'The event loop' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'The event loop' })).toBeVisible();
});

test('a term is found by keyboard', async ({ page }) => {
  await page.goto('');
  await page.getByRole('main').getByRole('link', { name: 'The glossary' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible();
  const { find, count } = new MapPage(page);
  await find.focus();
  await page.keyboard.type('back');
  await expect(count).toHaveText('2 terms found.');
  await expect(page.locator('dfn').filter({ visible: true })).toHaveText(['backoff', 'backpressure']);
  await expect(page.locator('#terms').getByRole('heading')).toHaveText(['B']);
  await expect(page.getByRole('navigation', { name: 'Letters' })).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'async and await' })).toBeFocused();
  await find.focus();
  await page.keyboard.type('zz');
  await expect(page.getByText('No term has a word that begins with “backzz”.')).toBeVisible();
  await page.getByRole('button', { name: 'Show every term' }).click();
  await expect(page.locator('#terms').getByRole('heading', { name: 'A', exact: true })).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the glossary is whole, and letters lead through it', async ({ page }) => {
    await page.goto('');
    await page.getByRole('contentinfo').getByRole('link', { name: 'The glossary' }).click();
    await expect(page.locator('list-filter')).toBeHidden();
    await page.getByRole('navigation', { name: 'Letters' }).getByRole('link', { name: 'T' }).click();
    await expect(page.getByRole('heading', { name: 'T', exact: true })).toBeInViewport();
  });
});

test('the glossary is no wider than a phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('glossary/');
  const overflow = ({ scrollWidth, clientWidth }: Element) => scrollWidth - clientWidth;
  expect(await page.locator('html').evaluate(overflow)).toBeLessThanOrEqual(0);
});
