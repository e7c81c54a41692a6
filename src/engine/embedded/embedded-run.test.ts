import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineError, type Program, type StartOptions } from '../engine.ts';
import type { OnFailure } from './frame-connection.ts';
import { EmbeddedRun } from './embedded-run.ts';

const program: Program = { files: {}, packages: [], command: ['node', 'main.mjs'], env: {} };

/** A run whose other end is in the test's hands. */
function start(options: StartOptions = {}) {
  const { port1, port2 } = new MessageChannel();
  const terminated: number[] = [];
  let fail: OnFailure = () => {};
  const connection = {
    start(_program: unknown, onFailure: OnFailure) {
      fail = onFailure;
      return { process: 5, port: port1 };
    },
    acknowledge() {},
    terminate: (process: number) => void terminated.push(process),
  };
  const run = new EmbeddedRun(connection, program, { archives: new Map(), advice: '' }, options);
  const received: { type: string; id?: number }[] = [];
  let heard = (): void => {};
  port2.onmessage = ({ data }: MessageEvent<{ type: string; id?: number }>) => {
    received.push(data);
    heard();
  };
  run.exit.finally(() => port2.close()).catch(() => {});
  /** What the page has sent, once it is so many. */
  async function commands(count: number): Promise<typeof received> {
    while (received.length < count) await new Promise<void>((resolve) => (heard = resolve));
    return received;
  }
  const post = (message: unknown): void => port2.postMessage(message);
  return { run, terminated, post, commands, fail: () => fail(died) };
}

const died = new EngineError('embedded', 'limit', 'The browser ended the program.');

async function textOf(run: EmbeddedRun): Promise<string> {
  let text = '';
  for await (const chunk of run.output) text += `${chunk.stream}: ${chunk.text}`;
  return text;
}

const output = (text: string, fd = 1) => ({ type: 'output', fd, bytes: new TextEncoder().encode(text) });

test('what a process says after its exit is not heard', async () => {
  const servers: number[] = [];
  const { run, terminated, post } = start({ onServer: (port) => servers.push(port) });
  post(output('a', 2));
  for (const message of [{ type: 'exit', code: 3 }, output('b'), { type: 'exit', code: 0 }]) post(message);
  post({ type: 'listening', port: 80 });
  assert.equal(await textOf(run), 'stderr: a');
  assert.equal(await run.exit, 3);
  assert.deepEqual({ terminated, servers }, { terminated: [5], servers: [] });
});

test('a process that does not keep to the protocol is ended', async () => {
  const forged = [
    'exit',
    { type: 'exit', code: '0' },
    { type: 'output', fd: 7, bytes: new Uint8Array() },
    { type: 'output', fd: 1, bytes: new Uint8Array(2 ** 20 + 1) },
    { type: 'output', fd: 1, bytes: new Uint8Array(new SharedArrayBuffer(8)) },
    { type: 'output', fd: 1, bytes: new Uint8Array(new ArrayBuffer(8, { maxByteLength: 16 })) },
    { type: 'listening', port: 1e9 },
    { type: 'navigate', url: 'https://example.com/' },
  ];
  for (const message of forged) {
    const { run, terminated, post } = start();
    post(message);
    await assert.rejects(run.exit, { name: 'EngineError', code: 'crashed' });
    assert.equal(await textOf(run), '');
    assert.deepEqual(terminated, [5]);
  }
});

test('an answer to a request that nobody made is nothing', async () => {
  const { run, post } = start();
  const head = { status: 200, statusText: '', headers: [] };
  post({ type: 'response', id: Number.MAX_SAFE_INTEGER, head });
  post({ type: 'body', id: 1, bytes: new Uint8Array(1) });
  post({ type: 'closed', id: 1, code: 1000, reason: '' });
  post({ type: 'request-failed', id: 0, message: '' });
  post({ type: 'exit', code: 0 });
  assert.equal(await run.exit, 0);
});

test('a program that prints without end is stopped, and the reader is told how much it printed', async () => {
  const { run, terminated, post } = start();
  const bytes = new Uint8Array(2 ** 20);
  for (let count = 0; count <= 256; count++) post({ type: 'output', fd: 1, bytes });
  let length = 0;
  for await (const { text } of run.output) length += text.length;
  assert.equal(length, 256 * 2 ** 20);
  await assert.rejects(run.exit, { code: 'limit', message: /printed more than 256 MB/ });
  assert.deepEqual(terminated, [5]);
});

test('a request ends with the program that was asked', async () => {
  const { run, fail } = start();
  const answer = run.request(80, { method: 'GET', path: '/', headers: {} });
  fail();
  await assert.rejects(answer, /The program has ended/);
  await assert.rejects(run.exit, died);
  await run.kill('SIGINT');
});

test('an answer comes in pieces, each when it is asked for', async () => {
  const { run, post, commands } = start();
  const asked = run.request(80, { method: 'GET', path: '/', headers: {}, body: 'é' });
  const [request] = await commands(1);
  assert.deepEqual(request, {
    type: 'request',
    id: 1,
    port: 80,
    request: { method: 'GET', path: '/', headers: {}, body: new TextEncoder().encode('é') },
  });
  post({ type: 'response', id: 1, head: { status: 204, statusText: 'No', headers: [['a', 'b']] } });
  const { status, headers, body } = await asked;
  assert.deepEqual([status, headers], [204, [['a', 'b']]]);
  assert.deepEqual((await commands(2)).at(-1), { type: 'pull', id: 1 });
  post({ type: 'body', id: 1, bytes: Uint8Array.of(1) });
  const reader = body.getReader();
  assert.deepEqual((await reader.read()).value, Uint8Array.of(1));
  post({ type: 'body-end', id: 1 });
  assert.equal((await reader.read()).done, true);
  post({ type: 'exit', code: 0 });
  await run.exit;
});

test('a request that is aborted or whose body is cancelled is broken off', async () => {
  const { run, post, commands } = start();
  const request = { method: 'GET', path: '/', headers: {} };
  const abort = new AbortController();
  const aborted = run.request(80, request, abort.signal);
  abort.abort(new Error('enough'));
  await assert.rejects(aborted, /enough/);
  await assert.rejects(run.request(80, request, abort.signal), /enough/);
  const asked = run.request(80, request);
  post({ type: 'response', id: 3, head: { status: 200, statusText: '', headers: [] } });
  await (await asked).body.cancel();
  const cancelled = (await commands(5)).filter(({ type }) => type === 'cancel').map(({ id }) => id);
  assert.deepEqual(cancelled, [1, 3]);
  post({ type: 'exit', code: 0 });
  await run.exit;
});

test('a WebSocket opens, carries messages, and ends with the program at the latest', async () => {
  const { run, post, commands } = start();
  const refused = run.connect(80, '/a');
  const opening = run.connect(80, '/b', ['chat']);
  post({ type: 'request-failed', id: 1, message: 'no' });
  post({ type: 'connected', id: 2, protocol: 'chat' });
  await assert.rejects(refused, /^Error: no$/);
  const socket = await opening;
  assert.equal(socket.protocol, 'chat');
  socket.send('hi');
  assert.throws(() => socket.close(1001), RangeError);
  assert.throws(() => socket.close(3000, 'x'.repeat(124)), RangeError);
  socket.close(3000, 'done');
  const sent = (await commands(6)).filter(({ type }) => type === 'send' || type === 'close');
  assert.deepEqual(sent, [
    { type: 'send', id: 2, message: 'hi' },
    { type: 'close', id: 2, code: 3000, reason: 'done' },
  ]);
  post({ type: 'message', id: 2, message: 'one' });
  const reader = socket.messages.getReader();
  assert.equal((await reader.read()).value, 'one');
  post({ type: 'exit', code: 0 });
  assert.deepEqual(await socket.closed, { code: 1006, reason: 'The program has ended.' });
  assert.equal((await reader.read()).done, true);
});

test('what the terminal shows is of neither stream; that input is wanted and servers close is told', async () => {
  const told: string[] = [];
  const { run, post } = start({
    onInputWanted: () => told.push('wanted'),
    onServerClosed: (port) => told.push(`closed ${port}`),
  });
  post({ type: 'echo', text: 'typed' });
  post({ type: 'input-wanted' });
  post({ type: 'server-closed', port: 80 });
  post({ type: 'exit', code: 0 });
  assert.equal(await textOf(run), 'both: typed');
  assert.deepEqual(told, ['wanted', 'closed 80']);
});
