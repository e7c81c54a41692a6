/** The embedded engine in Chromium: every block of the book against its recording, and programs that mean no good. */
import { expect, test } from '@playwright/test';
import { openEmbeddedPage, runEmbedded } from './embedded-page.ts';
import { stopClock, textOf } from './engine-page.ts';
import { CHAPTERS, answerDifferences, readManifest, runSnippet, withoutNodeFrames } from './recordings.ts';
import { singleFile } from './single-file.ts';

for (const chapter of CHAPTERS) {
  for (const isIsolated of [true, false]) {
    const where = isIsolated ? 'in an isolated page' : 'without isolation';
    test(`every block of ${chapter} prints its recording ${where}`, async ({ context }) => {
      const all = await readManifest(chapter);
      const snippets = all.filter(({ engine }) => engine !== 'webcontainer');
      const page = await openEmbeddedPage(context, { isIsolated });
      for (const snippet of snippets) {
        await test.step(snippet.id, async () => {
          const { expected, isVarying } = snippet;
          const played = await runSnippet(page, snippet);
          expect.soft(played.exitCode, snippet.id).toBe(expected.exitCode);
          expect.soft(answerDifferences(snippet, played), `${snippet.id}: answers`).toEqual([]);
          if (isVarying) return;
          const [stdout, stderr] = [textOf(played.chunks, 'stdout'), textOf(played.chunks, 'stderr')];
          expect.soft(stdout, snippet.id).toBe(expected.stdout);
          expect.soft(withoutNodeFrames(stderr), `${snippet.id}: stderr`).toBe(expected.stderr);
        });
      }
    });
  }
}

const ENDLESS = {
  'a synchronous loop': 'console.log("on"); for (;;) {}',
  'a loop of microtasks': 'console.log("on"); (function again() { queueMicrotask(again); })();',
  'a loop of next ticks': 'console.log("on"); (function again() { process.nextTick(again); })();',
  'a loop of immediates': 'console.log("on"); (function again() { setImmediate(again); })();',
};
for (const [name, code] of Object.entries(ENDLESS)) {
  test(`Stop ends ${name} within a second`, async ({ context }) => {
    const page = await openEmbeddedPage(context);
    const { exitCode, duration } = await page.evaluate(async (program) => {
      const run = await window.embedded.start(program);
      await run.output.getReader().read();
      const stopped = performance.now();
      await run.kill('SIGINT');
      return { exitCode: await run.exit, duration: performance.now() - stopped };
    }, singleFile(code));
    expect(exitCode).toBe(130);
    // The promise that the interface makes to a reader, not a measurement.
    expect(duration).toBeLessThan(1000);
  });
}

test('a program that handles SIGINT ends as it wants', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  // It has half a second for that, which may be over on a busy machine before it has heard of the signal.
  await stopClock(page);
  const code =
    'process.on("SIGINT", () => { console.log("bye"); process.exit(7); }); console.log("on"); setInterval(() => {}, 1000);';
  const outcome = await page.evaluate(async (program) => {
    const run = await window.embedded.start(program);
    const reader = run.output.getReader();
    let text = (await reader.read()).value?.text ?? '';
    const stopped = run.kill('SIGINT');
    for (let next = await reader.read(); !next.done; next = await reader.read()) text += next.value.text;
    await stopped;
    return { exitCode: await run.exit, text };
  }, singleFile(code));
  expect(outcome).toEqual({ exitCode: 7, text: 'on\nbye\n' });
});

test('a program sees nothing of the site and no browser global', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await page.evaluate(() => localStorage.setItem('secret', 'of the site'));
  const code = `
    const names = ['window', 'self', 'document', 'location', 'indexedDB', 'caches', 'XMLHttpRequest', 'importScripts', 'postMessage', 'WorkerGlobalScope', 'Worker'];
    console.log(names.filter((name) => typeof globalThis[name] !== 'undefined'));
    console.log(typeof localStorage);
    try { console.log(new Function('return this')() === globalThis); } catch (error) { console.log(error.message); }
    const response = await fetch('http://localhost:4400/embedded/').catch((error) => error.cause?.code ?? error.message);
    console.log(response);
  `;
  const { stdout, stderr } = await runEmbedded(page, singleFile(code));
  expect(stdout).toBe('[]\nundefined\ntrue\nECONNREFUSED\n');
  expect(stderr).toBe('');
});

for (const isIsolated of [true, false]) {
  test(`a message shares memory ${isIsolated ? 'in an isolated page' : 'without isolation'}`, async ({
    context,
  }) => {
    const page = await openEmbeddedPage(context, { isIsolated });
    const code = `const { port1, port2 } = new MessageChannel();
const memory = new Int32Array(new SharedArrayBuffer(8), 4);
port2.on('message', ({ view, data, buffer }) => {
  view[0] = 7;
  console.log(memory, view, data.getInt32(0, true), buffer.byteLength);
  port2.close();
});
port1.postMessage({ view: memory, data: new DataView(memory.buffer, 4), buffer: memory.buffer });`;
    const { stdout, stderr } = await runEmbedded(page, singleFile(code));
    expect(stdout + stderr).toBe('Int32Array(1) [ 7 ] Int32Array(1) [ 7 ] 7 8\n');
  });
}

test('ten megabytes of output arrive whole', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  const { exitCode, stdout } = await runEmbedded(
    page,
    singleFile('for (let n = 0; n < 100_000; n++) console.log("x".repeat(99));'),
  );
  expect(exitCode).toBe(0);
  expect(stdout.length).toBe(10_000_000);
});

test('a request from the page reaches a server of the program', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  const code = `
    import { createServer } from 'node:http';
    createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => { body += chunk; });
      request.on('end', () => response.writeHead(201, 'Made', { 'x-method': request.method }).end(request.url + body));
    }).listen(8080);
  `;
  const answer = await page.evaluate(async (program) => {
    const listening = Promise.withResolvers<number>();
    const run = await window.embedded.start(program, { onServer: (port) => listening.resolve(port) });
    const port = await listening.promise;
    const response = await run.request(port, {
      method: 'POST',
      path: '/items?a=1',
      headers: {},
      body: 'text',
    });
    const { status, statusText, headers } = response;
    const body = new TextDecoder();
    let text = '';
    const reader = response.body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read())
      text += body.decode(new Uint8Array(next.value), { stream: true });
    await run.kill('SIGKILL');
    return { port, status, statusText, headers: Object.fromEntries(headers), body: text };
  }, singleFile(code));
  expect(answer).toMatchObject({ port: 8080, status: 201, statusText: 'Made', body: '/items?a=1text' });
  expect(answer.headers['x-method']).toBe('POST');
});
