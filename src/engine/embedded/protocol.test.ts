import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFrameMessage, readProcessMessage } from './protocol.ts';

const head = { status: 200, statusText: 'OK', headers: [['a', 'b']] };

test('messages of a process are read', () => {
  const messages = [
    { type: 'output', fd: 1, bytes: new Uint8Array(3) },
    { type: 'listening', port: 8080 },
    { type: 'server-closed', port: 8080 },
    { type: 'echo', text: '^C' },
    { type: 'input-wanted' },
    { type: 'response', id: 1, head },
    { type: 'body', id: 1, bytes: new Uint8Array(2) },
    { type: 'body-end', id: 1 },
    { type: 'connected', id: 2, protocol: '' },
    { type: 'message', id: 2, message: 'text' },
    { type: 'message', id: 2, message: new Uint8Array(2) },
    { type: 'closed', id: 2, code: 1000, reason: 'done' },
    { type: 'request-failed', id: 2, message: 'refused' },
    { type: 'crashed', message: 'why' },
    { type: 'exit', code: 3 },
  ];
  for (const message of messages) assert.deepEqual(readProcessMessage(message), message);
});

test('an exit code is that of a shell', () => {
  assert.deepEqual(readProcessMessage({ type: 'exit', code: -1 }), { type: 'exit', code: 255 });
});

test('what is no message is dropped', () => {
  const forged = [
    undefined,
    null,
    'exit',
    [],
    {},
    { type: 'exit' },
    { type: 'exit', code: '0' },
    { type: 'exit', code: 0.5 },
    { type: 'output', fd: 3, bytes: new Uint8Array() },
    { type: 'output', fd: 1, bytes: '<script>' },
    { type: 'listening', port: -1 },
    { type: 'listening', port: 65_536 },
    { type: 'response', id: 1, head: { ...head, status: '200' } },
    { type: 'response', id: 1, head: { ...head, headers: [['a', 1]] } },
    { type: 'body', id: 1, bytes: [1] },
    { type: 'body-end', id: -1 },
    { type: 'message', id: 1, message: { text: 'x' } },
    { type: 'closed', id: 1, code: 70_000, reason: '' },
    { type: 'echo', text: 'x'.repeat(200_000) },
    { type: 'crashed', message: 'x'.repeat(200_000) },
    { type: 'navigate', url: 'https://example.com' },
    Object.create({ type: 'exit', code: 0 }),
  ];
  for (const message of forged) assert.equal(readProcessMessage(message), undefined);
});

test('members that a message inherits do not count', () => {
  assert.equal(readProcessMessage(JSON.parse('{"__proto__": {"code": 0}, "type": "exit"}')), undefined);
});

test('nothing of the sender runs while a message is read', () => {
  const run = (): never => assert.fail('code of the sender ran');
  const getters = Object.defineProperties({ type: 'exit' }, { code: { get: run, enumerable: true } });
  assert.equal(readProcessMessage(getters), undefined);
  const headers = Object.defineProperty([['a', 'b']], '0', { get: run });
  assert.equal(readProcessMessage({ type: 'response', id: 1, head: { ...head, headers } }), undefined);
  const iterable = Object.assign([['a', 'b']], {
    [Symbol.iterator]: run,
    map: run,
    flatMap: run,
    toJSON: run,
  });
  assert.deepEqual(readProcessMessage({ type: 'response', id: 1, head: { ...head, headers: iterable } }), {
    type: 'response',
    id: 1,
    head,
  });
  assert.equal(readProcessMessage({ type: 'exit', code: { valueOf: run } }), undefined);
  assert.equal(readProcessMessage({ type: { toString: run }, code: 0 }), undefined);
});

test('what was read is a copy with known members', () => {
  const forged = {
    ...JSON.parse('{"__proto__": {"stream": "html"}}'),
    type: 'exit',
    code: 0,
    html: '<script>',
  };
  const message = readProcessMessage(forged);
  assert.deepEqual(Reflect.ownKeys(message ?? {}), ['type', 'code']);
  assert.equal(Object.getPrototypeOf(message), Object.prototype);
});

test('messages of the frame are read', () => {
  const messages = [
    { type: 'alive' },
    { type: 'part-wanted', name: 'test' },
    { type: 'failed', process: 1, message: 'why' },
  ];
  for (const message of messages) assert.deepEqual(readFrameMessage(message), message);
  const forged = [
    undefined,
    'alive',
    { name: 'test' },
    { type: 'part-wanted', name: 5 },
    { type: 'part-wanted', name: 'x'.repeat(200_000) },
    { type: 'failed', process: '1', message: 'why' },
    { type: 'exit', code: 0 },
  ];
  for (const message of forged) assert.equal(readFrameMessage(message), undefined);
});
