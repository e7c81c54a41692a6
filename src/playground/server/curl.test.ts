import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { toCurl } from './curl.ts';
import type { CurlRequest } from './curl.ts';

const curl = (request: Partial<CurlRequest>) =>
  toCurl({ port: 8080, method: 'GET', path: '/', headers: [], ...request });

/** The words that a shell makes of a command. */
function words(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

test('an ordinary request is short', () => {
  assert.equal(curl({ path: '/a/b' }), 'curl http://localhost:8080/a/b');
  assert.equal(curl({ method: 'HEAD' }), 'curl --head http://localhost:8080/');
  assert.equal(curl({ path: '/?a=1&b=$HOME' }), "curl 'http://localhost:8080/?a=1&b=$HOME'");
});

test('a body is sent as it is, with the type that was given or none', () => {
  assert.equal(
    curl({ method: 'POST', headers: [['Content-Type', 'application/json']], body: '{"a":1}' }),
    "curl \\\n  http://localhost:8080/ \\\n  --header 'Content-Type: application/json' \\\n  --data-raw '{\"a\":1}'",
  );
  assert.deepEqual(words(curl({ method: 'PUT', body: '@file' })), [
    '--request',
    'PUT',
    'http://localhost:8080/',
    '--header',
    'Content-Type:',
    '--data-raw',
    '@file',
  ]);
});

test('nothing that is sent can end its quotes', () => {
  const hostile = `'; rm -rf ~ #"$(id)\`id\`\n\\'`;
  const request = {
    method: hostile,
    path: `/${hostile}`,
    headers: [['X-A', hostile]] as const,
    body: hostile,
  };
  const given = words(curl(request));
  assert.deepEqual(given, [
    '--request',
    hostile,
    `http://localhost:8080/${hostile}`,
    '--header',
    `X-A: ${hostile}`,
    '--header',
    'Content-Type:',
    '--data-raw',
    hostile,
  ]);
});

test('what curl would read as a pattern, as dots or as nothing', () => {
  assert.deepEqual(words(curl({ path: '/a/../b?x[0]={1}', headers: [['X-Empty', '']] })), [
    '--globoff',
    '--path-as-is',
    'http://localhost:8080/a/../b?x[0]={1}',
    '--header',
    'X-Empty;',
  ]);
});
