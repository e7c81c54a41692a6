/** End-to-end tests of the built site, on a host with isolation headers and on one without, under a sub-path. */
import { defineConfig } from '@playwright/test';
import { launchOptions } from './browser.ts';

/** The built site with headers. */
export const SITE = 'http://localhost:4401/';
/** The built site without headers, under `/repo/`, with all that search engines and feeds are given. */
export const PLAIN_SITE = 'http://localhost:4402/repo/';
/** Folder of that site, from the top of the tree. */
export const PLAIN_DIRECTORY = 'node_modules/.cache/loopbook/plain-site';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../node_modules/.cache/playwright',
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  // What hangs is ended; what is slow on a busy machine is not.
  timeout: 600_000,
  expect: { timeout: 30_000 },
  workers: 2,
  reporter: 'list',
  use: {
    browserName: 'chromium',
    baseURL: SITE,
    launchOptions: launchOptions(),
    trace: 'off',
    serviceWorkers: 'block',
  },
  webServer: [
    { command: 'node e2e/static-server.ts dist --port 4401', url: SITE },
    {
      // The same site, built for the sub-path.
      command: `astro build --outDir ${PLAIN_DIRECTORY} && node e2e/static-server.ts ${PLAIN_DIRECTORY} --port 4402 --base /repo/ --no-headers`,
      env: { BASE: '/repo/', SITE: new URL(PLAIN_SITE).origin },
      url: PLAIN_SITE,
    },
  ].map((server) => ({ ...server, cwd: '..', reuseExistingServer: false })),
});
