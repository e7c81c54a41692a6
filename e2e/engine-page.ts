/** A bare isolated page with the engines in it, for tests that need no site: nothing listens, all is routed. */
import type { BrowserContext, Page } from '@playwright/test';
import type { Engines, EnginesConfig } from '../src/engine/index.ts';
import type { OutputChunk, Program } from '../src/engine/engine.ts';
import { bundle } from './bundle.ts';
import { ISOLATION } from './isolation.ts';
import { routePackages } from './package-routes.ts';

/** What a program did, as the page saw it. */
export interface Outcome {
  readonly engine: string;
  readonly reason: string | undefined;
  readonly exitCode: number;
  readonly chunks: readonly OutputChunk[];
}

/** What the page's script puts on `window`, for `page.evaluate`. */
export interface EnginePage {
  readonly engines: Engines;
  /** Runs a program to its end. */
  readonly run: (program: Program) => Promise<Outcome>;
  /** Reads a stream until its text contains the words, and leaves the rest to the next reader. */
  readonly readUntil: (output: ReadableStream<OutputChunk>, words: string) => Promise<string>;
}

declare global {
  interface Window {
    enginePage: EnginePage;
  }
}

const ADDRESS = 'http://localhost:4400/';

/** Limits of the WebContainer engine that no machine is too busy for. Tests that are about a limit set it. */
const PATIENT = {
  preflightDeadline: 120_000,
  initDeadline: 120_000,
  bootDeadline: 120_000,
  killGrace: 120_000,
} as const;

/** Stands for the embedded engine, so that a test of the other one does not depend on it. */
const EMBEDDED_STUB = `
export const createEmbeddedEngine = () => ({
  name: 'embedded',
  async start() {
    return {
      output: new ReadableStream({ start(controller) {
        controller.enqueue({ stream: 'stdout', text: 'embedded\\n' });
        controller.close();
      } }),
      stdin: new WritableStream(),
      exit: Promise.resolve(0),
      async kill() {},
      async request() { throw new Error('the stub has no servers'); },
    };
  },
});
`;

const SCRIPT = `
import { createEngines } from './src/engine/index.ts';
async function run(program) {
  const { run, engine, reason } = await engines.start(program);
  const chunks = [];
  const reader = run.output.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
  return { engine, reason, exitCode: await run.exit, chunks };
}
async function readUntil(output, words) {
  const reader = output.getReader();
  let text = '';
  while (!text.includes(words)) {
    const { done, value } = await reader.read();
    if (done) throw new Error('the output ended without ' + words + ': ' + text);
    text += value.text;
  }
  reader.releaseLock();
  return text;
}
const engines = createEngines(globalThis.config);
globalThis.enginePage = { engines, run, readUntil };
`;

function bundleEnginePage(): Promise<string> {
  return bundle(SCRIPT, {
    // As in the site, so that what is sent into a container as a function's text has been through a minifier.
    minify: true,
    plugins: [
      {
        name: 'embedded-stub',
        setup(bundler) {
          bundler.onResolve({ filter: /\/embedded\/index\.ts$/ }, () => ({
            path: 'embedded',
            namespace: 'stub',
          }));
          bundler.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
            contents: EMBEDDED_STUB,
            loader: 'js',
          }));
        },
      },
    ],
  });
}

let script: Promise<string> | undefined;

/** Opens the page in a context; `isIsolated: false` leaves out the headers. */
export async function openEnginePage(
  context: BrowserContext,
  config: Omit<EnginesConfig, 'embedded' | 'packages'> = {},
  { isIsolated = true } = {},
): Promise<Page> {
  script ??= bundleEnginePage();
  const body = await script;
  const headers = isIsolated ? ISOLATION : {};
  await context.route(`${ADDRESS}**`, (route) => {
    if (new URL(route.request().url()).pathname === '/engines.js') {
      return route.fulfill({ contentType: 'text/javascript', body });
    }
    const webcontainer = { ...PATIENT, ...config.webcontainer };
    const ours = { webcontainer, embedded: { baseUrl: '/' }, packages: { baseUrl: '/packages/' } };
    const setting = JSON.stringify({ ...config, ...ours });
    const html = `<!doctype html><title>Engines</title><body><script>globalThis.config = ${setting}</script><script type="module" src="/engines.js"></script>`;
    return route.fulfill({ contentType: 'text/html', headers, body: html });
  });
  await routePackages(context, ADDRESS);
  const page = await context.newPage();
  await page.goto(ADDRESS);
  await page.waitForFunction(() => 'enginePage' in window);
  return page;
}

/** Stops the page's clock: until `page.clock.resume()`, no limit of an engine passes. */
export async function stopClock({ clock }: Page): Promise<void> {
  await clock.install();
  // Any time that is not over by now.
  await clock.pauseAt(Date.now() + 3_600_000);
}

/** What was printed to the streams, in order. */
export function textOf(chunks: readonly OutputChunk[], ...streams: OutputChunk['stream'][]): string {
  return chunks
    .map(({ stream, text }) => (streams.length === 0 || streams.includes(stream) ? text : ''))
    .join('');
}
