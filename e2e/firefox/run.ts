/**
 * `npm run firefox`: what a reader with Firefox finds on the built site, in the table of `npm run hosts`; exit code 1 where
 * anything is wrong.
 *
 *     node e2e/firefox/run.ts [--programs]
 *
 * `--programs` also runs every program of the book; those that differ for a known cause are in `known-differences.ts`.
 */
import { parseArgs } from 'node:util';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { runPrograms, showPrograms } from '../book-programs.ts';
import { openEmbeddedPage } from '../embedded-page.ts';
import { smoke, type SmokeReport } from '../hosts/smoke.ts';
import { refuse, requireEngine, requireSite } from '../preconditions.ts';
import { serve } from '../static-server.ts';
import { knownDifferences } from './known-differences.ts';
import { launchFirefox } from './launch.ts';

interface Visitor {
  readonly name: string;
  readonly hasHeaders: boolean;
  readonly context?: BrowserContextOptions;
  readonly isIsolated: boolean;
  readonly reloads: number;
}

const visitors: readonly Visitor[] = [
  { name: 'a host with headers', hasHeaders: true, isIsolated: true, reloads: 0 },
  { name: 'a host without headers', hasHeaders: false, isIsolated: true, reloads: 1 },
];

const { values } = parseArgs({ options: { programs: { type: 'boolean', default: false } } });
requireSite('dist');
if (values.programs) requireEngine();
const browser = await launchFirefox().catch(refuse);
try {
  console.log(`Firefox ${browser.version()}`);
  for (const visitor of visitors) await show(visitor, await visit(visitor, browser));
  if (values.programs)
    showPrograms(await runPrograms((run) => withPage(browser, run), knownDifferences), knownDifferences);
} finally {
  await browser.close();
}

async function visit({ hasHeaders, context: options }: Visitor, firefox: Browser): Promise<SmokeReport> {
  const { server, url } = await serve({ directory: 'dist', port: 0, base: '/', hasHeaders });
  const context = await firefox.newContext(options);
  try {
    await context.route(/^https:/, (route) => route.abort());
    return await smoke(await context.newPage(), url);
  } finally {
    await context.close();
    server.close();
  }
}

async function show(visitor: Visitor, report: SmokeReport): Promise<void> {
  const { isIsolated, reloads, engines } = report;
  const problems = [...report.problems];
  if (isIsolated !== visitor.isIsolated)
    problems.push(isIsolated ? 'isolated, which cannot be' : 'not isolated');
  if (reloads !== visitor.reloads) problems.push(`${reloads} reloads instead of ${visitor.reloads}`);
  if (engines.join() !== 'Embedded engine') problems.push(`ran in ${engines.join(', ') || 'nothing'}`);
  if (problems.length > 0) process.exitCode = 1;
  console.log(
    `  ${visitor.name}: ${isIsolated ? 'isolated' : 'not isolated'}, reloads on first visit ${reloads}, Run works in ${engines.join(', ')}`,
  );
  for (const problem of problems) console.log(`    ${problem}`);
}

/** Each chapter has a page of its own. */
async function withPage(firefox: Browser, run: (page: Page) => Promise<void>): Promise<void> {
  const context = await firefox.newContext();
  await run(await openEmbeddedPage(context));
  await context.close();
}
