/** End-to-end tests of the built site, on a host with isolation headers and on one without, under a sub-path. */
import { defineConfig } from '@playwright/test';
import { launchOptions } from './browser.ts';

/** The built site with headers. */
export const SITE = 'http://localhost:4401/';
/** The built site without headers, under `/repo/`. */
export const PLAIN_SITE = 'http://localhost:4402/repo/';

const plainDirectory = 'node_modules/.cache/loopbook/plain-site';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../node_modules/.cache/playwright',
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  // Engines start in the time of a busy machine.
  expect: { timeout: 15_000 },
  workers: 2,
  reporter: 'list',
  use: { browserName: 'chromium', baseURL: SITE, launchOptions: launchOptions(), trace: 'off' },
  webServer: [
    { command: 'node e2e/static-server.ts dist --port 4401', url: SITE },
    {
      // The same site, built for the sub-path.
      command: `astro build --outDir ${plainDirectory} && node e2e/static-server.ts ${plainDirectory} --port 4402 --base /repo/ --no-headers`,
      env: { BASE: '/repo/' },
      url: PLAIN_SITE,
    },
  ].map((server) => ({ ...server, cwd: '..', reuseExistingServer: false })),
});
