import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preflightOf, preflightRefusalOf, refusalOf } from './cross-origin.ts';

const origin = 'http://localhost:3000';
const get = { method: 'GET', url: 'http://localhost:4000/', headers: [['Accept', '*/*']] as const };
const post = { ...get, method: 'POST', headers: [['Content-Type', 'application/json']] as const };

test('plain requests are sent at once, others ask first', () => {
  assert.equal(preflightOf(get), undefined);
  assert.equal(preflightOf({ ...post, headers: [['content-type', 'text/plain;charset=UTF-8']] }), undefined);
  assert.deepEqual(preflightOf({ ...post, headers: [...post.headers, ['X-Token', '1']] })?.headers, [
    ['Accept', '*/*'],
    ['Access-Control-Request-Method', 'POST'],
    ['Access-Control-Request-Headers', 'content-type,x-token'],
  ]);
  assert.equal(preflightOf({ ...get, method: 'DELETE' })?.method, 'OPTIONS');
});

test('an answer has to name the origin, or all', () => {
  assert.equal(refusalOf([['Access-Control-Allow-Origin', '*']], origin), undefined);
  assert.equal(refusalOf([['access-control-allow-origin', origin]], origin), undefined);
  assert.match(
    refusalOf([['access-control-allow-origin', 'http://localhost:1']], origin) ?? '',
    /localhost:1/,
  );
  assert.match(refusalOf([], origin) ?? '', /^The answer has no Access-Control-Allow-Origin/);
});

test('a preflight has to allow method and headers', () => {
  const allow = (...headers: [string, string][]) => ({
    status: 204,
    headers: [['Access-Control-Allow-Origin', '*'] as const, ...headers],
  });
  const refused = (answer: ReturnType<typeof allow>, request: typeof get | typeof post) =>
    preflightRefusalOf(answer, request, origin);
  assert.equal(refused(allow(['Access-Control-Allow-Headers', 'Content-Type']), post), undefined);
  assert.match(refused(allow(), post) ?? '', /Allow-Headers does not have content-type/);
  assert.match(
    refused({ ...allow(), status: 404 }, post) ?? '',
    /answered the preflight \(OPTIONS\) with 404/,
  );
  assert.match(refused(allow(), { ...get, method: 'PUT' }) ?? '', /Allow-Methods does not have PUT/);
  assert.equal(
    refused(allow(['access-control-allow-methods', 'GET, PUT']), { ...get, method: 'PUT' }),
    undefined,
  );
});
