import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPreviewMessage } from './preview-protocol.ts';

const request = {
  method: 'POST',
  url: 'http://localhost:1/',
  headers: [['X-A', 'b']],
  body: Uint8Array.of(1),
};

test('what it says is read', () => {
  for (const message of [
    { type: 'request', id: 1, request, redirect: 'follow' },
    { type: 'request', id: 1, request: { method: 'GET', url: '', headers: [] }, redirect: 'manual' },
    { type: 'pull', id: 1 },
    { type: 'cancel', id: 1 },
    { type: 'connect', id: 2, url: 'ws://localhost/', protocols: ['a'] },
    { type: 'send', id: 2, message: 'x' },
    { type: 'send', id: 2, message: Uint8Array.of(1) },
    { type: 'close', id: 2, code: 1000, reason: '' },
    { type: 'navigate', request },
    { type: 'address', url: '/x' },
    { type: 'cookie', text: 'a=b' },
  ])
    assert.deepEqual(readPreviewMessage(message), message);
});

test('what it adds is left behind', () => {
  const own = JSON.parse('{ "type": "pull", "id": 1, "__proto__": { "x": 1 }, "more": 2 }');
  assert.deepEqual(readPreviewMessage(own), { type: 'pull', id: 1 });
});

test('what is none is undefined', () => {
  const withRequest = (change: object) => ({ type: 'navigate', request: { ...request, ...change } });
  for (const data of [
    undefined,
    null,
    'loopbook:preview-ready',
    [],
    {},
    { type: 'show', html: '' },
    { type: 'pull' },
    { type: 'pull', id: -1 },
    { type: 'pull', id: 1.5 },
    { type: 'pull', id: '1' },
    { type: 'request', id: 1, request, redirect: 'whatever' },
    withRequest({ method: 'GET / HTTP/1.1\r\n' }),
    withRequest({ method: '' }),
    withRequest({ url: 'x'.repeat(20_001) }),
    withRequest({ headers: [['a', 'b\r\nX: y']] }),
    withRequest({ headers: [['a b', 'c']] }),
    withRequest({ headers: [['a']] }),
    withRequest({ headers: Array.from({ length: 101 }, () => ['a', 'b']) }),
    withRequest({ body: 'text' }),
    withRequest({ body: { length: 1 } }),
    withRequest({ body: new Uint8Array(16_000_001) }),
    { type: 'connect', id: 1, url: 'x', protocols: ['a b'] },
    { type: 'close', id: 1, code: 1000, reason: 'x'.repeat(124) },
    { type: 'send', id: 1, message: 5 },
    { type: 'constructor' },
  ])
    assert.equal(readPreviewMessage(data), undefined, JSON.stringify(data)?.slice(0, 100));
});
