/** axe finds nothing on any page of the built site, wide and narrow, light and dark: pages that are new are looked at by themselves. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { colorRules, expectNoViolations, viewports } from './axe.ts';

/** Frames hold no page: the engine's and the preview's. */
const frames = /^(?:engine|preview)\/frame\b/;

const paths = globSync('**/*.html', { cwd: join(import.meta.dirname, '../dist') })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !frames.test(file))
  .map((file) => file.replace(/(?<=^|\/)index\.html$/, ''))
  .toSorted();

test('there are pages to look at', () => {
  expect(paths).toContain('');
});

for (const path of paths)
  test(`/${path}`, async ({ page }) => {
    await page.goto(path);
    for (const viewport of viewports) {
      await page.setViewportSize(viewport);
      await expectNoViolations(page, 'html', 'light');
      await expectNoViolations(page, 'html', 'dark', colorRules);
    }
  });
