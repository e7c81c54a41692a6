/** The npm packages of the site, for pages of tests that need no site. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';

const PACKAGES = new URL('../public/packages/', import.meta.url);

/** Answers for `packages/` below an address. Throws when `npm run packages` has not been run. */
export async function routePackages(context: BrowserContext, address: string): Promise<void> {
  if (!existsSync(new URL('manifest.json', PACKAGES)))
    throw new Error('The npm packages are not packed. Run: npm run packages');
  await context.route(`${address}packages/*`, (route) =>
    route.fulfill({ path: fileURLToPath(new URL(basename(route.request().url()), PACKAGES)) }),
  );
}
