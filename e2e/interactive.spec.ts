/** Terminals, Node's REPL, live requests and WebSockets in the embedded engine, typed into as a reader types. */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { OutputChunk, Program, Run } from '../src/engine/engine.ts';
import { openEmbeddedPage } from './embedded-page.ts';

/** A program on a terminal, from the outside. */
interface Terminal {
  run: Run;
  /** All that it showed so far. */
  shown: string;
  chunks: OutputChunk[];
  /** Resolves when it has shown these words after the last that were waited for. */
  until(words: string): Promise<string>;
  type(text: string): void;
}

declare global {
  interface Window {
    openTerminal(program: Program): Promise<Terminal>;
  }
}

const onTerminal = (code: string | undefined, more: Partial<Program> = {}): Program => ({
  files: code === undefined ? {} : { 'main.mjs': code },
  packages: [],
  command: code === undefined ? ['node'] : ['node', 'main.mjs'],
  env: {},
  terminal: { columns: 80, rows: 24 },
  ...more,
});

async function openPage(context: Parameters<typeof openEmbeddedPage>[0]): Promise<Page> {
  const page = await openEmbeddedPage(context);
  await page.evaluate(() => {
    window.openTerminal = async (program) => {
      const run = await window.embedded.start(program);
      const writer = run.stdin.getWriter();
      const reader = run.output.getReader();
      let seen = 0;
      const terminal: Terminal = {
        run,
        shown: '',
        chunks: [],
        async until(words) {
          for (;;) {
            const found = terminal.shown.indexOf(words, seen);
            if (found >= 0) {
              const text = terminal.shown.slice(seen, found + words.length);
              seen = found + words.length;
              return text;
            }
            const { done, value } = await reader.read();
            if (done) throw new Error(`ended without ${words}: ${JSON.stringify(terminal.shown)}`);
            terminal.shown += value.text;
            terminal.chunks.push(value);
          }
        },
        type: (text) => void writer.write(text),
      };
      return terminal;
    };
  });
  return page;
}

test('a terminal is one for the program, and tells its size', async ({ context }) => {
  const page = await openPage(context);
  const code = `
    import tty from 'node:tty';
    const { stdin, stdout, stderr } = process;
    console.log(stdin.isTTY, stdout.isTTY, stderr.isTTY, tty.isatty(0), tty.isatty(3));
    console.log(stdout.getWindowSize(), stdout.hasColors(), stdout.hasColors(2 ** 24), stdin.isRaw);
    console.log({ a: 1 });
    stderr.on('resize', () => {
      console.log('resize', stdout.columns, stdout.rows, stderr.columns);
      process.exit();
    });
    console.error('ready');
    stdin.resume();
  `;
  const outcome = await page.evaluate(async (program) => {
    const terminal = await window.openTerminal(program);
    await terminal.until('ready\n');
    terminal.run.resize({ columns: 100, rows: 40 });
    await terminal.until('resize');
    await terminal.until('\n');
    return { exit: await terminal.run.exit, shown: terminal.shown };
  }, onTerminal(code));
  expect(outcome.exit).toBe(0);
  expect(outcome.shown).toContain('{ a: \x1b[33m1\x1b[39m }\n');
  expect(stripVTControlCharacters(outcome.shown)).toBe(
    'true true true true false\n[ 80, 24 ] true true false\n{ a: 1 }\nready\nresize 100 40 100\n',
  );
});

test('a terminal edits lines, shows what is typed, and says when input is wanted', async ({ context }) => {
  const page = await openPage(context);
  const code = `
    process.stdin.setEncoding('utf8');
    process.stdout.write('? ');
    for await (const chunk of process.stdin) console.log(JSON.stringify(chunk));
    console.log('end');
  `;
  const outcome = await page.evaluate(async (program) => {
    const terminal = await window.openTerminal(program);
    await terminal.until('? ');
    terminal.type('one twe\x7fo\x17TWO\r');
    await terminal.until('"one TWO\\n"\n');
    terminal.type('gone\x15é\r');
    await terminal.until('"é\\n"\n');
    terminal.type('half\x04');
    await terminal.until('"half"\n');
    terminal.type('\x04');
    await terminal.until('end\n');
    const echo = terminal.chunks.filter(({ stream }) => stream === 'both').map(({ text }) => text);
    return { exit: await terminal.run.exit, echo: echo.join('') };
  }, onTerminal(code));
  expect(outcome.exit).toBe(0);
  expect(outcome.echo).toBe('one twe\b \bo\b \b\b \b\b \bTWO\ngone\b \b\b \b\b \b\b \bé\nhalf');
});

test('input is wanted when a program waits for it, not before', async ({ context }) => {
  const page = await openPage(context);
  const code = `
    import { createInterface } from 'node:readline/promises';
    console.log('no input yet');
    const reader = createInterface({ input: process.stdin, output: process.stdout });
    const name = await reader.question('Name? ');
    console.log('Hello ' + name);
    console.log('Hello ' + await reader.question('And? '));
    reader.close();
  `;
  const outcome = await page.evaluate(
    async ([asks, quiet]) => {
      const log: string[] = [];
      const run = await window.embedded.start(asks, { onInputWanted: () => log.push('wanted') });
      const writer = run.stdin.getWriter();
      let shown = '';
      for await (const { text } of run.output as unknown as AsyncIterable<OutputChunk>) {
        shown += text;
        if (text.includes('Name? ')) void writer.write('Ada\r');
        if (text.includes('And? ')) void writer.write('you\r');
      }
      const silent = await window.embedded.start(quiet, { onInputWanted: () => log.push('never') });
      return { exits: [await run.exit, await silent.exit], shown, log };
    },
    [onTerminal(code), onTerminal(`console.log('done'); void process.stdin;`)] as const,
  );
  expect(outcome.exits).toEqual([0, 0]);
  expect(stripVTControlCharacters(outcome.shown)).toMatch(
    /^no input yet\nName\? (?:Name\? )*Ada\r?\nHello Ada\n/,
  );
  expect(outcome.shown).toContain('Hello you\n');
  expect(outcome.log).toContain('wanted');
  expect(outcome.log).not.toContain('never');
});

test('Ctrl+C is SIGINT, raw mode hands every key on', async ({ context }) => {
  const page = await openPage(context);
  const outcome = await page.evaluate(
    async ([plain, handling, raw]) => {
      const ended = await window.openTerminal(plain);
      await ended.until('on\n');
      ended.type('\x03');
      const code = await ended.run.exit;
      const handled = await window.openTerminal(handling);
      await handled.until('on\n');
      handled.type('ab\x03');
      await handled.until('SIGINT\n');
      const keys = await window.openTerminal(raw);
      await keys.until('on\n');
      keys.type('a');
      await keys.until('61\n');
      keys.type('\r');
      await keys.until('0d\n');
      keys.type('\x1b[A\x03');
      await keys.until('1b5b4103\n');
      return {
        codes: [code, await handled.run.exit, await keys.run.exit],
        echo: handled.shown,
        raw: keys.shown,
      };
    },
    [
      onTerminal(`console.log('on'); process.stdin.resume();`),
      onTerminal(
        `process.on('SIGINT', (name) => { console.log(name); process.exit(5); }); console.log('on'); process.stdin.resume();`,
      ),
      onTerminal(`process.stdin.setRawMode(true); console.log('on');
        process.stdin.on('data', (keys) => {
          console.log(keys.toString('hex'));
          if (keys.includes(3)) process.exit(9);
        });`),
    ] as const,
  );
  expect(outcome).toEqual({ codes: [130, 5, 9], echo: 'on\nab^CSIGINT\n', raw: 'on\n61\n0d\n1b5b4103\n' });
});

test("Node's REPL", async ({ context }) => {
  const page = await openPage(context);
  const outcome = await page.evaluate(async (program) => {
    const terminal = await window.openTerminal(program);
    const answers: string[] = [];
    const enter = async (line: string, answer: string): Promise<void> => {
      terminal.type(`${line}\r`);
      answers.push(await terminal.until(answer));
    };
    await terminal.until('Type ".help" for more information.\n');
    await terminal.until('> ');
    await enter('1 + 41', '42');
    await enter('_ * 2', '84');
    await enter(`const value = await Promise.resolve('awaited')`, 'undefined');
    await enter('value', `'awaited'`);
    await enter('function twice(n) {', '| ');
    await enter('return n * 2; }', 'undefined');
    await enter('twice(21)', '42');
    await enter(`await import('node:path').then((path) => path.sep)`, `'/'`);
    await enter(`fs.existsSync('/')`, 'true');
    await enter(`throw new Error('oh')`, 'Uncaught Error: oh');
    await enter('.help', 'Press Ctrl+C to abort current expression');
    terminal.type('twi\t');
    await terminal.until('twice');
    terminal.type('.length\r');
    await terminal.until('\x1b[33m1\x1b[39m');
    terminal.type('\x03');
    terminal.type('\x03');
    await terminal.until('(To exit, press Ctrl+C again or Ctrl+D or type .exit)');
    terminal.type('\x03');
    const first = await terminal.run.exit;
    const second = await window.openTerminal(program);
    await second.until('> ');
    second.type('.exit\r');
    return { codes: [first, await second.run.exit] };
  }, onTerminal(undefined));
  expect(outcome.codes).toEqual([0, 0]);
});

test('an answer streams while the server is still writing it, and can be broken off', async ({ context }) => {
  const page = await openPage(context);
  const code = `
    import { createServer } from 'node:http';
    let next;
    createServer((request, response) => {
      if (request.url === '/next') { next(); return response.end(); }
      if (request.url === '/echo') return request.pipe(response);
      if (request.url === '/never') {
        console.log('asked');
        return request.socket.on('close', () => console.log('gone'));
      }
      if (request.url === '/endless') {
        const more = () => { while (response.write(Buffer.alloc(60_000))); };
        response.on('drain', more).on('close', () => console.log('closed'));
        return more();
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      let count = 0;
      next = () => { response.write('data: ' + ++count + '\\n\\n'); if (count === 2) response.end(); };
    }).listen(8080);
  `;
  const outcome = await page.evaluate(async (program) => {
    const listening = Promise.withResolvers<number>();
    const run = await window.embedded.start(program, { onServer: (port) => listening.resolve(port) });
    const output = run.output.getReader();
    const printed = async () => (await output.read()).value?.text;
    const port = await listening.promise;
    const get = (path: string, signal?: AbortSignal) =>
      run.request(port, { method: 'GET', path, headers: {} }, signal);
    const decoder = new TextDecoder();
    const events = await get('/');
    const reader = events.body.getReader();
    const seen: unknown[] = [events.status];
    for (let count = 0; count < 2; count++) {
      const piece = reader.read();
      await get('/next');
      seen.push(decoder.decode((await piece).value));
    }
    seen.push((await reader.read()).done);
    const endless = (await get('/endless')).body.getReader();
    let size = 0;
    while (size < 10_000_000) size += (await endless.read()).value?.length ?? 0;
    await endless.cancel();
    seen.push(await printed());
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
    const echo = await run.request(port, { method: 'POST', path: '/echo', headers: {}, body: bytes });
    const back = new Uint8Array(
      await new Response(echo.body as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer(),
    );
    seen.push(
      back.length,
      back.every((byte, index) => byte === bytes[index]),
    );
    const abort = new AbortController();
    const never = get('/never', abort.signal).catch(String);
    seen.push(await printed());
    abort.abort(new Error('enough'));
    seen.push(await never, await printed());
    const open = await get('/');
    await run.kill('SIGKILL');
    seen.push(await open.body.getReader().read().then(String, String));
    return seen;
  }, onTerminal(code));
  expect(outcome).toEqual([
    200,
    'data: 1\n\n',
    'data: 2\n\n',
    true,
    'closed\n',
    300_000,
    true,
    'asked\n',
    'Error: enough',
    'gone\n',
    'Error: The program has ended.',
  ]);
});

test('a WebSocket to a server of the program', async ({ context }) => {
  const page = await openPage(context);
  const code = `
    import { WebSocketServer } from 'ws';
    const server = new WebSocketServer({ port: 8080, handleProtocols: (offered) => [...offered].at(-1) });
    server.on('connection', (socket, request) => {
      socket.send('welcome ' + request.url);
      socket.on('message', (data, isBinary) => {
        if (String(data) === 'bye') return socket.close(4001, 'see you');
        if (String(data) === 'stop') return server.close(() => console.log('closed')), socket.terminate();
        socket.ping();
        socket.send(data, { binary: isBinary });
      });
      socket.on('close', (code, reason) => console.log(code + ' ' + reason));
    });
  `;
  const outcome = await page.evaluate(
    async (program) => {
      const listening = Promise.withResolvers<number>();
      const closedPorts: number[] = [];
      const run = await window.embedded.start(program, {
        onServer: (port) => listening.resolve(port),
        onServerClosed: (port) => closedPorts.push(port),
      });
      const port = await listening.promise;
      const seen: unknown[] = [];
      const socket = await run.connect(port, '/chat?a=1', ['one', 'two']);
      const reader = socket.messages.getReader();
      const next = async () => (await reader.read()).value;
      seen.push(socket.protocol, await next());
      socket.send('é'.repeat(40_000));
      seen.push((await next())?.length);
      socket.send(new Uint8Array(200_000).fill(7));
      const bytes = await next();
      seen.push(bytes?.length, bytes instanceof Uint8Array && bytes.every((byte) => byte === 7));
      socket.send('bye');
      seen.push(await socket.closed, (await reader.read()).done);
      const other = await run.connect(port, '/');
      other.close(3000, 'enough');
      seen.push(await other.closed);
      const last = await run.connect(port, '/');
      last.send('stop');
      seen.push(await last.closed);
      const output = run.output.getReader();
      let printed = '';
      for (let piece = await output.read(); !piece.done; piece = await output.read())
        printed += piece.value.text;
      seen.push(
        await run.exit,
        closedPorts,
        printed.includes('4001 see you'),
        printed.includes('3000 enough'),
      );
      return seen;
    },
    { ...onTerminal(code), packages: ['ws'] },
  );
  expect(outcome).toEqual([
    'two',
    'welcome /chat?a=1',
    40_000,
    200_000,
    true,
    { code: 4001, reason: 'see you' },
    true,
    { code: 3000, reason: 'enough' },
    { code: 1006, reason: '' },
    0,
    [8080],
    true,
    true,
  ]);
});

test('a server without WebSockets says so', async ({ context }) => {
  const page = await openPage(context);
  const code = `
    import { createServer } from 'node:http';
    createServer((_, response) => response.writeHead(404).end()).listen(8080);
  `;
  const outcome = await page.evaluate(async (program) => {
    const listening = Promise.withResolvers<number>();
    const run = await window.embedded.start(program, { onServer: (port) => listening.resolve(port) });
    const port = await listening.promise;
    const refused = [await run.connect(port, '/x').catch(String), await run.connect(1, '/').catch(String)];
    await run.kill('SIGKILL');
    return refused;
  }, onTerminal(code));
  expect(outcome).toEqual([
    'Error: The server answered "404 Not Found": it takes no WebSocket at /x.',
    'Error: Nothing listens on port 1 of the program.',
  ]);
});
