/** Open a chapter, run a block, go on to another chapter, run another: on hosts with and without control of headers. */
import { expect, test } from '@playwright/test';
import { PLAIN_SITE, SITE } from './playwright.config.ts';
import { SnippetPage } from './snippet-page.ts';

const hosts = [
  { name: 'a host with isolation headers', site: SITE, loads: 1 },
  { name: 'a host without headers, under a sub-path', site: PLAIN_SITE, loads: 2 },
];

for (const { name, site, loads } of hosts) {
  test(`the book runs on ${name}`, async ({ page }) => {
    let pageLoads = 0;
    page.on('load', () => {
      pageLoads += 1;
    });
    const book = new SnippetPage(page);
    await book.open(`${site}understanding-node/what-is-node/`);

    const first = book.snippet('A delay does not hold up the next line');
    await first.run.click();
    await expect(first.result).toHaveText('Exited with code 0. Same as the recorded output.');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(pageLoads).toBe(loads);

    await page.getByRole('link', { name: 'The event loop' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('The event loop');
    const second = page.locator('node-snippet').first();
    await second.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(second).toHaveAttribute('data-state', 'exited');
    await expect(second.getByRole('status').last()).toContainText('Same as the recorded output.');
    expect(pageLoads, 'client-side navigation keeps the page').toBe(loads);
  });
}

test('a host where workers are blocked still runs programs', async ({ browser }) => {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const book = new SnippetPage(page);
  await book.open(`${PLAIN_SITE}understanding-node/what-is-node/`);
  const snippet = book.snippet('A delay does not hold up the next line');
  await snippet.run.click();
  await expect(snippet.result).toHaveText('Exited with code 0. Same as the recorded output.');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await context.close();
});
