/** Programs whose output real Node recorded, in the embedded engine in Chromium. */
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { readCases } from './conformance/case.ts';
import { problemsOf } from './conformance/verdict.ts';
import { openEmbeddedPage, runEmbedded } from './embedded-page.ts';

test('every conformance case prints what Node prints', async ({ context }) => {
  const cases = await readCases(fileURLToPath(new URL('conformance/cases', import.meta.url)));
  const page = await openEmbeddedPage(context);
  for (const each of cases) {
    await test.step(each.id, async () => {
      expect.soft(problemsOf(each, await runEmbedded(page, each.program)), each.id).toEqual([]);
    });
  }
});
