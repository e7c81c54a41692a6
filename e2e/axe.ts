/** What axe finds on a page. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** A laptop and a phone. */
export const viewports = [
  { width: 1366, height: 900 },
  { width: 390, height: 844 },
];

/** The rules that know colours: where the rest of a page stays as it was, they are enough. */
export const colorRules = ['color-contrast', 'link-in-text-block'];

/** Fails with what axe finds within a selector, in one of the two colour schemes; by all rules, or by some. */
export async function expectNoViolations(
  page: Page,
  within: string,
  colorScheme: 'light' | 'dark',
  rules?: readonly string[],
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Colours that are on their way are none of the two; where the element goes, its transition is cancelled.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map((animation) => animation.finished),
    ),
  );
  const axe = new AxeBuilder({ page }).include(within);
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect(found, `${page.viewportSize()?.width} pixels, ${colorScheme}`).toEqual([]);
}
