/** axe finds nothing: on each page and in each state of a program, wide and narrow, light and dark. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { reachState, readerStates } from './reader-states.ts';

const viewports = [
  { width: 1366, height: 900 },
  { width: 390, height: 844 },
];

async function expectNoViolations(page: Page, within: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // Colours that are on their way are none of the two.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition)
        .map((animation) => animation.finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).include(within).analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect(found, colorScheme).toEqual([]);
}

for (const viewport of viewports) {
  test.describe(`at ${viewport.width} pixels`, () => {
    test.use({ viewport });

    for (const state of readerStates)
      test(state.name, async ({ page }) => {
        await reachState(page, state);
        await expectNoViolations(page, state.within, 'light');
        await expectNoViolations(page, state.within, 'dark');
      });
  });
}
