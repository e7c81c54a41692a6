/** The npm packages of the site, for pages of tests that need no site. */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';

const PACKAGES = new URL('../public/packages/', import.meta.url);

/** Answers for `packages/` below an address. `npm run packages` has to have been run. */
export async function routePackages(context: BrowserContext, address: string): Promise<void> {
  await context.route(`${address}packages/*`, (route) =>
    route.fulfill({ path: fileURLToPath(new URL(basename(route.request().url()), PACKAGES)) }),
  );
}
