/** The npm packages of the site, for pages of tests that need no site. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from '@playwright/test';

const PACKAGES = new URL('../public/packages/', import.meta.url);

/** Answers for `packages/` below an address; before `npm run packages` has been run, as a site that has none. */
export async function routePackages(context: BrowserContext, address: string): Promise<void> {
  await context.route(`${address}packages/*`, (route) => {
    const path = fileURLToPath(new URL(basename(route.request().url()), PACKAGES));
    return route.fulfill(existsSync(path) ? { path } : { status: 404 });
  });
}
