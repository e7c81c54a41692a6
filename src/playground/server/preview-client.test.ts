import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProgramRequest, ProgramResponse } from '../../engine/engine.ts';
import { formatAddress } from './address.ts';
import { CookieJar } from './cookie-jar.ts';
import { PreviewClient } from './preview-client.ts';

type Answer = Partial<ProgramResponse>;

/** A program that answers from a table of `port/path`, and what it was asked. */
function client(answers: Record<string, Answer>) {
  const asked: string[] = [];
  const requests: ProgramRequest[] = [];
  const jar = new CookieJar();
  const visits = new PreviewClient(async (port, request) => {
    asked.push(`${request.method} ${port}${request.path}`);
    requests.push(request);
    const body = new ReadableStream<Uint8Array>();
    return { status: 200, statusText: '', headers: [], body, ...answers[`${port}${request.path}`] };
  }, jar);
  return { visits, asked, requests };
}

const options = { redirect: 'follow', signal: new AbortController().signal } as const;
const to = (url: string, more = {}) => ({ method: 'GET', url, headers: [], ...more });
const found = (location: string, status = 302): Answer => ({ status, headers: [['Location', location]] });

test('redirects are followed, a form that was posted becomes a GET, cookies go along', async () => {
  const { visits, asked, requests } = client({
    '1/login': {
      status: 303,
      headers: [
        ['Location', '/home'],
        ['Set-Cookie', 'id=7; Path=/'],
      ],
    },
  });
  const body = new TextEncoder().encode('a=1');
  const visit = await visits.visit(
    to('http://localhost:1/login#top', { method: 'POST', headers: [['Content-Type', 'text/plain']], body }),
    options,
  );
  assert.deepEqual(asked, ['POST 1/login', 'GET 1/home']);
  assert.deepEqual({ ...requests[1] }, { method: 'GET', path: '/home', headers: { Cookie: 'id=7' } });
  assert.equal(formatAddress(visit.address), 'http://localhost:1/home#top');
  assert.equal(visit.isRedirected, true);
});

test('307 keeps method and body, manual stays, error fails', async () => {
  const { visits, asked } = client({ '1/a': found('/b', 307), '1/c': found('/d') });
  await visits.visit(to('http://localhost:1/a', { method: 'POST', body: Uint8Array.of(1) }), options);
  assert.deepEqual(asked.splice(0), ['POST 1/a', 'POST 1/b']);
  const visit = await visits.visit(to('http://localhost:1/c'), { ...options, redirect: 'manual' });
  assert.equal(visit.response.status, 302);
  await assert.rejects(
    visits.visit(to('http://localhost:1/c'), { ...options, redirect: 'error' }),
    /leads to/,
  );
});

test('nothing leaves the program, and no redirect is endless', async () => {
  const { visits, asked } = client({ '1/out': found('https://example.com/'), '1/loop': found('/loop') });
  await assert.rejects(visits.visit(to('https://example.com/'), options), /no server of this program/);
  await assert.rejects(visits.visit(to('http://localhost:1/out'), options), /no server of this program/);
  assert.deepEqual(asked.splice(0), ['GET 1/out']);
  await assert.rejects(visits.visit(to('http://localhost:1/loop'), options), /more than 20 times/);
});

test('another port has to allow it', async () => {
  const allow: Answer = { headers: [['Access-Control-Allow-Origin', 'http://localhost:1']] };
  const { visits, asked, requests } = client({ '2/open': allow, '2/json': { ...allow, status: 204 } });
  const from = { port: 1, path: '/', hash: '' };
  await visits.visit(to('http://localhost:2/open'), { ...options, from });
  assert.deepEqual({ ...requests[0]?.headers }, { Origin: 'http://localhost:1' });
  await assert.rejects(
    visits.visit(to('http://localhost:2/closed'), { ...options, from }),
    /may not read it/,
  );
  await visits.visit(to('http://localhost:2/closed'), options);
  const put = to('http://localhost:2/json', { method: 'PUT' });
  await assert.rejects(visits.visit(put, { ...options, from }), /Allow-Methods does not have PUT/);
  assert.deepEqual(asked, ['GET 2/open', 'GET 2/closed', 'GET 2/closed', 'OPTIONS 2/json']);
});
