/** Node's library comes in parts: what a program does not need is not loaded, and what it reaches is there. */
import { basename } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { openEmbeddedPage, runEmbedded } from './embedded-page.ts';
import { singleFile } from './single-file.ts';

const run = (page: Page, code: string, file?: string) => runEmbedded(page, singleFile(code, file));

/** Names of the parts that the page asks for from now on. */
function requestedParts(page: Page): string[] {
  const parts: string[] = [];
  page.on('request', (request) => {
    const part = /^library-([a-z-]+)\./.exec(basename(request.url()))?.[1];
    if (part) parts.push(part);
  });
  return parts;
}

test('an ordinary program loads no part', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  const parts = requestedParts(page);
  const code = `
    import http from 'node:http';
    import { writeFileSync, readFileSync } from 'node:fs';
    import { pipeline } from 'node:stream/promises';
    writeFileSync('greeting.txt', 'hello');
    const server = http.createServer((request, response) => response.end(readFileSync('greeting.txt')));
    server.listen(0, () => {
      http.get({ port: server.address().port }, async (response) => {
        await pipeline(response, async function* (source) { for await (const chunk of source) console.log(String(chunk)); }, async (source) => { for await (const _ of source); });
        server.close();
      });
    });
  `;
  expect(await run(page, code)).toMatchObject({ exitCode: 0, stdout: 'hello\n', stderr: '' });
  expect(parts).toEqual([]);
});

test('a part that nothing announces is loaded when the program reaches it', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  const parts = requestedParts(page);
  const code = `
    const { createHash } = await import(['node:cry', 'pto'].join(''));
    console.log(createHash('md5').update('a').digest('hex'));
  `;
  for (const _ of ['loads it', 'has it']) {
    const outcome = await run(page, code);
    expect(outcome).toMatchObject({ exitCode: 0, stdout: '0cc175b9c0f1b6a831c399e269772661\n', stderr: '' });
  }
  expect(parts).toEqual(['crypto']);
});

test('a part that cannot be loaded is an error of the program, and is tried again', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await page.route('**/library-crypto.*', (route) => route.abort());
  const code = `
    try {
      await import(['node:cry', 'pto'].join(''));
      console.log('there');
    } catch (error) {
      console.log(error.message);
    }
  `;
  expect((await run(page, code)).stdout).toMatch(/part "crypto" .* could not be loaded .*run again/);
  await page.unroute('**/library-crypto.*');
  expect((await run(page, code)).stdout).toBe('there\n');
});

test('without isolation every part that is not large is there from the start', async ({ context }) => {
  const page = await openEmbeddedPage(context, { isIsolated: false });
  const parts = requestedParts(page);
  const code = `
    const { randomBytes } = await import(['node:cry', 'pto'].join(''));
    const { createServer } = await import(['node:ht', 'tp2'].join(''));
    console.log(randomBytes(4).length, typeof createServer);
  `;
  expect(await run(page, code)).toMatchObject({ exitCode: 0, stdout: '4 function\n', stderr: '' });
  expect(parts).toContain('test');
  expect(parts).not.toContain('typescript');
  const typed = await run(page, 'const text: string = "typed"; console.log(text);', 'main.ts');
  expect(typed).toMatchObject({ exitCode: 0, stdout: 'typed\n', stderr: '' });
  expect(parts).toContain('typescript');
});
