/** The browser of the tests: Playwright's own where it is installed, else the system's Chromium. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import type { LaunchOptions } from '@playwright/test';
import { findProgram, installPackages } from './system-programs.ts';

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

function findSystemChromium(): string | undefined {
  return SYSTEM_NAMES.map(findProgram).find((path) => path !== undefined);
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
  installPackages('chromium');
  if (hasBrowser()) return;
  try {
    execFileSync('npx', ['--no-install', 'playwright', 'install', 'chromium'], { stdio: 'inherit' });
  } catch (error) {
    console.error(String(error));
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
