/** Links exchange the page and leave it loaded, Back and Forward too, though the router comes only with the first act. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';

const chapter = 'understanding-node/event-loop/';

/** Marks the page as loaded by the browser: the mark is gone after the next load. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(globalThis, { mark: true }));
}

async function expectSameLoad(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  expect(await page.evaluate(() => 'mark' in globalThis), 'the page was exchanged, not loaded').toBe(true);
}

test('links, Back and Forward exchange the page', async ({ page }) => {
  await page.goto(chapter, { waitUntil: 'networkidle' });
  await mark(page);
  const pager = page.getByRole('navigation', { name: 'Previous and next chapter' });
  await pager.getByRole('link', { name: 'Next' }).click();
  await expectSameLoad(page, 'Non-blocking I/O');
  await pager.getByRole('link', { name: 'Previous' }).click();
  await expectSameLoad(page, 'The event loop');
  await page.goBack();
  await expectSameLoad(page, 'Non-blocking I/O');
  await page.goBack();
  await expectSameLoad(page, 'The event loop');
  await page.goForward();
  await expectSameLoad(page, 'Non-blocking I/O');
});

test('after a reload, Back exchanges the page, and returns to where the reader was in it', async ({
  page,
}) => {
  await page.goto(chapter, { waitUntil: 'networkidle' });
  const link = page.getByRole('navigation', { name: 'Previous and next chapter' }).getByRole('link').last();
  await link.scrollIntoViewIfNeeded();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Non-blocking I/O');
  // Until the router is there, Back loads the page. It is there once it has scrolled to where the reader was.
  await link.scrollIntoViewIfNeeded();
  const noted = () => page.evaluate(() => (history.state as { readonly scrollY: number }).scrollY);
  await expect.poll(noted).toBeGreaterThan(0);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(link).toBeInViewport();
  await mark(page);
  await page.goBack();
  await expectSameLoad(page, 'The event loop');
  await expect(link).toBeInViewport();
});

test('a link within the page goes there, and Back returns', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 900 });
  await page.goto(chapter, { waitUntil: 'networkidle' });
  await mark(page);
  const link = page.getByRole('navigation', { name: 'On this page' }).last().getByRole('link').last();
  const hash = await link.getAttribute('href');
  await link.click();
  await expect(page).toHaveURL(new RegExp(`${hash}$`));
  await expect(page.locator(`${hash}`)).toBeInViewport();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`${chapter}$`));
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();
  await expectSameLoad(page, 'The event loop');
});

test('a link leads on where the router cannot be loaded', async ({ page }) => {
  await page.goto(chapter, { waitUntil: 'networkidle' });
  await page.route('**/*.js', (route) => route.abort());
  await page
    .getByRole('navigation', { name: 'Previous and next chapter' })
    .getByRole('link', { name: 'Next' })
    .click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Non-blocking I/O');
});
