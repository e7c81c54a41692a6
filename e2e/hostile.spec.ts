/** Programs that mean no good: what they reach of the site, what they do to the page, and what the reader is told. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import { runEmbedded } from './embedded-page.ts';
import { attemptAll, ofADocument, ofAProgram, ofAWorker, type Attempts } from './hostile/attempts.ts';
import { bareWorker } from './hostile/bare-worker.ts';
import {
  openWatchedPage,
  readSiteData,
  serveWatchedSite,
  unasked,
  untouched,
} from './hostile/watched-site.ts';
import { singleFile } from './single-file.ts';

const program = (code: string): Program => singleFile(code, 'main.cjs');

/** A document that makes its attempts when it is told to start a process, and reports a failure with the outcomes. */
const bareDocument = (attempts: string) => `
  addEventListener('message', ({ ports: [port] }) => {
    if (port) port.onmessage = async ({ data: { type, process } }) => {
      if (type === 'ping') port.postMessage({ type: 'alive' });
      if (type === 'start') port.postMessage({ type: 'failed', process, message: await (${attempts})() });
    };
  });
  parent.postMessage('loopbook:sandbox-ready', '*');`;

/** What becomes of attempts that lead nowhere. */
function expectRefused(outcomes: string, attempts: Attempts): void {
  const got: unknown = JSON.parse(outcomes);
  const expected = Object.keys(attempts).map(
    (name) => [name, expect.stringMatching(/^(?:refused|nothing)$/)] as const,
  );
  expect(got).toEqual(Object.fromEntries(expected));
}

/** The page after the attempts: it is where it was, its data is as it was, and the engine runs programs. */
async function expectUnharmed(page: Page, address: string): Promise<void> {
  expect(page.url()).toBe(address);
  expect(await readSiteData(page)).toEqual(untouched);
}

test('a program reaches nothing of the site and no browser', async ({ context }) => {
  await using site = await serveWatchedSite();
  const page = await openWatchedPage(context, site);
  await runEmbedded(page, program(''));
  const before = site.requests.length;
  const code = `(${attemptAll(ofAProgram, site.address)})().then((outcomes) => process.stderr.write(outcomes))`;
  const { stderr } = await runEmbedded(page, program(code));
  expectRefused(stderr, ofAProgram);
  await expectUnharmed(page, site.address);
  expect(unasked(site, before)).toEqual([]);
});

test('a Worker with all that the browser gives it reaches nothing of the site', async ({ context }) => {
  await using site = await serveWatchedSite({ worker: bareWorker });
  const page = await openWatchedPage(context, site);
  await runEmbedded(page, program(''));
  const before = site.requests.length;
  const { stdout } = await runEmbedded(
    page,
    program(`print(await (${attemptAll(ofAWorker, site.address)})())`),
  );
  expectRefused(stdout, ofAWorker);
  await expectUnharmed(page, site.address);
  expect(unasked(site, before)).toEqual([]);
  expect((await runEmbedded(page, program('print("still here")'))).stdout).toBe('still here');
});

test('the document around the Workers reaches nothing of the site', async ({ context }) => {
  await using site = await serveWatchedSite({ sandbox: 'parent.postMessage("loopbook:sandbox-ready", "*")' });
  const { address } = site;
  await using hostile = await serveWatchedSite({ sandbox: bareDocument(attemptAll(ofADocument, address)) });
  const page = await openWatchedPage(context, hostile);
  let windows = 0;
  const count = (): void => void (windows += 1);
  page.on('dialog', count).on('popup', count).on('download', count);
  const outcomes = await page.evaluate(async (given) => {
    const run = await window.embedded.start(given);
    return run.exit.then(String, ({ cause }: Error) => String(cause));
  }, program(''));
  expectRefused(outcomes, ofADocument);
  await expectUnharmed(page, hostile.address);
  expect(site.requests).toEqual([]);
  expect(windows).toBe(0);
});

test('the frame is a sandbox without the origin of the site, and its policy lets nothing in or out', async ({
  context,
}) => {
  await using site = await serveWatchedSite();
  const page = await openWatchedPage(context, site);
  await runEmbedded(page, program(''));
  const frame = page.frameLocator('iframe[src$="frame.html"]');
  const inner = frame.locator('iframe');
  const policy = 'meta[http-equiv=Content-Security-Policy]';
  await expect(inner).toHaveAttribute('sandbox', 'allow-scripts');
  await expect(inner).toHaveAttribute('allow', 'cross-origin-isolated');
  const hostPolicy = await frame.locator(policy).first().getAttribute('content');
  expect(hostPolicy?.replaceAll(/'sha256-[^']*'/g, 'hash').split('; ')).toEqual([
    "default-src 'none'",
    "script-src hash hash 'unsafe-eval' 'wasm-unsafe-eval' blob: data:",
    'worker-src blob: data:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  // What only WebKit needs is refused elsewhere.
  await expect(inner.contentFrame().locator(policy).first()).toHaveAttribute(
    'content',
    "script-src 'unsafe-eval' 'wasm-unsafe-eval' blob:; worker-src blob:",
  );
});

test('a frame that cannot start a Worker says so, and no program waits for it', async ({ context }) => {
  const withoutMemory = "globalThis.SharedArrayBuffer = function () { throw new RangeError('no memory'); };";
  await using site = await serveWatchedSite({ sandbox: (own) => withoutMemory + own });
  const page = await openWatchedPage(context, site);
  const failure = await page.evaluate(async (given) => {
    const run = await window.embedded.start(given);
    return run.exit.then(String, ({ message, cause }: Error) => `${message} ${String(cause)}`);
  }, program('print("ran")'));
  expect(failure).toMatch(/^The embedded engine failed .* RangeError: no memory$/);
});

test('messages that a Worker forges harm its own run alone', async ({ context }) => {
  await using site = await serveWatchedSite({ worker: bareWorker });
  const page = await openWatchedPage(context, site);
  const forged = {
    'an exit and more': `port.postMessage({ type: 'exit', code: 3 }); for (let n = 0; n < 100; n++) print('late');`,
    'an exit code that is none': `port.postMessage({ type: 'exit', code: NaN });`,
    'an output of another stream': `port.postMessage({ type: 'output', fd: 0, bytes: new Uint8Array(1) });`,
    'an output of shared memory': `port.postMessage({ type: 'output', fd: 1, bytes: new Uint8Array(new ArrayBuffer(8, { maxByteLength: 9 })) });`,
    'an output too long': `port.postMessage({ type: 'output', fd: 1, bytes: new Uint8Array(2 ** 21) });`,
    'a server on no port': `port.postMessage({ type: 'listening', port: -1 });`,
    'an answer to nobody': `port.postMessage({ type: 'request-failed', id: 2 ** 53 - 1, message: 'x' });`,
    'a message of another protocol': `port.postMessage({ type: 'terminate', process: 1 });`,
    'a cycle': `const message = { type: 'exit' }; message.code = message; port.postMessage(message);`,
    'a port': `const { port1 } = new MessageChannel(); port.postMessage({ type: 'exit', code: 0, port1 }, [port1]);`,
    'a crash with markup': `port.postMessage({ type: 'crashed', message: '<img src=x onerror=alert(1)>' });`,
    'its own end': `print('gone'); self.close(); port.close();`,
  };
  const outcomes = await page.evaluate(
    async ([names, codes, other]) => {
      const bystander = await window.embedded.start(other);
      const ends: string[] = [];
      for (const given of codes) {
        const run = await window.embedded.start(given);
        const end = run.exit.then(
          (code) => `exit ${code}`,
          ({ code }: { code: string }) => code,
        );
        const reader = run.output.getReader();
        // The run that does not end by itself can be stopped. The others end without a word.
        if ((await reader.read()).value?.text === 'gone') await run.kill('SIGINT');
        ends.push(await end);
        await reader.cancel();
      }
      await bystander.stdin.getWriter().write('go');
      const text = (await bystander.output.getReader().read()).value?.text;
      return { ends: Object.fromEntries(names.map((name, index) => [name, ends[index]])), text };
    },
    [
      Object.keys(forged),
      Object.values(forged).map((code) => program(code)),
      program(`await new Promise((resolve) => { port.onmessage = resolve; }); print('unharmed')`),
    ] as const,
  );
  expect(outcomes).toEqual({
    ends: {
      'an exit and more': 'exit 3',
      'an exit code that is none': 'crashed',
      'an output of another stream': 'crashed',
      'an output of shared memory': 'crashed',
      'an output too long': 'crashed',
      'a server on no port': 'crashed',
      'an answer to nobody': 'exit 0',
      'a message of another protocol': 'crashed',
      'a cycle': 'crashed',
      'a port': 'exit 0',
      'a crash with markup': 'crashed',
      'its own end': 'exit 130',
    },
    text: 'unharmed',
  });
  await expectUnharmed(page, site.address);
});

test('a Worker that floods the page with messages can be stopped', async ({ context }) => {
  await using site = await serveWatchedSite({ worker: bareWorker });
  const page = await openWatchedPage(context, site);
  const floods = {
    'of servers': `for (;;) port.postMessage({ type: 'listening', port: 80 });`,
    'of answers': `for (;;) port.postMessage({ type: 'request-failed', id: 0, message: 'x'.repeat(1e3) });`,
    'of small output': `for (;;) print('x');`,
    'of the frame': `for (;;) self.postMessage({ type: 'part-wanted', name: 'x', answer: 0 });`,
    'of the network': `const local = { address: '127.0.0.1', port: 80 };
      for (;;) self.postMessage({ type: 'server-up', server: { local } });`,
    'of connections': `const local = { address: '127.0.0.1', port: 80 };
      for (let id = 0; ; id++) self.postMessage({ type: 'dial', id, from: local, target: local }, [new MessageChannel().port1]);`,
  };
  for (const [name, code] of Object.entries(floods)) {
    await test.step(name, async () => {
      const outcome = await page.evaluate(async (given) => {
        const run = await window.embedded.start(given);
        run.exit.catch(() => {});
        let ticks = 0;
        await new Promise<void>((resolve) => {
          const timer = setInterval(() => {
            ticks += 1;
            if (ticks < 20) return;
            clearInterval(timer);
            resolve();
          }, 50);
        });
        await run.kill('SIGKILL');
        return ticks;
      }, program(code));
      expect(outcome).toBe(20);
      const { stdout } = await runEmbedded(page, program('print("still here")'));
      expect(stdout).toBe('still here');
    });
  }
  await expectUnharmed(page, site.address);
});
