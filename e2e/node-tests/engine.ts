/** Node's tests in the embedded engine in Chromium: a page that holds what all tests read and starts one process a test. */
import type { Browser, Page } from '@playwright/test';
import { bundle } from '../bundle.ts';
import { routeScript } from '../embedded-page.ts';
import type { NodeTest } from './suite.ts';

/** How a test ended; 137 when it had to be killed. */
export interface Outcome {
  readonly exitCode: number;
  readonly output: string;
}

interface Program {
  readonly files: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

declare global {
  interface Window {
    runTest(program: Program, limit: number): Promise<Outcome>;
  }
}

const ADDRESS = 'http://localhost:4400/node-tests/';
const SCRIPT = `
import { EmbeddedRun } from './src/engine/embedded/embedded-run.ts';
import { FrameConnection } from './src/engine/embedded/frame-connection.ts';

const surroundings = fetch('surroundings.tar').then((response) => response.bytes());
const noPackages = { archives: new Map(), advice: '' };
let opening;

globalThis.runTest = async (program, limit) => {
  opening ??= FrameConnection.open('engine/', () => (opening = undefined));
  const connection = await opening;
  await connection.provide(program);
  const mounts = [{ path: '/home/reader', archive: await surroundings }];
  const processes = {
    start: (given, onFailure) => connection.start({ ...given, mounts }, onFailure),
    acknowledge: (process, bytes) => connection.acknowledge(process, bytes),
    terminate: (process) => connection.terminate(process),
  };
  const run = new EmbeddedRun(processes, program, noPackages, {});
  const late = setTimeout(() => run.kill('SIGKILL'), limit);
  let output = '';
  for await (const { text } of run.output) if (output.length < 1e6) output += text;
  clearTimeout(late);
  return run.exit.then(
    (exitCode) => ({ exitCode, output }),
    ({ message, cause = '' }) => ({ exitCode: 139, output: [message, cause, output].join('\\n') }),
  );
};
`;

/** Runs tests in a page, which is opened anew after it crashed. */
export class EngineUnderTest {
  readonly #browser: Browser;
  readonly #surroundings: Buffer;
  #script: Promise<string> | undefined;
  #page: Promise<Page> | undefined;

  constructor(browser: Browser, surroundings: Buffer) {
    this.#browser = browser;
    this.#surroundings = surroundings;
  }

  /** Runs one test; `limit` in milliseconds. */
  async run({ path, source, flags, env }: NodeTest, limit: number): Promise<Outcome> {
    const page = await (this.#page ??= this.#open());
    const program = { files: { [path]: source }, command: ['node', ...flags, path], env };
    try {
      return await page.evaluate(([given, most]) => window.runTest(given, most), [program, limit] as const);
    } catch (error) {
      this.#page = undefined;
      return { exitCode: 139, output: error instanceof Error ? error.message : String(error) };
    }
  }

  async #open(): Promise<Page> {
    const context = await this.#browser.newContext();
    await routeScript(context, ADDRESS, await (this.#script ??= bundle(SCRIPT)));
    await context.route(`${ADDRESS}surroundings.tar`, (route) =>
      route.fulfill({ contentType: 'application/x-tar', body: this.#surroundings }),
    );
    const page = await context.newPage();
    page.on('crash', () => {
      this.#page = undefined;
    });
    await page.goto(ADDRESS);
    return page;
  }
}
