/** Programs that use up what they can: the page answers, Stop stops, and the reader is told of a limit. */
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import { launchOptions } from './browser.ts';
import { openEmbeddedPage, runEmbedded } from './embedded-page.ts';
import { PLAIN_SITE } from './playwright.config.ts';
import { singleFile } from './single-file.ts';
import { SnippetPage } from './snippet-page.ts';

const memoryMessage =
  'The browser ended the program, most likely because it needed more memory than a page may have (about 4 GB). Let it keep less at a time, then run it again.';
const outputMessage =
  'The program was stopped because it printed more than 256 MB, the most that the embedded engine takes. Let it print less, then run it again.';

/** How much a program prints, how it ends, and how often a timer of the page ran meanwhile. */
function measure(page: Page, given: Program) {
  return page.evaluate(async (what) => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 10);
    const run = await window.embedded.start(what);
    const lengths = { stdout: 0, stderr: 0, both: 0 };
    let lines = 0;
    let end = '';
    const reader = run.output.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const { stream, text } = next.value;
      lengths[stream] += text.length;
      lines += text.split('\n').length - 1;
      end = (end + text).slice(-20);
    }
    clearInterval(timer);
    const exit = await run.exit.catch((error: Error) => error.message);
    return { exit, stdout: lengths.stdout, stderr: lengths.stderr, lines, end, hasTicked: ticks > 10 };
  }, given);
}

for (const isIsolated of [true, false]) {
  test.describe(isIsolated ? 'in an isolated page' : 'without isolation', () => {
    test('much output arrives whole while the page goes on', async ({ context }) => {
      const page = await openEmbeddedPage(context, { isIsolated });
      const lines = 'for (let n = 1; n <= 1e6; n++) console.log("line", n);';
      expect(await measure(page, singleFile(lines))).toEqual({
        exit: 0,
        stdout: 11_888_896,
        stderr: 0,
        lines: 1_000_000,
        end: expect.stringMatching(/\nline 1000000\n$/),
        hasTicked: true,
      });
      const errors = 'for (let n = 1; n <= 1e5; n++) console.error("line", n);';
      expect(await measure(page, singleFile(errors))).toMatchObject({
        exit: 0,
        stderr: 1_088_895,
        lines: 100_000,
      });
      const one = 'console.log("x".repeat(1e8)); console.log("after");';
      const outcome = await measure(page, singleFile(one));
      expect(outcome).toMatchObject({ exit: 0, stdout: 100_000_007, lines: 2, hasTicked: true });
      expect(outcome.end).toMatch(/^x+\nafter\n$/);
    });

    test('output without end is stopped, with a message that says so', async ({ context }) => {
      const page = await openEmbeddedPage(context, { isIsolated });
      const outcome = await measure(page, singleFile('for (;;) process.stdout.write("x".repeat(1e7));'));
      expect(outcome).toMatchObject({ exit: outputMessage, hasTicked: true });
      expect(await runEmbedded(page, singleFile('console.log("next")'))).toMatchObject({
        stdout: 'next\n',
      });
    });
  });
}

const plenty: Readonly<Record<string, readonly [code: string, stdout: string]>> = {
  '10,000 sockets': [
    `import { connect, createServer } from 'node:net';
     let open = 0;
     const server = createServer((socket) => socket.on('error', () => {})).listen(0, () => {
       for (let n = 0; n < 10_000; n++) connect(server.address().port, () => {
         if (++open === 10_000) { console.log('open', open); process.exit(); }
       });
     });`,
    'open 10000\n',
  ],
  '10,000 files': [
    `import { openSync, readdirSync } from 'node:fs';
     const descriptors = new Set(Array.from({ length: 10_000 }, (_, n) => openSync('f' + n, 'w')));
     console.log(descriptors.size, readdirSync('.').length);`,
    '10000 10001\n',
  ],
  '100,000 timers': [
    `let ran = 0;
     for (let n = 0; n < 100_000; n++) setTimeout(() => { ran++; }, n % 100);
     process.on('exit', () => console.log(ran));`,
    '100000\n',
  ],
  'all buffers that there are': [
    `const kept = [];
     try { for (;;) kept.push(Buffer.allocUnsafeSlow(2 ** 30)); }
     catch (error) { console.log(kept.length > 0, error.name, error.message); }`,
    'true RangeError Array buffer allocation failed\n',
  ],
  'all shared memory that there is': [
    `const kept = [];
     try { for (;;) kept.push(new SharedArrayBuffer(2 ** 30)); }
     catch (error) { console.log(kept.length > 0, error.name, error.message); }`,
    'true RangeError Array buffer allocation failed\n',
  ],
  'the whole stack': [
    `let depth = 0;
     try { (function down() { depth++; down(); })(); } catch (error) { console.log(depth > 1000, error.message); }
     let nested = {};
     for (let n = 0; n < 1e5; n++) nested = { nested };
     console.log(nested);`,
    'true Maximum call stack size exceeded\n{ nested: { nested: { nested: [Object] } } }\n',
  ],
  'names that are none': [
    `import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
     const names = ['__proto__', 'constructor', '../..', '../../../../../../etc/passwd', 'a\\0b', 'x'.repeat(255), 'x'.repeat(256),
       'd/'.repeat(5000), '\\u202Egpj.exe', '<img src=x onerror=alert(1)>', '\\n', ''];
     console.log(names.map((name) => {
       try { writeFileSync(name, '1'); return readFileSync(name, 'utf8'); } catch (error) { return error.code; }
     }).join());
     console.log(readdirSync('.').length, {}.content, process.cwd());`,
    '1,1,EISDIR,EACCES,ERR_INVALID_ARG_VALUE,1,ENAMETOOLONG,ENAMETOOLONG,1,1,1,ENOENT\n7 undefined /home/reader\n',
  ],
};

for (const [name, [code, stdout]] of Object.entries(plenty)) {
  test(`a program may take ${name}`, async ({ context }) => {
    const page = await openEmbeddedPage(context);
    expect(await runEmbedded(page, singleFile(code))).toMatchObject({
      exitCode: 0,
      stdout,
      stderr: '',
    });
  });
}

const exits: Readonly<Record<string, readonly [code: string, exitCode: number, stdout: string]>> = {
  'inside its exit': [
    `process.on('exit', () => { process.stdout.write('once\\n'); setTimeout(() => console.log('never')); process.exit(5); });`,
    5,
    'once\n',
  ],
  'with methods taken away': [
    `process.exit = process.reallyExit = process.emit = undefined; Object.freeze(process); process.stdout.write('end\\n');`,
    0,
    'end\n',
  ],
  'with a code that is none': [`process.reallyExit({ valueOf: () => 'x' });`, 0, ''],
  'with a code too large': [`process.exit(256 + 7);`, 7, ''],
  'with an error that lies': [
    `process.on('uncaughtException', (error) => { console.log(typeof error); process.exitCode = 9; });
     throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } });`,
    9,
    'number\n',
  ],
};

for (const [name, [code, exitCode, stdout]] of Object.entries(exits)) {
  test(`a program ends ${name}`, async ({ context }) => {
    const page = await openEmbeddedPage(context);
    expect(await runEmbedded(page, singleFile(code))).toMatchObject({
      exitCode,
      stdout,
    });
  });
}

test('a program that needs too much memory ends with a message, and the next one runs', async () => {
  // A heap that is soon full, as 4 GB take long.
  const { args = [], ...options } = launchOptions();
  const browser = await chromium.launch({
    ...options,
    args: [...args, '--js-flags=--max-old-space-size=200'],
  });
  const context = await browser.newContext();
  const page = await openEmbeddedPage(context);
  // Playwright takes the end of the frame for the end of the page, which is then only reached this way.
  const session = await context.newCDPSession(page);
  const evaluate = async (expression: string): Promise<unknown> =>
    (await session.send('Runtime.evaluate', { expression, awaitPromise: true })).result.value;
  const run = (code: string) => `(async () => {
    const run = await embedded.start(${JSON.stringify(singleFile(code))});
    return run.exit.then(String, (error) => error.message);
  })()`;
  expect(await evaluate(run('const kept = []; for (;;) kept.push({ kept: [kept.length] });'))).toBe(
    memoryMessage,
  );
  expect(await evaluate(run('process.exitCode = 7'))).toBe('7');
  await browser.close();
});

const endless: Readonly<Record<string, string>> = {
  'a loop': 'for (;;);',
  'a loop of microtasks': '(function again() { queueMicrotask(again); })();',
  'a loop of awaits': 'for (;;) await null;',
  'a loop of next ticks': '(function again() { process.nextTick(again); })();',
  'a loop of immediates': '(function again() { setImmediate(again); })();',
  'a loop that catches all': 'for (;;) try { (function down() { down(); })(); } catch {}',
  'a regular expression': '/^(?:a+)+$/.test("a".repeat(50) + "b");',
  'lines without end': 'for (;;) console.log("again");',
  'errors without end': 'for (;;) console.error("again");',
  'one character at a time': '(function again() { process.stdout.write("x"); setImmediate(again); })();',
  'a wait': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
  'a program that will not stop':
    'for (const name of ["SIGINT", "SIGTERM", "exit"]) process.on(name, () => {}); process.exit = () => {}; setInterval(() => {}, 1000);',
};

for (const { name, site } of [
  { name: 'an isolated page', site: '' },
  { name: 'a page without isolation', site: PLAIN_SITE },
]) {
  test(`the reader can stop anything in ${name}, and the page answers meanwhile`, async ({
    browser,
    baseURL,
  }) => {
    await using context = await browser.newContext({
      ...(baseURL === undefined ? {} : { baseURL }),
      // Where it works, the worker isolates the page.
      serviceWorkers: 'block',
    });
    const page = await context.newPage();
    const book = new SnippetPage(page);
    await book.open(`${site}understanding-node/what-is-node/`);
    const snippet = book.snippet('A delay does not hold up the next line');
    await snippet.choose('Embedded engine');
    for (const [what, code] of Object.entries(endless)) {
      await test.step(what, async () => {
        // The output of the run before stays until there is another.
        await snippet.write(`console.log('begun: ${what}.');\n${code}`);
        await snippet.run.click();
        await expect(snippet.output).toContainText(`begun: ${what}.`);
        await snippet.engine.click();
        await expect(snippet.figure.getByRole('radio', { name: 'Embedded engine' })).toBeVisible();
        await page.keyboard.press('Escape');
        await snippet.expectState('running');
        await snippet.stop.click();
        await snippet.expectState('stopped');
        await expect(snippet.result).toHaveText('Stopped.');
      });
    }
    await snippet.write(`console.log('and on');`);
    await snippet.run.click();
    await expect(snippet.result).toHaveText('Exited with code 0.');
    await expect(snippet.output).toHaveText('and on\n');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(site === '');
  });
}

test('a limit is announced to every reader', async ({ page }) => {
  const book = new SnippetPage(page);
  await book.open('understanding-node/what-is-node/');
  const snippet = book.snippet('A delay does not hold up the next line');
  await snippet.choose('Embedded engine');
  await snippet.write('for (;;) process.stdout.write("x".repeat(1e7));');
  // All of it with the keyboard.
  await snippet.editor.first().press('Control+Enter');
  await snippet.expectState('failed', { timeout: 60_000 });
  await expect(snippet.figure.getByRole('status').filter({ hasText: 'printed more than 256 MB' })).toHaveText(
    outputMessage,
  );
  await expect(snippet.figure.getByText(/^Output cut: the program printed/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include('node-snippet').analyze();
  expect(violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
});
