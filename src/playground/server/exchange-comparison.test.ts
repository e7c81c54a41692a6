import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareExchange } from './exchange-comparison.ts';

const recorded = { status: 200, statusText: 'OK', headers: [], body: 'hömé' };
const answer = (status: number, text: string) => ({ status, body: new TextEncoder().encode(text) });

test('status and body have to be the same', () => {
  assert.deepEqual(compareExchange(recorded, answer(200, 'hömé')), {
    isSame: true,
    sentence: 'Same as recorded on real Node.',
  });
  const sentence = (status: number, text: string) => compareExchange(recorded, answer(status, text)).sentence;
  assert.equal(sentence(200, 'attic'), 'The body differs from the recording.');
  assert.equal(sentence(404, 'hömé'), 'The status differs from the recording, which has 200.');
  assert.equal(sentence(404, ''), 'Status and body differ from the recording, which has 200.');
  assert.equal(sentence(200, '\uFEFFhömé'), 'The body differs from the recording.');
});

test('what is no text is compared byte by byte', () => {
  const bytes = { ...recorded, body: '/wABAg==', encoding: 'base64' } as const;
  assert.equal(compareExchange(bytes, { status: 200, body: Uint8Array.of(255, 0, 1, 2) }).isSame, true);
  assert.equal(compareExchange(bytes, { status: 200, body: Uint8Array.of(255, 0, 1) }).isSame, false);
});
