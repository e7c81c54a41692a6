/** Programs of one page on one machine: a server of one, clients in another, in the embedded engine. */
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import { openEmbeddedPage, runEmbedded } from './embedded-page.ts';
import { singleFile } from './single-file.ts';

/** Starts a program that goes on, and waits until it listens. */
async function serve(page: Page, program: Program): Promise<void> {
  await page.evaluate(async (given) => {
    const listening = Promise.withResolvers<number>();
    const run = await window.embedded.start(given, { onServer: listening.resolve });
    window.server = run;
    await listening.promise;
  }, program);
}

declare global {
  interface Window {
    server: Awaited<ReturnType<Window['embedded']['start']>>;
  }
}

const HELLO = singleFile(`
  import { createServer } from 'node:http';
  createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => (body += text));
    request.on('end', () => response.end(\`\${request.method} \${request.url} \${body}\`));
  }).listen(3000);`);

/** Answers with what it is sent. */
const ECHO = singleFile(`
  import { createServer } from 'node:net';
  createServer((socket) => socket.on('error', (error) => console.log(error.code)).pipe(socket)).listen(3000);`);

for (const isIsolated of [true, false]) {
  test(`fetch and http.request reach a server of another program ${isIsolated ? 'in an isolated page' : 'without isolation'}`, async ({
    context,
  }) => {
    const page = await openEmbeddedPage(context, { isIsolated });
    await serve(page, HELLO);
    const client = singleFile(`
      import http from 'node:http';
      import net from 'node:net';
      const answer = await fetch('http://localhost:3000/fetch', { method: 'POST', body: 'é' });
      console.log(answer.status, await answer.text());
      http.get('http://127.0.0.1:3000/get', async (response) => {
        for await (const chunk of response) console.log(String(chunk), response.socket.remoteAddress, response.socket.remotePort);
        net.connect(3001).on('error', ({ code }) => console.log(code));
      });`);
    // The server is still there for the next.
    for (let times = 0; times < 2; times++) {
      const { stdout, stderr, exitCode } = await runEmbedded(page, client);
      expect(stderr).toBe('');
      expect(stdout).toBe('200 POST /fetch é\nGET /get  127.0.0.1 3000\nECONNREFUSED\n');
      expect(exitCode).toBe(0);
    }
  });
}

test('the first line of a program reaches a server that was there before', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(page, HELLO);
  const code = `require('http').get('http://[::1]:3000/', (response) => console.log(response.statusCode));`;
  const client = singleFile(code, 'main.cjs');
  expect(await runEmbedded(page, client)).toMatchObject({ stdout: '200\n', exitCode: 0 });
});

test('a WebSocket reaches a server of another program', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(
    page,
    singleFile(
      `import { WebSocketServer } from 'ws';
      new WebSocketServer({ port: 3000 }).on('connection', (socket) => {
        socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
      });`,
    ),
  );
  const client = singleFile(`
    const socket = new WebSocket('ws://localhost:3000');
    socket.onopen = () => socket.send('hello');
    socket.onmessage = ({ data }) => { console.log(data); socket.close(3000, 'enough'); };
    socket.onclose = ({ code, wasClean }) => console.log(code, wasClean);`);
  expect((await runEmbedded(page, client)).stdout).toBe('hello\n3000 true\n');
});

test('five megabytes go there and back, whole', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(page, ECHO);
  const client = singleFile(`
    import { connect } from 'node:net';
    import { createHash, randomBytes } from 'node:crypto';
    const sent = randomBytes(5 * 1024 * 1024);
    const hash = createHash('sha256');
    let size = 0;
    const socket = connect(3000, () => socket.end(sent));
    for await (const chunk of socket) { hash.update(chunk); size += chunk.length; }
    console.log(size, hash.digest('hex') === createHash('sha256').update(sent).digest('hex'));`);
  expect((await runEmbedded(page, client)).stdout).toBe('5242880 true\n');
});

test('a fast writer waits for a slow reader of another program', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(
    page,
    singleFile(`
    import { createServer } from 'node:net';
    createServer((socket) => socket.pause()).listen(3000);`),
  );
  const client = singleFile(`
    import { connect } from 'node:net';
    const socket = connect(3000, async () => {
      const piece = Buffer.alloc(1024 * 1024);
      let most = 0;
      for (let count = 0; count < 64; count++) socket.write(piece);
      setTimeout(() => {
        console.log(socket.writableLength > 32 * 1024 * 1024, socket.bytesWritten - socket.writableLength < 32 * 1024 * 1024);
        socket.destroy();
      }, 500);
    });`);
  expect((await runEmbedded(page, client)).stdout).toBe('true true\n');
});

test('twenty connections at once are twenty', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(page, ECHO);
  const client = singleFile(`
    import { connect } from 'node:net';
    import { once } from 'node:events';
    import { text } from 'node:stream/consumers';
    const sockets = Array.from({ length: 20 }, () => connect(3000));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    console.log(new Set(sockets.map((socket) => socket.localPort)).size);
    sockets.forEach((socket, at) => socket.end(\`number \${at}\`));
    const answers = await Promise.all(sockets.map((socket) => text(socket)));
    console.log(answers.every((answer, at) => answer === \`number \${at}\`));`);
  expect((await runEmbedded(page, client)).stdout).toBe('20\ntrue\n');
});

test('a port of another program is in use, until that ends', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(page, HELLO);
  const client = singleFile(`
    import { createServer } from 'node:net';
    const server = createServer().listen(3000);
    server.on('listening', () => { console.log('listening'); server.close(); });
    server.on('error', ({ code, message }) => console.log(code, message));`);
  const inUse = await runEmbedded(page, client);
  expect(inUse.stdout).toBe('EADDRINUSE listen EADDRINUSE: address already in use :::3000\n');
  await page.evaluate(() => window.server.kill('SIGKILL'));
  expect((await runEmbedded(page, client)).stdout).toBe('listening\n');
});

for (const [how, signal] of [
  ['is killed', 'SIGKILL'],
  ['ends by itself', 'SIGTERM'],
] as const) {
  test(`a client sees that the server's program ${how} in the middle, and is refused from then on`, async ({
    context,
  }) => {
    const page = await openEmbeddedPage(context);
    await serve(
      page,
      singleFile(`
      import { createServer } from 'node:http';
      process.on('SIGTERM', () => process.exit(0));
      createServer((request, response) => response.write('half')).listen(3000);`),
    );
    const client = singleFile(`
      import http from 'node:http';
      http.get('http://localhost:3000', (response) => {
        response.setEncoding('utf8').on('data', (text) => console.log(text));
        response.on('error', ({ code, message }) => console.log(code, message));
        response.on('close', () => http.get('http://localhost:3000').on('error', ({ code }) => console.log(code)));
      });`);
    const shown = await page.evaluate(
      async ([program, kill]) => {
        const run = await window.embedded.start(program);
        const reader = run.output.getReader();
        let text = '';
        let isKilled = false;
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          text += next.value.text;
          if (text.includes('half') && !isKilled) {
            isKilled = true;
            await window.server.kill(kill);
          }
        }
        return text;
      },
      [client, signal] as const,
    );
    expect(shown).toBe('half\nECONNRESET aborted\nECONNREFUSED\n');
  });
}

test("a server sees that the client's program is gone", async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(
    page,
    singleFile(`
    import { createServer } from 'node:net';
    createServer((socket) => {
      console.log('connection');
      for (const event of ['end', 'error', 'close']) socket.on(event, (value) => console.log(event, value?.code ?? value));
      socket.resume();
    }).listen(3000);`),
  );
  const shown = await page.evaluate(async (program) => {
    const reader = window.server.output.getReader();
    let text = '';
    const until = async (words: string): Promise<void> => {
      while (!text.includes(words)) text += (await reader.read()).value?.text ?? '';
    };
    const client = await window.embedded.start(program);
    await until('connection');
    await client.kill('SIGKILL');
    await until('close');
    return text;
  }, singleFile(`import { connect } from 'node:net'; connect(3000);`));
  expect(shown).toBe('connection\nend undefined\nclose false\n');
});

test('what a program sent before it ended arrives', async ({ context }) => {
  const page = await openEmbeddedPage(context);
  await serve(
    page,
    singleFile(`
    import { createServer } from 'node:net';
    createServer((socket) => { socket.write('x'.repeat(3_000_000)); process.exit(); }).listen(3000);`),
  );
  const client = singleFile(`
    import { connect } from 'node:net';
    import { text } from 'node:stream/consumers';
    console.log((await text(connect(3000))).length);`);
  expect((await runEmbedded(page, client)).stdout).toBe('3000000\n');
});
