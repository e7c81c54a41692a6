/** The browser of the tests: Playwright's own where it is installed, else the system's Chromium. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import type { LaunchOptions } from '@playwright/test';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Flags that suit a container without a GPU, and a browser that asks nobody but the tests for anything. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findSystemChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin');
  return SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

/** How to launch it; throws when there is no browser and says how to get one. */
export function launchOptions(): LaunchOptions {
  if (existsSync(chromium.executablePath())) return { args: FLAGS };
  const executablePath = findSystemChromium();
  if (executablePath !== undefined) return { executablePath, args: FLAGS };
  throw new Error(
    'There is no browser for the tests. Install one with "node e2e/browser.ts", or by hand: the package "chromium" of your ' +
      'system, or "npx playwright install chromium".',
  );
}

function hasBrowser(): boolean {
  return existsSync(chromium.executablePath()) || findSystemChromium() !== undefined;
}

/** Installs a browser where there is none; throws when neither way worked. */
export function installBrowser(): void {
  if (hasBrowser()) return;
  const attempts: [command: string, ...args: string[]][][] = [];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    attempts.push([
      ['apt-get', 'update'],
      ['apt-get', 'install', '--yes', '--no-install-recommends', 'chromium'],
    ]);
  }
  attempts.push([['npx', '--no-install', 'playwright', 'install', 'chromium']]);
  for (const commands of attempts) {
    try {
      for (const [command, ...args] of commands) execFileSync(command, args, { stdio: 'inherit' });
    } catch (error) {
      console.error(String(error));
    }
    if (hasBrowser()) return;
  }
  launchOptions();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    installBrowser();
    console.log(`Browser of the tests: ${launchOptions().executablePath ?? chromium.executablePath()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
