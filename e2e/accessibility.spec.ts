/** axe finds nothing in each state of a program, wide and narrow, light and dark. Pages at rest are in `every-page.spec.ts`. */
import { test } from '@playwright/test';
import { expectNoViolations, viewports } from './axe.ts';
import { reachState, readerStates } from './reader-states.ts';

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
