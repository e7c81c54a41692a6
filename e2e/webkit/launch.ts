/** The WebKit of the tests: the system's WebKitGTK, over WebDriver, on a screen that nobody sees. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Builder } from 'selenium-webdriver';
import type { WebDriver } from 'selenium-webdriver';
import { freePort } from '../hosts/free-port.ts';
import { startProcess } from '../hosts/server-process.ts';
import { findProgram, requireProgram } from '../system-programs.ts';

/** A browser window, its version, and the end of all that runs for it. */
export interface WebKit {
  readonly driver: WebDriver;
  readonly version: string;
  close(): Promise<void>;
}

/** How it differs from Safari; WebKitGTK has shared memory switched off. */
export interface WebKitOptions {
  readonly hasSharedMemory: boolean;
}

const SIZE = { width: 1366, height: 900 };

/** Milliseconds: pages and scripts take the time of a busy machine. */
const PATIENCE = { pageLoad: 60_000, script: 60_000 };

/** Starts it; throws a sentence where there is none and none can be installed. */
export async function launchWebKit({ hasSharedMemory }: WebKitOptions): Promise<WebKit> {
  const missing = requireProgram('WebKitWebDriver', 'webkit2gtk-driver') ?? requireProgram('Xvfb', 'xvfb');
  if (missing !== undefined) throw new Error(`There is no WebKit. ${missing}`);
  const screen = await openScreen();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const env = { DISPLAY: screen.display, JSC_useSharedArrayBuffer: hasSharedMemory ? '1' : '0' };
  const server = await startProcess('WebKitWebDriver', [`--port=${port}`], `${url}/status`, { env });
  const driver = await new Builder()
    .usingServer(url)
    .withCapabilities({ browserName: 'MiniBrowser' })
    .build();
  const version = (await driver.getCapabilities()).get('browserVersion') as unknown;
  await driver.manage().setTimeouts(PATIENCE);
  await driver.manage().window().setRect(SIZE);
  return {
    driver,
    version: String(version),
    async close() {
      await driver.quit();
      await server.stop();
      screen.close();
    },
  };
}

interface Screen {
  /** For the variable DISPLAY. */
  readonly display: string;
  close(): void;
}

/** An X server in memory, which chooses its own number. */
async function openScreen(): Promise<Screen> {
  const { width, height } = SIZE;
  const child = spawn(
    findProgram('Xvfb') ?? 'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const [, , , number] = child.stdio;
  if (!number) throw new Error('Xvfb tells no number.');
  const [told] = (await Promise.race([
    once(number, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('Xvfb did not start.'))),
  ])) as [Buffer];
  return { display: `:${told.toString().trim()}`, close: () => void child.kill() };
}
