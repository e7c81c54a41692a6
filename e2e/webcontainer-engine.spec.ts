/** The WebContainer engine with the unmodified client, against a service that is as awkward as the real one. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import { openEnginePage, stopClock, textOf } from './engine-page.ts';
import { singleFile } from './single-file.ts';
import type { Outcome } from './engine-page.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';
import type { WebContainerDouble } from './webcontainer-double/index.ts';

const HELLO = singleFile(`console.log('hello');`);
const HOT_LOOP = singleFile(`console.log('looping'); for (;;);`);

async function runToEnd(page: Page, program: Program): Promise<Outcome> {
  return page.evaluate((given) => window.enginePage.run(given), program);
}

test.describe('a program', () => {
  test('prints to its streams and ends with its code', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const outcome = await runToEnd(page, {
      files: {
        'main.mjs': `
          console.log(process.cwd(), process.argv[2], process.env.NAME, process.execArgv.length, process.stdout.isTTY);
          console.error('careful');
          console.log(import.meta.url, (await import('./data/values.mjs')).default);
          throw new Error('broken');`,
        'data/values.mjs': 'export default [1, 2, 3];',
      },
      packages: [],
      command: ['node', 'main.mjs', 'two words'],
      env: { NAME: 'é' },
    });
    expect(outcome.engine).toBe('webcontainer');
    expect(outcome.reason).toBeUndefined();
    expect(outcome.exitCode).toBe(1);
    expect(textOf(outcome.chunks, 'stdout')).toBe(
      '/home/reader two words é 0 undefined\nfile:///home/reader/main.mjs [ 1, 2, 3 ]\n',
    );
    expect(textOf(outcome.chunks, 'stderr')).toMatch(
      /^careful\n[^]*Error: broken\n +at file:\/\/\/home\/reader\/main\.mjs:5:17\n/,
    );
    expect(textOf(outcome.chunks, 'both')).toBe('');
  });

  test('streams its output while it runs, and reads what the reader types', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const server = singleFile(`process.on('SIGINT', () => { console.log('interrupted'); process.exit(7); });
      console.log('first'); setInterval(() => {}, 1000);`);
    const seen = await page.evaluate(async (program) => {
      const { engines, readUntil } = window.enginePage;
      const { run } = await engines.start(program);
      const first = await readUntil(run.output, 'first\n');
      const [rest] = await Promise.all([readUntil(run.output, 'interrupted\n'), run.kill('SIGINT')]);
      return [first, rest, await run.exit];
    }, server);
    expect(seen).toEqual(['first\n', 'interrupted\n', 7]);
  });

  test('reads all of its standard input, and the end of it', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const program = singleFile(
      `let text = ''; for await (const chunk of process.stdin) text += chunk; console.log(JSON.stringify(text));`,
    );
    for (const stdin of ['line one\nline two\n', 'no newline at the end', '', undefined]) {
      const outcome = await runToEnd(page, stdin === undefined ? program : { ...program, stdin });
      expect(textOf(outcome.chunks)).toBe(`${JSON.stringify(stdin ?? '')}\n`);
    }
  });

  test('may print after its exit, into an output that never ends', async ({ context }) => {
    await installWebContainerDouble(context, { printsAfterExit: true, keepsOutputOpen: true });
    const page = await openEnginePage(context);
    const outcome = await runToEnd(page, singleFile(`console.log('last words'); process.exitCode = 3;`));
    expect(textOf(outcome.chunks)).toBe('last words\n');
    expect(outcome.exitCode).toBe(3);
  });

  test('may end its output like a pipe', async ({ context }) => {
    await installWebContainerDouble(context, { keepsOutputOpen: false });
    const page = await openEnginePage(context);
    expect((await runToEnd(page, HELLO)).exitCode).toBe(0);
  });

  test('answers requests that the page cannot send itself', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const program = singleFile(`import { createServer } from 'node:http';
      createServer((request, response) => {
        response.writeHead(418, { 'x-path': request.url });
        request.pipe(response);
      }).listen(0);`);
    const seen = await page.evaluate(async (given) => {
      const listening = Promise.withResolvers<number>();
      const { run } = await window.enginePage.engines.start(given, { onServer: listening.resolve });
      const port = await listening.promise;
      const answer = await run.request(port, { method: 'PUT', path: '/tea?hot', headers: {}, body: 'ü' });
      // The browser's types want to be sure that no memory of it is shared.
      const body = answer.body as ReadableStream<Uint8Array<ArrayBuffer>>;
      const text = await new Response(body).text();
      const refused = await run.request(1, { method: 'GET', path: '/', headers: {} }).catch(String);
      await run.kill('SIGTERM');
      const gone = await run.request(port, { method: 'GET', path: '/', headers: {} }).catch(String);
      const path = answer.headers.find(([name]) => name === 'x-path');
      return [answer.status, answer.statusText, path, text, refused, gone, await run.exit];
    }, program);
    expect(seen).toEqual([
      418,
      "I'm a Teapot",
      ['x-path', '/tea?hot'],
      'ü',
      expect.stringMatching(/did not answer: .*ECONNREFUSED/),
      'Error: The program ended with code 143 before it answered.',
      143,
    ]);
  });
});

test.describe('an npm package', () => {
  test('is there for a program that imports it, further up than its own files', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const program = singleFile(`import { WebSocketServer } from 'ws';
      import { readdirSync } from 'node:fs';
      console.log(readdirSync('.'), import.meta.resolve('ws'), typeof WebSocketServer);`);
    // The second finds it mounted.
    for (const given of [program, program]) {
      expect(textOf((await runToEnd(page, given)).chunks)).toBe(
        `[ 'main.mjs' ] file:///home/reader/node_modules/ws/wrapper.mjs function\n`,
      );
    }
  });

  test('that is not there ends the program with an error of Node, and the list of those that are', async ({
    context,
  }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const { chunks, exitCode } = await runToEnd(page, singleFile(`import 'left-pad';`));
    expect(exitCode).toBe(1);
    expect(textOf(chunks, 'stderr', 'both')).toMatch(
      /Cannot find package 'left-pad' imported from [^]*\nNode\.js v[\d.]+\n\nnpm packages that .*: .*\bws, zod\.\n$/,
    );
    const caught = await runToEnd(page, singleFile(`await import('left-pad').catch(() => process.exit(1));`));
    expect(textOf(caught.chunks)).toBe('');
  });

  test('that cannot be loaded fails the start, and says nothing about WebContainer', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    await context.route('**/packages/*.bin', (route) => route.abort());
    await expect(runToEnd(page, singleFile(`import 'ws';`))).rejects.toThrow(
      'The npm package ws could not be loaded from this site.',
    );
    expect(await page.evaluate(() => window.enginePage.engines.failure)).toBeUndefined();
  });
});

test.describe('Stop', () => {
  test('ends a program, and leaves the container to the next', async ({ context }) => {
    const double = await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const code = await page.evaluate(async (program) => {
      const { run } = await window.enginePage.engines.start(program);
      await window.enginePage.readUntil(run.output, 'looping\n');
      await run.kill('SIGTERM');
      return run.exit;
    }, HOT_LOOP);
    expect(code).toBe(143);
    expect(textOf((await runToEnd(page, HELLO)).chunks)).toBe('hello\n');
    expect(double.containerCount).toBe(1);
  });

  test('tears the container down when a hot loop ignores the kill; the next start boots another', async ({
    context,
  }) => {
    const double = await installWebContainerDouble(context, { ignoresKill: true });
    const page = await openEnginePage(context, { webcontainer: { killGrace: 100 } });
    const [code, other] = await page.evaluate(async (program) => {
      const { engines, readUntil } = window.enginePage;
      const bystander = await engines.start(program);
      const { run } = await engines.start(program);
      await readUntil(run.output, 'looping\n');
      await run.kill('SIGINT');
      return [await run.exit, await bystander.run.exit.catch(String)] as const;
    }, HOT_LOOP);
    expect(code).toBe(137);
    expect(other).toBe('EngineError: WebContainer was restarted to stop another program.');
    const next = await runToEnd(page, HELLO);
    expect(next.engine).toBe('webcontainer');
    expect(textOf(next.chunks)).toBe('hello\n');
    expect(double.containerCount).toBe(2);
  });

  test('abandons a start', async ({ context }) => {
    await installWebContainerDouble(context, { frame: 'silent' });
    const page = await openEnginePage(context);
    const error = await page.evaluate(async (program) => {
      const stop = new AbortController();
      const onProgress = ({ message }: { message: string }) => {
        if (message === 'Starting WebContainer') stop.abort();
      };
      const { engines } = window.enginePage;
      return engines
        .start(program, { signal: stop.signal, onProgress })
        .then(String, (reason) => reason.code);
    }, HELLO);
    expect(error).toBe('aborted');
    expect(await page.evaluate(() => window.enginePage.engines.failure)).toBeUndefined();
  });
});

/** Runs a program when the service is up again: the limits that were passed before do not matter any more. */
async function runAgain(page: Page, double: WebContainerDouble): Promise<Outcome> {
  await stopClock(page);
  const tried = runToEnd(page, HELLO);
  await expect.poll(() => double.containerCount).toBe(1);
  await page.clock.resume();
  return tried;
}

test.describe('a service that does not come', () => {
  test('asks nobody before the first start', async ({ context }) => {
    const double = await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    await page.evaluate(() => window.enginePage.engines.choose());
    expect(double.requests).toEqual([]);
  });

  test('is noticed at once when it is unreachable, remembered, and tried again on demand', async ({
    context,
  }) => {
    const double = await installWebContainerDouble(context, { service: 'unreachable' });
    const page = await openEnginePage(context);
    const failed = await runToEnd(page, HELLO);
    expect(failed.engine).toBe('embedded');
    expect(failed.reason).toBe(
      'Could not reach the WebContainer service. Running in the embedded engine instead.',
    );
    const asked = double.requests.length;
    double.behaviour.service = 'up';
    expect((await runToEnd(page, HELLO)).engine).toBe('embedded');
    expect(double.requests.length).toBe(asked);

    await page.evaluate(() => window.enginePage.engines.retry());
    const tried = await runToEnd(page, HELLO);
    expect(tried.engine).toBe('webcontainer');
    expect(textOf(tried.chunks)).toBe('hello\n');
  });

  // The browser would refuse the 503 to an isolated page at once; routed answers are not checked for that, so that the
  // frame's silence must do.
  test('is given up when it answers 503, and a later try is not held up', async ({ context }) => {
    const double = await installWebContainerDouble(context, { service: 'unavailable' });
    const page = await openEnginePage(context, { webcontainer: { initDeadline: 3_000 } });
    expect((await runToEnd(page, HELLO)).engine).toBe('embedded');
    double.behaviour.service = 'up';
    await page.evaluate(() => window.enginePage.engines.retry());
    expect((await runAgain(page, double)).engine).toBe('webcontainer');
  });

  test('is given up when it does not even answer', async ({ context }) => {
    await installWebContainerDouble(context, { service: 'hanging' });
    const page = await openEnginePage(context, { webcontainer: { preflightDeadline: 200 } });
    const { engine, reason } = await runToEnd(page, HELLO);
    expect(engine).toBe('embedded');
    expect(reason).toMatch(/^The WebContainer service did not answer within 0\.2 seconds\./);
  });

  for (const frame of ['silent', 'blocked'] as const) {
    test(`is given up when its frame is ${frame}, and a later try is not held up by the first`, async ({
      context,
    }) => {
      const double = await installWebContainerDouble(context, { frame });
      const page = await openEnginePage(context, { webcontainer: { initDeadline: 2_000 } });
      const failed = await runToEnd(page, HELLO);
      expect(failed.engine).toBe('embedded');
      expect(failed.reason).toMatch(/^WebContainer did not answer within 2 seconds\./);

      double.behaviour.frame = 'answers';
      await page.evaluate(() => (window.enginePage.engines.preference = 'webcontainer'));
      const tried = await runAgain(page, double);
      expect(tried.engine).toBe('webcontainer');
      expect(textOf(tried.chunks)).toBe('hello\n');
      expect(double.containerCount).toBe(1);
    });
  }

  test('may answer late: the next try finds it booted', async ({ context }) => {
    const double = await installWebContainerDouble(context, { frame: 'late' });
    const page = await openEnginePage(context, { webcontainer: { initDeadline: 2_000 } });
    expect((await runToEnd(page, HELLO)).engine).toBe('embedded');
    double.letFrameAnswer();
    await expect.poll(() => double.containerCount).toBe(1);
    const asked = double.requests.length;
    await page.evaluate(() => window.enginePage.engines.retry());
    expect((await runToEnd(page, HELLO)).engine).toBe('webcontainer');
    expect(double.requests.length).toBe(asked);
  });

  test('is given up when the container never boots', async ({ context }) => {
    await installWebContainerDouble(context, { bootHangs: true });
    const page = await openEnginePage(context, { webcontainer: { bootDeadline: 300 } });
    const { engine, reason } = await runToEnd(page, HELLO);
    expect(engine).toBe('embedded');
    expect(reason).toMatch(
      /^WebContainer did not boot within 0\.3 seconds\. Reload the page to try it again\./,
    );
  });

  test('need not be waited for, and goes on booting behind the embedded engine', async ({ context }) => {
    const double = await installWebContainerDouble(context, { frame: 'late' });
    const page = await openEnginePage(context);
    const started = await page.evaluate(async (program) => {
      const now = new AbortController();
      const onProgress = ({ message }: { message: string }) => {
        if (message === 'Starting WebContainer') now.abort();
      };
      const { engine, reason } = await window.enginePage.engines.start(program, {
        embeddedNow: now.signal,
        onProgress,
      });
      return { engine, reason };
    }, HELLO);
    expect(started).toEqual({
      engine: 'embedded',
      reason: 'You did not wait for WebContainer. Running in the embedded engine instead.',
    });
    const second = runToEnd(page, HELLO);
    double.letFrameAnswer();
    expect((await second).engine).toBe('webcontainer');
    expect(double.containerCount).toBe(1);
  });

  test('is not asked for by a page that is not isolated', async ({ context }) => {
    const double = await installWebContainerDouble(context);
    const page = await openEnginePage(context, {}, { isIsolated: false });
    const { engine, reason } = await runToEnd(page, HELLO);
    expect(engine).toBe('embedded');
    expect(reason).toMatch(/^WebContainer needs a cross-origin isolated page/);
    expect(double.requests).toEqual([]);
  });

  test('is an error where it is the only engine', async ({ context }) => {
    await installWebContainerDouble(context, { service: 'unreachable' });
    const page = await openEnginePage(context, { only: 'webcontainer' });
    await expect(runToEnd(page, HELLO)).rejects.toThrow('Could not reach the WebContainer service.');
  });
});

test.describe('one container a visit', () => {
  test('runs programs beside each other, each in its own directory', async ({ context }) => {
    const double = await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const program = (name: string) =>
      singleFile(`import { readdirSync, writeFileSync } from 'node:fs';
        writeFileSync('${name}.txt', ''); console.log(process.cwd(), readdirSync('.').join());
        process.stdin.on('data', (line) => console.log('${name} read', String(line).trim())).on('end', () => process.exit());`);
    const [a, b] = await Promise.all([
      runToEnd(page, { ...program('a'), stdin: 'one\n' }),
      runToEnd(page, { ...program('b'), stdin: 'two\n' }),
    ]);
    expect(textOf(a.chunks)).toBe('/home/reader a.txt,main.mjs\na read one\n');
    expect(textOf(b.chunks)).toBe('/home/reader b.txt,main.mjs\nb read two\n');
    expect(double.containerCount).toBe(1);
  });

  test('survives navigation that replaces the body, and so does its program', async ({ context }) => {
    const double = await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const program = singleFile(`process.on('SIGINT', () => { console.log('still here'); process.exit(); });
      console.log('ready'); setInterval(() => {}, 1000);`);
    const [before, after] = await page.evaluate(async (given) => {
      const { engines, readUntil } = window.enginePage;
      const { run } = await engines.start(given);
      const ready = await readUntil(run.output, 'ready\n');
      history.pushState(null, '', '/another-page/');
      document.body.replaceWith(document.createElement('body'));
      const [rest] = await Promise.all([readUntil(run.output, 'still here\n'), run.kill('SIGINT')]);
      return [ready, rest];
    }, program);
    expect([before, after]).toEqual(['ready\n', 'still here\n']);
    expect(textOf((await runToEnd(page, HELLO)).chunks)).toBe('hello\n');
    expect(double.containerCount).toBe(1);
  });

  test('prints a megabyte in order', async ({ context }) => {
    await installWebContainerDouble(context);
    const page = await openEnginePage(context);
    const outcome = await runToEnd(
      page,
      singleFile(`for (let n = 0; n < 10_000; n++) console.log(String(n).padStart(99, '.'));`),
    );
    const lines = textOf(outcome.chunks, 'stdout').split('\n');
    expect(lines.length).toBe(10_001);
    expect(lines.findIndex((line, n) => line !== (n < 10_000 ? String(n).padStart(99, '.') : ''))).toBe(-1);
  });
});
