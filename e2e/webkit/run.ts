/**
 * `npm run webkit`: what a reader with Safari's engine finds on the built site; exit code 1 where anything is wrong.
 *
 *     node e2e/webkit/run.ts [--programs]
 *
 * `--programs` also runs every program of the book; those that differ for a known cause are in `known-differences.ts`.
 */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runPrograms, showPrograms } from '../book-programs.ts';
import { bundleEmbeddedPage } from '../embedded-page.ts';
import { refuse, requireSite } from '../preconditions.ts';
import { serve } from '../static-server.ts';
import { DrivenPage } from './driven-page.ts';
import { knownDifferences } from './known-differences.ts';
import { launchWebKit } from './launch.ts';
import type { WebKitOptions } from './launch.ts';
import { breakOut } from './hostile.ts';
import { visit } from './visit.ts';

interface Visitor extends WebKitOptions {
  readonly name: string;
  readonly hasHeaders: boolean;
  /**
   * A first visit without headers costs one load, and another one by Back: the reload that isolates the page moves it to
   * another process of WebKit, which does not know the history of the first one.
   */
  readonly isReloaded: boolean;
}

const visitors: readonly Visitor[] = [
  { name: 'as in Safari', hasSharedMemory: true, hasHeaders: true, isReloaded: false },
  {
    name: 'as in Safari, a host without headers',
    hasSharedMemory: true,
    hasHeaders: false,
    isReloaded: true,
  },
  { name: 'as in GNOME Web', hasSharedMemory: false, hasHeaders: true, isReloaded: false },
];

const { values } = parseArgs({ options: { programs: { type: 'boolean', default: false } } });
requireSite('dist');
for (const visitor of visitors) await show(visitor);
if (values.programs) await showAllPrograms();

async function show({ name, hasSharedMemory, hasHeaders, isReloaded }: Visitor): Promise<void> {
  const webKit = await launchWebKit({ hasSharedMemory }).catch(refuse);
  const { server, url } = await serve({ directory: 'dist', port: 0, base: '/', hasHeaders });
  const report = await visit(webKit.driver, url, server);
  const successes = await breakOut(webKit);
  await webKit.close();
  server.close();
  const problems = [...report.problems, ...successes];
  if (!report.isIsolated) problems.push('not isolated');
  if (report.isReloaded !== isReloaded) problems.push(isReloaded ? 'not reloaded' : 'reloaded');
  if (report.isLoadedOnBack && !isReloaded) problems.push('Back loads the page anew');
  if (problems.length > 0) process.exitCode = 1;
  const isolated = report.isIsolated ? 'isolated' : 'not isolated';
  console.log(
    `WebKit ${webKit.version}, ${name}: ${isolated}${report.isReloaded ? ' after a reload' : ''}, Run works`,
  );
  for (const problem of problems) console.log(`  ${problem}`);
}

/** Each chapter has a window of its own, on a page with the engine and nothing else. */
async function showAllPrograms(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  for (const name of ['engine', 'packages']) await symlink(resolve('dist', name), join(folder, name));
  await writeFile(join(folder, 'page.js'), await bundleEmbeddedPage());
  const html = '<!doctype html><title>Engine</title><script type="module" src="page.js"></script>';
  await writeFile(join(folder, 'index.html'), html);
  const { server, url } = await serve({ directory: folder, port: 0, base: '/', hasHeaders: true });
  const report = await runPrograms(async (run) => {
    const webKit = await launchWebKit({ hasSharedMemory: true });
    await webKit.driver.get(url);
    await run(new DrivenPage(webKit.driver));
    await webKit.close();
  }, knownDifferences);
  server.close();
  await rm(folder, { recursive: true });
  showPrograms(report, knownDifferences);
}
