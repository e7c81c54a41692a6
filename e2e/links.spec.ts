/** Every address leads somewhere, under a sub-path too: `npm run links` looks at the site that has none. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { PLAIN_DIRECTORY } from './playwright.config.ts';

test('every address in the site under a sub-path leads somewhere', () => {
  const said = execFileSync(process.execPath, ['../src/publish/audit/links.ts', `../${PLAIN_DIRECTORY}`], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect(said).toContain('all lead somewhere');
});
