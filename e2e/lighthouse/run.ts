/**
 * `npm run lighthouse`: Lighthouse on a phone as it imagines it, on the contents page and three chapters, as a large host sends
 * them. Exit code 1 where a score is below 100, with what the page lost it for.
 *
 *     node e2e/lighthouse/run.ts [--untimed] [folder of the site]
 *
 * `--untimed` leaves performance out, which depends on what else the machine does.
 * Performance is measured five times, one after the other, and the median run counts, as Lighthouse advises; when three have
 * shown 100, so does the median, and the rest is spared. How much slower its phone is follows from how fast this machine proved
 * to be on the run before, and at first on one that does not count:
 * https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md
 */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { throttling } from 'lighthouse/core/config/constants.js';
import type { RecordedSnippet } from '../../src/snippet/snippet.ts';
import { launchOptions } from '../browser.ts';
import { freePort } from '../hosts/free-port.ts';
import { refuse, requireSite } from '../preconditions.ts';
import { serve } from '../static-server.ts';
import { choosePages, type ChosenPage } from './pages.ts';
import { medianOf, pointsOf, readResult, type Result } from './result.ts';
import { slowdownOf } from './slowdown.ts';

const performanceRuns = 5;
/** So often may the browser fail to record a page, as one on a busy machine does, before that is a failure. */
const recordings = 3;
const others = ['accessibility', 'best-practices', 'seo'];

const { values, positionals } = parseArgs({
  options: { untimed: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const isTimed = !values.untimed;
const directory = positionals[0] ?? 'dist';
requireSite(directory);
const base = /<html[^>]* data-base="([^"]*)"/.exec(read('index.html'))?.[1] ?? '/';
// True: the build writes it from this type.
const snippets = JSON.parse(read('snippets.json')) as RecordedSnippet[];

const { server, url } = await serve({ directory, port: 0, base, hasHeaders: true, isCompressed: true });
const { executablePath: chromePath = chromium.executablePath(), args = [] } = launchOptions();
const chrome = await launch({
  chromePath,
  chromeFlags: [...args, '--headless=new'],
  port: await freePort(),
  logLevel: 'silent',
});
// A refusal ends the process where it stands, and would leave the browser.
process.once('exit', () => chrome.kill());
process.once('SIGTERM', () => process.exit(143));
let slowdown = 4;
try {
  if (isTimed) await measure('', ['performance']);
  const columns = [...(isTimed ? ['performance'] : []), 'accessibility', 'best practices', 'SEO'];
  console.log(`| | ${columns.join(' | ')} |\n|---|${columns.map(() => '---:|').join('')}`);
  const losses: string[] = [];
  for (const page of choosePages(snippets, (path) => statSync(join(directory, path, 'index.html')).size))
    losses.push(...(await look(page)));
  if (losses.length > 0) {
    console.log(`\n${losses.join('\n')}`);
    process.exitCode = 1;
  }
} finally {
  chrome.kill();
  server.closeAllConnections();
  server.close();
}

/** Prints the row of a page; resolves with what it lost its points for. */
async function look({ path, why }: ChosenPage): Promise<string[]> {
  const fast: Result[] = [];
  const isDecided = () => fast.filter((run) => pointsOf(run) === 100).length > performanceRuns / 2;
  const runs = isTimed ? performanceRuns : 0;
  while (fast.length < runs && !isDecided()) fast.push(await measure(path, ['performance']));
  const results = [...(isTimed ? [medianOf(fast)] : []), await measure(path, others)];
  const categories = results.flatMap((result) => Object.values(result.categories));
  const scores = categories.map(({ score }) => Math.round((score ?? 0) * 100));
  console.log(`| /${path}, ${why} | ${scores.join(' | ')} |`);
  const losses = results.flatMap(lostFor);
  if (isTimed && scores[0] !== 100)
    losses.unshift(
      `Performance of its runs, and the speed that the machine had (benchmarkIndex): ${fast
        .map((run) => `${pointsOf(run)} at ${run.environment.benchmarkIndex}`)
        .join(', ')}`,
    );
  return losses.map((loss) => `/${path}: ${loss}`);
}

async function measure(path: string, categories: string[]): Promise<Result> {
  for (let recording = 1; ; recording += 1) {
    const run = await lighthouse(url + path, {
      port: chrome.port,
      onlyCategories: categories,
      formFactor: 'mobile',
      throttlingMethod: 'simulate',
      throttling: { ...throttling.mobileSlow4G, cpuSlowdownMultiplier: slowdown },
      logLevel: 'silent',
    });
    if (!run) refuse(`Lighthouse has no result for ${url}${path}.`);
    const { environment, runtimeError } = run.lhr;
    slowdown = slowdownOf(environment.benchmarkIndex);
    if (!runtimeError) return readResult(run.lhr);
    // The page was not judged: `NO_FCP`, `NO_NAVSTART` and the like.
    if (recording === recordings || !runtimeError.code.startsWith('NO_'))
      refuse(`Lighthouse could not look at ${url}${path}: ${runtimeError.message}`);
  }
}

/** The audits of categories below 100 that took points, with their details. */
function lostFor({ categories, audits }: Result): string[] {
  return Object.values(categories)
    .filter(({ score }) => Math.round((score ?? 0) * 100) < 100)
    .flatMap(({ title, auditRefs }) =>
      auditRefs
        .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
        .map(({ id }) => {
          const { title: audit = id, displayValue = '', details } = audits[id] ?? {};
          return `${title}: ${audit} ${displayValue}\n${JSON.stringify(details ?? {}, undefined, 1).slice(0, 3000)}`;
        }),
    );
}

function read(file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}
