/** Node's tests in the embedded engine in Chromium: a page that holds what all tests read and starts one process a test. */
import { fileURLToPath } from 'node:url';
import { basename } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { build } from 'esbuild';
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
const ENGINE = new URL('../../public/engine/', import.meta.url);
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
const SCRIPT = `
import { FrameConnection } from './src/engine/embedded/frame-connection.ts';
import { readProcessMessage } from './src/engine/embedded/protocol.ts';

const opening = FrameConnection.open('engine/');
const surroundings = fetch('surroundings.tar').then((response) => response.bytes());

globalThis.runTest = async (program, limit) => {
  const connection = await opening;
  const mounts = [{ path: '/home/reader', archive: await surroundings }];
  const { process, port } = connection.start({ ...program, stdin: '', mounts });
  const decoder = new TextDecoder();
  let output = '';
  const exitCode = await new Promise((resolve) => {
    const late = setTimeout(() => resolve(137), limit);
    port.onmessage = ({ data }) => {
      const message = readProcessMessage(data);
      if (message?.type === 'output') {
        if (output.length < 1e6) output += decoder.decode(message.bytes, { stream: true });
        connection.acknowledge(process, message.bytes.length);
      }
      if (message?.type === 'crashed') output += message.message;
      if (message?.type !== 'exit' && message?.type !== 'crashed') return;
      clearTimeout(late);
      resolve(message.type === 'exit' ? message.code : 139);
    };
  });
  connection.terminate(process);
  port.close();
  return { exitCode, output };
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
    const code = await (this.#script ??= bundle());
    const context = await this.#browser.newContext();
    const bodies: Readonly<Record<string, string | Buffer>> = {
      '': '<!doctype html><title>Tests</title><script type="module" src="page.js"></script>',
      'page.js': code,
      'surroundings.tar': this.#surroundings,
    };
    const types = { '': 'text/html', 'page.js': 'text/javascript', 'surroundings.tar': 'application/x-tar' };
    for (const [name, contentType] of Object.entries(types)) {
      await context.route(ADDRESS + name, (route) =>
        route.fulfill({ headers: ISOLATION, contentType, body: bodies[name] ?? '' }),
      );
    }
    await context.route(`${ADDRESS}engine/*`, (route) =>
      route.fulfill({
        headers: ISOLATION,
        path: fileURLToPath(new URL(basename(route.request().url()), ENGINE)),
      }),
    );
    const page = await context.newPage();
    page.on('crash', () => {
      this.#page = undefined;
    });
    await page.goto(ADDRESS);
    return page;
  }
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: SCRIPT, resolveDir: fileURLToPath(new URL('../..', import.meta.url)), loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'esnext',
  });
  return outputFiles.map(({ text }) => text).join('');
}
