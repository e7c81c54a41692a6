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

/** Waits until nothing is on its way any more: no colour to another one, no words that appear. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // A terminal hears of other colours in the next frame, and is drawn in one after it.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    // Where the element goes, its animation is cancelled.
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Fails with what axe finds within a selector, in one of the two colour schemes; by all rules, or by some. */
export async function expectNoViolations(
  page: Page,
  within: string,
  colorScheme: 'light' | 'dark',
  rules?: readonly string[],
): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await settle(page);
  const axe = new AxeBuilder({ page }).include(within);
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect(found, `${page.viewportSize()?.width} pixels, ${colorScheme}`).toEqual([]);
}
