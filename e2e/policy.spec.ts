/** The site keeps to its own Content-Security-Policy: on each kind of page, and in each state that a reader brings it into. */
import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { reachState, readerStates } from './reader-states.ts';
import { CHAPTERS } from './recordings.ts';

const site = fileURLToPath(new URL('../dist', import.meta.url));

/** What the browser has kept pages and their workers from doing, as it comes in. */
async function watchViolations(page: Page): Promise<string[]> {
  const violations: string[] = [];
  await page.exposeFunction('tellViolation', (text: string) => violations.push(text));
  await page.addInitScript(() => {
    // Frames of programs and previews are kept from much on purpose.
    if (window !== window.top) return;
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
      // True: it was exposed before the page began.
      const teller = window as unknown as { tellViolation(text: string): void };
      teller.tellViolation(`${violatedDirective}: ${blockedURI} in ${sourceFile}`);
    });
  });
  page.on('console', (message) => {
    // True for messages of the page and of its workers; those of frames with an origin of their own name another address.
    if (
      /violates the following|Content Security Policy of/.test(message.text()) &&
      message.type() === 'error'
    ) {
      violations.push(message.text());
    }
  });
  return violations;
}

for (const state of readerStates) {
  test(`nothing is against the policy: ${state.name}`, async ({ page }) => {
    const violations = await watchViolations(page);
    await reachState(page, state);
    expect(violations).toEqual([]);
  });
}

test('nothing is against the policy on any page at rest', async ({ page }) => {
  const violations = await watchViolations(page);
  for await (const name of glob('**/index.html', { cwd: site })) {
    await page.goto(name.slice(0, -'index.html'.length));
    expect(violations, name).toEqual([]);
  }
});

test('what the policy forbids is noticed', async ({ page }) => {
  const violations = await watchViolations(page);
  await page.goto('play/');
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.got = 1' }));
  });
  await expect.poll(() => violations.length).toBeGreaterThan(0);
});

test('every page has the policy, and scripts come from files of the site or by their hashes', async () => {
  const pages = await Array.fromAsync(glob('**/{index,404}.html', { cwd: site }));
  expect(pages.length).toBeGreaterThan(CHAPTERS.length);
  for (const name of pages) {
    const html = await readFile(`${site}/${name}`, 'utf8');
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const directives = policy.split('; ').map((directive) => directive.split(' '));
    const [, ...sources] = directives.find(([directive]) => directive === 'script-src') ?? [];
    const strange = sources.filter(
      (source) =>
        !/^(?:'self'|'wasm-unsafe-eval'|'sha(?:256|384|512)-[\w+/=]+')$/.test(
          source.replaceAll('&#39;', "'"),
        ),
    );
    expect(sources.length, `sources of scripts on ${name}`).toBeGreaterThan(0);
    expect(strange, `sources of scripts on ${name}`).toEqual([]);
    expect(directives, name).toContainEqual(['object-src', "'none'"]);
  }
});
