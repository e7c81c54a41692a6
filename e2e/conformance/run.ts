/**
 * `npm run conformance -- <folder>`: runs every case of a folder in the embedded engine in Chromium and prints the score.
 * `--verbose` shows what failing cases printed; `--require-all` makes a failing case an error.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../browser.ts';
import { openEmbeddedPage, runEmbedded, type EmbeddedOutcome } from '../embedded-page.ts';
import { refuse, requireEngine } from '../preconditions.ts';
import { readCases, type ConformanceCase } from './case.ts';
import { problemsOf } from './verdict.ts';

const { values: options, positionals } = parseArgs({
  options: {
    verbose: { type: 'boolean', default: false },
    'require-all': { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined) refuse('Name the folder with the cases: npm run conformance -- <folder>');
requireEngine();

const cases = await readCases(existsSync(join(folder, 'cases')) ? join(folder, 'cases') : folder).catch(
  refuse,
);
const browser = await chromium.launch(launchOptions());
const page = await openEmbeddedPage(await browser.newContext());
let passed = 0;
for (const each of cases) {
  const outcome = await attempt(each);
  const problems = typeof outcome === 'string' ? [outcome] : problemsOf(each, outcome);
  if (problems.length === 0) passed += 1;
  console.log(problems.length === 0 ? `pass  ${each.id}` : `FAIL  ${each.id}: ${problems.join('; ')}`);
  if (options.verbose && problems.length > 0 && typeof outcome !== 'string') {
    console.log(`--- stdout\n${outcome.stdout}--- stderr\n${outcome.stderr}--- expected\n${each.stdout}`);
  }
}
await browser.close();
console.log(`${passed} passed, ${cases.length - passed} failed`);
if (options['require-all'] && passed < cases.length) process.exitCode = 1;

async function attempt({ program }: ConformanceCase): Promise<EmbeddedOutcome | string> {
  try {
    return await runEmbedded(page, program);
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  }
}
