import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { SnippetPage } from './snippet-page.ts';

const pages = [
  '',
  'understanding-node/what-is-node/',
  'understanding-node/event-loop/',
  'networks-and-web-servers/http/',
  'engine/',
];
const viewports = [
  { width: 1366, height: 900 },
  { width: 390, height: 844 },
];

async function expectNoViolations(page: Page, within = 'html'): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect(found).toEqual([]);
}

const program = 'node-snippet[data-snippet="understanding-node/what-is-node/one-two-three"]';

for (const viewport of viewports) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`at ${viewport.width} pixels, ${colorScheme}`, () => {
      test.use({ viewport, colorScheme });

      for (const path of pages) {
        test(`/${path} at rest`, async ({ page }) => {
          await new SnippetPage(page).open(path);
          await expectNoViolations(page);
        });
      }

      test('a program with its menu open, running, after a run, and edited', async ({ page }) => {
        const book = new SnippetPage(page);
        await book.open('understanding-node/what-is-node/');
        const snippet = book.snippet('A delay does not hold up the next line');
        await snippet.choose('Embedded engine');
        await snippet.engine.click();
        await expect(snippet.figure.getByText('You chose the embedded engine.')).toBeVisible();
        await expectNoViolations(page, program);
        await page.keyboard.press('Escape');

        const colors = Array.from(
          { length: 8 },
          (_, color) => `\\x1b[3${color}mtext\\x1b[0m \\x1b[4${color}mtext\\x1b[0m`,
        );
        const faces = String.raw`\x1b[2mdim\x1b[0m \x1b[7minverse\x1b[0m \x1b[38;5;226mpale\x1b[0m \x1b[38;5;17mdeep\x1b[0m`;
        await snippet.write(
          `console.log('${colors.join(' ')} ${faces}');\nconsole.error('a warning');\nsetInterval(() => {}, 1000);`,
        );
        await snippet.run.click();
        await expect(snippet.output).toContainText('a warning');
        await expect(snippet.figure.getByText('Running.')).toBeVisible();
        // The words appear only when there is something to wait for.
        await page.evaluate(() =>
          Promise.all(document.getAnimations().map((animation) => animation.finished)),
        );
        await expectNoViolations(page, program);
        await snippet.stop.click();
        await snippet.expectState('stopped');
        await expectNoViolations(page, program);

        await snippet.write("throw new Error('as an example');");
        await snippet.run.click();
        await expect(snippet.result).toHaveText('Exited with code 1.');
        await expectNoViolations(page, program);
      });
    });
  }
}
