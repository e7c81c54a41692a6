/**
 * `npm run hosts`: the built site on every kind of host, each visited by a reader and looked at by `npm run check:host`. Prints
 * a table; exit code 1 where anything is wrong, and, under CI, where a host cannot be had.
 *
 *     node e2e/hosts/run.ts [part of a host's name]
 */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, BrowserContextOptions } from '@playwright/test';
import { launchOptions } from '../browser.ts';
import { requireSite } from '../preconditions.ts';
import { installWebContainerDouble } from '../webcontainer-double/index.ts';
import { complaints, exposures } from './complaints.ts';
import { apache, caddy, nginx, python } from './debian-servers.ts';
import {
  azure,
  cloudFront,
  cloudflarePages,
  firebase,
  gitHubPages,
  netlify,
  vercel,
} from './documented-hosts.ts';
import type { Host } from './host.ts';
import { smoke, type SmokeReport } from './smoke.ts';

/** A row of the table. */
interface Row {
  readonly host: Host;
  /** What differs from a usual browser that is offline but for the site. */
  readonly visitor?: {
    readonly name: string;
    readonly context?: BrowserContextOptions;
    readonly isOnline?: true;
  };
  /** What has to come out; one reload is what the service worker costs on a first visit. */
  readonly isIsolated: boolean;
  readonly reloads: number;
  readonly engine: 'Embedded engine' | 'WebContainer';
  /** The host is ours to configure: nothing may be missing, not even what could only be better. */
  readonly isComplete?: true;
}

const sent = { isIsolated: true, reloads: 0, engine: 'Embedded engine' } as const;
const byWorker = { isIsolated: true, reloads: 1, engine: 'Embedded engine' } as const;
const online = { name: 'WebContainer service up', isOnline: true } as const;
const rows: readonly Row[] = [
  { host: nginx('/'), ...sent, isComplete: true },
  { host: nginx('/repo/', true), ...sent, isComplete: true },
  { host: nginx('/'), visitor: online, ...sent, engine: 'WebContainer' },
  { host: caddy('/'), ...sent, isComplete: true },
  { host: caddy('/repo/'), ...sent, isComplete: true },
  { host: apache('/repo/'), ...sent, isComplete: true },
  { host: netlify, ...sent },
  { host: cloudflarePages, ...sent },
  { host: vercel, ...sent },
  { host: firebase, ...sent },
  { host: azure, ...sent },
  { host: cloudFront, ...sent },
  { host: gitHubPages('/repo/'), ...byWorker },
  { host: gitHubPages('/repo/'), visitor: online, ...byWorker, engine: 'WebContainer' },
  { host: python('/repo/'), ...byWorker },
  {
    host: python('/repo/'),
    visitor: { name: 'workers blocked', context: { serviceWorkers: 'block' } },
    isIsolated: false,
    reloads: 0,
    engine: 'Embedded engine',
  },
];

requireSite('dist');
const wanted = process.argv[2];
const chosen = rows.filter(({ host }) => wanted === undefined || host.name.includes(wanted));
const folders: Readonly<Record<string, string>> = {
  '/': resolve('dist'),
  '/repo/': resolve('node_modules/.cache/loopbook/hosts'),
};
if (chosen.some(({ host }) => host.base === '/repo/')) {
  execFileSync('astro', ['build', '--outDir', folders['/repo/'] ?? '', '--silent'], {
    env: { ...process.env, BASE: '/repo/' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
// Before the first visit: nobody is answered here while packages are installed.
const absences = new Map(chosen.map(({ host }) => [host, host.missing?.()]));
const browser = await chromium.launch(launchOptions());
const columns = ['host', 'under', 'isolated', 'reloads on first visit', 'Run works in', 'problems'];
const widths = [Math.max(...chosen.map((row) => nameOf(row).length)), 6, 8, 22, 'Embedded engine'.length];
print(columns);
print(widths.map((width) => '─'.repeat(width)));
try {
  // Two at a time: a visit waits more than it works.
  const queue = chosen.values();
  const visitAll = async () => {
    for (const row of queue) print(await lineOf(row, browser));
  };
  await Promise.all([visitAll(), visitAll()]);
} finally {
  await browser.close();
}

function print(cells: readonly string[]): void {
  console.log(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

function nameOf({ host, visitor }: Row): string {
  return visitor ? `${host.name}, ${visitor.name}` : host.name;
}

async function lineOf(row: Row, inBrowser: Browser): Promise<string[]> {
  const { host } = row;
  const name = nameOf(row);
  const missing = absences.get(host);
  if (missing !== undefined) {
    if (process.env['CI'] !== undefined) process.exitCode = 1;
    return [name, host.base, '–', '–', '–', `not here: ${missing}`];
  }
  let report: SmokeReport;
  try {
    report = await visit(row, inBrowser);
  } catch (error) {
    process.exitCode = 1;
    return [name, host.base, '–', '–', '–', error instanceof Error ? error.message : String(error)];
  }
  const problems = [...report.problems, ...unexpected(row, report)];
  if (problems.length > 0) process.exitCode = 1;
  return [
    name,
    host.base,
    report.isIsolated ? 'yes' : 'no',
    `${report.reloads}`,
    report.engines.join(', ') || 'none',
    problems.join(' · ') || 'none',
  ];
}

async function visit({ host, visitor, isComplete }: Row, inBrowser: Browser): Promise<SmokeReport> {
  const running = await host.start({ directory: folders[host.base] ?? '', base: host.base });
  const context = await inBrowser.newContext(visitor?.context);
  try {
    if (visitor?.isOnline) await installWebContainerDouble(context, { node: process.execPath });
    else await context.route(/^https:/, (route) => route.abort());
    const report = await smoke(await context.newPage(), running.url, {
      hasOwnNotFound: host.hasOwnNotFound === true,
    });
    const more = [
      ...(await complaints(running.url, isComplete === true)),
      ...(isComplete ? await exposures(running.url) : []),
    ];
    return { ...report, problems: [...report.problems, ...more] };
  } finally {
    await context.close();
    await running.stop();
  }
}

function unexpected(row: Row, { isIsolated, reloads, engines }: SmokeReport): string[] {
  const found: string[] = [];
  if (isIsolated !== row.isIsolated)
    found.push(row.isIsolated ? 'not isolated' : 'isolated, which cannot be');
  if (reloads !== row.reloads) found.push(`${reloads} reloads instead of ${row.reloads}`);
  if (engines.join() !== row.engine)
    found.push(`ran in ${engines.join(', ') || 'nothing'} instead of ${row.engine}`);
  return found;
}
