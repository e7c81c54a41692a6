import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isolate } from './isolation.ts';

const policies = ({ headers }: Response) =>
  ['Opener', 'Embedder', 'Resource'].map((name) => headers.get(`Cross-Origin-${name}-Policy`));

suite('isolation', () => {
  test('adds its headers where the host sends none, or not enough', () => {
    for (const headers of [
      {},
      { 'Cross-Origin-Opener-Policy': 'unsafe-none' },
      { 'Cross-Origin-Embedder-Policy': 'require-corp' },
    ]) {
      const response = isolate(new Response('text', { headers }), 'credentialless');
      assert.deepEqual(policies(response), ['same-origin', 'credentialless', 'same-origin']);
    }
  });

  test('leaves alone what the host has isolated', () => {
    const headers = {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    };
    const response = new Response('text', { headers });
    assert.equal(isolate(response, 'credentialless'), response);
  });

  test('keeps status, body and the other headers', async () => {
    const response = isolate(
      new Response('not here', { status: 404, headers: { 'X-Other': '1' } }),
      'require-corp',
    );
    assert.equal(response.status, 404);
    assert.equal(response.headers.get('X-Other'), '1');
    assert.equal(await response.text(), 'not here');
    assert.equal(isolate(new Response(null, { status: 304 }), 'require-corp').status, 304);
  });
});
