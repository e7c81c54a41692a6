/** Terminals, live requests and WebSockets of programs in a WebContainer, with the unmodified client. */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Program } from '../src/engine/engine.ts';
import { openEnginePage, stopClock } from './engine-page.ts';
import { singleFile } from './single-file.ts';
import { installWebContainerDouble } from './webcontainer-double/index.ts';

const programWith = (code: string, more: Partial<Program> = {}): Program => ({
  ...singleFile(code),
  ...more,
});

const TERMINAL = { terminal: { columns: 80, rows: 24 } };

test('a terminal has a size, which may change, and a raw mode', async ({ context }) => {
  await installWebContainerDouble(context);
  const page = await openEnginePage(context);
  const program = programWith(
    `import { stdin, stdout } from 'node:process';
    console.log(stdin.isTTY, stdout.isTTY, stdout.columns, stdout.rows, stdout.hasColors(), process.env.TERM);
    stdout.on('resize', () => console.log(\`resize \${stdout.getWindowSize().join(' ')}\`));
    stdin.setEncoding('utf8').once('data', (line) => {
      console.log(JSON.stringify(line));
      stdin.setRawMode(true);
      console.log('raw');
      stdin.once('data', (keys) => {
        console.log(JSON.stringify(keys));
        process.exit(4);
      });
    });`,
    TERMINAL,
  );
  const outcome = await page.evaluate(async (given) => {
    const { engines, readUntil } = window.enginePage;
    const { run } = await engines.start(given);
    const writer = run.stdin.getWriter();
    let shown = await readUntil(run.output, 'xterm-256color\n');
    run.resize({ columns: 100, rows: 40 });
    shown += await readUntil(run.output, 'resize 100 40\n');
    await writer.write('typo\x15line\r');
    shown += await readUntil(run.output, 'raw\n');
    await writer.write('\x03');
    shown += await readUntil(run.output, '"\n');
    return { shown, exit: await run.exit };
  }, program);
  // Between them stands what the terminal shows of what was typed.
  expect(stripVTControlCharacters(outcome.shown)).toMatch(
    /^true true 80 24 true xterm-256color\nresize 100 40\n[^]*line\n"line\\n"\nraw\n"\\u0003"\n$/,
  );
  expect(outcome.exit).toBe(4);
});

test('Ctrl+C in a terminal is SIGINT, and Ctrl+D the end of input', async ({ context }) => {
  await installWebContainerDouble(context);
  const page = await openEnginePage(context);
  const program = programWith(
    `process.on('SIGINT', () => console.log('interrupted'));
    console.log('ready');
    for await (const line of process.stdin.setEncoding('utf8')) console.log(JSON.stringify(line));
    console.log('end');`,
    { ...TERMINAL, stdin: 'given\n' },
  );
  const exit = await page.evaluate(async (given) => {
    const { engines, readUntil } = window.enginePage;
    const { run } = await engines.start(given);
    const writer = run.stdin.getWriter();
    await readUntil(run.output, '"given\\n"\n');
    await writer.write('\x03');
    await readUntil(run.output, 'interrupted\n');
    await writer.write('\x04');
    await readUntil(run.output, 'end\n');
    return run.exit;
  }, program);
  expect(exit).toBe(0);
});

test('Stop interrupts a program on a terminal', async ({ context }) => {
  await installWebContainerDouble(context);
  const page = await openEnginePage(context);
  const program = programWith(`console.log('on'); setInterval(() => {}, 1000);`, TERMINAL);
  const exits = await page.evaluate(async (given) => {
    const { engines, readUntil } = window.enginePage;
    const codes: number[] = [];
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const { run } = await engines.start(given);
      await readUntil(run.output, 'on\n');
      await run.kill(signal);
      codes.push(await run.exit);
    }
    return codes;
  }, program);
  expect(exits).toEqual([130, 143]);
});

test('the body of an answer arrives as it is sent, until nobody wants it', async ({ context }) => {
  await installWebContainerDouble(context);
  const page = await openEnginePage(context);
  const program = programWith(
    `import { createServer } from 'node:http';
    createServer((request, response) => {
      response.write('first\\n');
      request.on('close', () => {});
      response.on('close', () => console.log(\`\${request.url} closed \${response.writableFinished}\`));
      if (request.url === '/rest') process.stdin.once('data', () => response.end('last\\n'));
    }).listen(0);`,
    TERMINAL,
  );
  const seen = await page.evaluate(async (given) => {
    const { engines, readUntil } = window.enginePage;
    const listening = Promise.withResolvers<number>();
    const { run } = await engines.start(given, { onServer: listening.resolve });
    const port = await listening.promise;
    const decode = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes?.slice());
    const request = (path: string, signal?: AbortSignal) =>
      run.request(port, { method: 'GET', path, headers: {} }, signal);
    const values: unknown[] = [];

    const rest = (await request('/rest')).body.getReader();
    values.push(decode((await rest.read()).value));
    await run.stdin.getWriter().write('go\r');
    values.push(decode((await rest.read()).value), (await rest.read()).done);
    await readUntil(run.output, '/rest closed true\n');

    const cancelled = (await request('/cancelled')).body.getReader();
    await cancelled.read();
    await cancelled.cancel();
    await readUntil(run.output, '/cancelled closed false\n');

    const stop = new AbortController();
    const aborted = (await request('/aborted', stop.signal)).body.getReader();
    await aborted.read();
    stop.abort(new Error('enough'));
    values.push(await aborted.read().catch(String));
    await readUntil(run.output, '/aborted closed false\n');

    const ended = (await request('/ended')).body.getReader();
    await ended.read();
    await run.kill('SIGKILL');
    values.push(await ended.read().catch(String));
    return values;
  }, program);
  expect(seen).toEqual([
    'first\n',
    'last\n',
    true,
    'Error: enough',
    expect.stringMatching(
      /^Error: The program('s server did not answer: aborted| ended with code 143 before)/,
    ),
  ]);
});

test('a WebSocket reaches a server of the program through a client inside', async ({ context }) => {
  await installWebContainerDouble(context);
  const page = await openEnginePage(context);
  const program = programWith(`import { WebSocketServer } from 'ws';
    new WebSocketServer({ port: 0 }).on('connection', (socket) => {
      socket.on('message', (data, binary) => socket.send(data, { binary }));
    });`);
  const opened = await page.evaluateHandle(async (given) => {
    const listening = Promise.withResolvers<number>();
    const { run } = await window.enginePage.engines.start(given, { onServer: listening.resolve });
    const port = await listening.promise;
    const socket = await run.connect(port, '/chat', ['one']);
    const reader = socket.messages.getReader();
    const values: unknown[] = [socket.protocol];
    socket.send('é'.repeat(3000));
    values.push(String((await reader.read()).value).length);
    socket.send(Uint8Array.of(1, 2));
    values.push(Array.from((await reader.read()).value as Uint8Array)); // Sent back as it was.
    return { run, port, socket, reader, values };
  }, program);
  // A server that does not answer to the end of a WebSocket is given up.
  await stopClock(page);
  await opened.evaluate(async ({ socket, reader, values }) => {
    socket.close(3000, 'enough');
    values.push((await socket.closed).code, (await reader.read()).done);
  });
  await page.clock.resume();
  const seen = await opened.evaluate(async ({ run, port, values }) => {
    values.push(await run.connect(1, '/').catch(String));
    const left = await run.connect(port, '/');
    await run.kill('SIGTERM');
    values.push(await left.closed, await run.connect(port, '/').catch(String));
    return values;
  });
  expect(seen).toEqual([
    'one',
    3000,
    [1, 2],
    3000,
    true,
    "Error: The program's server takes no WebSocket at /.",
    { code: 1006, reason: '' },
    'Error: The program ended with code 143 before it answered.',
  ]);
});

test('nothing waits for a program whose container was torn down', async ({ context }) => {
  await installWebContainerDouble(context, { ignoresKill: true });
  const page = await openEnginePage(context, { webcontainer: { killGrace: 100 } });
  const program = programWith(`import { createServer } from 'node:http';
    import { WebSocketServer } from 'ws';
    const server = createServer((request, response) => response.write('first'));
    new WebSocketServer({ server });
    server.listen(0);`);
  const seen = await page.evaluate(async (given) => {
    const { engines } = window.enginePage;
    const ports: number[] = [];
    const second = Promise.withResolvers<void>();
    const onServer = (port: number) => {
      if (ports.push(port) === 2) second.resolve();
    };
    const runs = [await engines.start(given, { onServer }), await engines.start(given, { onServer })];
    await second.promise;
    const answers = await Promise.all(
      ports.map(async (port, at) => {
        const run = runs[at]?.run;
        const socket = await run?.connect(port, '/');
        const answer = await run?.request(port, { method: 'GET', path: '/', headers: {} });
        const reader = answer?.body.getReader();
        await reader?.read();
        return { socket, rest: reader?.read().catch(String) };
      }),
    );
    await runs[0]?.run.kill('SIGKILL');
    return Promise.all(answers.map(async ({ socket, rest }) => [(await socket?.closed)?.code, await rest]));
  }, program);
  expect(seen).toEqual([
    [1006, 'Error: The program was stopped before it answered.'],
    [1006, 'EngineError: WebContainer was restarted to stop another program.'],
  ]);
});
