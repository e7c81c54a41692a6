/** The Firefox of the tests: the system's, over WebDriver BiDi. */
import { fileURLToPath } from 'node:url';
import { firefox } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { findProgram, requireProgram } from '../system-programs.ts';

const NAMES = ['firefox-esr', 'firefox'];

/** Starts it, without a window; throws a sentence where there is none and none can be installed. */
export async function launchFirefox(): Promise<Browser> {
  const missing = NAMES.some((name) => findProgram(name)) ? undefined : requireProgram('firefox-esr');
  const path = NAMES.map(findProgram).find((found) => found !== undefined);
  if (missing !== undefined || path === undefined) throw new Error(`There is no Firefox. ${missing ?? ''}`);
  return await firefox.launch({
    channel: 'moz-firefox',
    executablePath: fileURLToPath(new URL('bidi-bridge.ts', import.meta.url)),
    env: { ...process.env, FIREFOX: path },
  });
}
