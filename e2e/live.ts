/** Runs every block of the built book in a real WebContainer, where there is internet: `npm run test:live`. */
import { chromium } from '@playwright/test';
import { launchOptions } from './browser.ts';
import { openEnginePage } from './engine-page.ts';
import { differences, readManifest, runSnippet } from './recordings.ts';

const SERVICE = 'https://stackblitz.com/headless?coep=require-corp';

async function isReachable(): Promise<boolean> {
  try {
    const response = await fetch(SERVICE, { signal: AbortSignal.timeout(10_000) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Resolves with the number of blocks that failed. */
async function runAll(): Promise<number> {
  const snippets = await readManifest();
  const browser = await chromium.launch(launchOptions());
  try {
    const context = await browser.newContext();
    const page = await openEnginePage(context, {
      only: 'webcontainer',
      webcontainer: { initDeadline: 60_000 },
    });
    let failures = 0;
    for (const snippet of snippets) {
      if (snippet.engine === 'embedded') {
        console.log(`–  ${snippet.id}: not for a WebContainer`);
        continue;
      }
      const found = await runSnippet(page, snippet).then(
        (outcome) => differences(snippet, outcome),
        (error: unknown) => [String(error)],
      );
      console.log([`${found.length === 0 ? '✓' : '✗'}  ${snippet.id}`, ...found].join('\n     '));
      if (found.length > 0) failures++;
    }
    console.log(`${snippets.length - failures} of ${snippets.length} blocks are as recorded.`);
    return failures;
  } finally {
    await browser.close();
  }
}

if (!(await isReachable())) {
  console.log('The WebContainer service is not reachable: nothing was checked.');
} else if ((await runAll()) > 0) {
  process.exitCode = 1;
}
