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
  return { run, terminated, post: (message: unknown) => port2.postMessage(message), fail: () => fail(died) };
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
  const body = new Uint8Array();
  post({
    type: 'response',
    id: Number.MAX_SAFE_INTEGER,
    response: { status: 200, statusText: '', headers: [], body },
  });
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
