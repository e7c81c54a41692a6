import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLocation, rewriteLocation } from './page-location.ts';

test('what a script means by location', () => {
  const expected = {
    "location.href = '/x'": "previewLocation.href = '/x'",
    "location = '/x'": "previewLocation.href = '/x'",
    "window.location='/x'": "previewLocation.href='/x'",
    'document.location.reload()': 'previewLocation.reload()',
    '`ws://${location.host}/`': '`ws://${previewLocation.host}/`',
    'new URLSearchParams(location.search)': 'new URLSearchParams(previewLocation.search)',
    'if (location == x) f()': 'if (location == x) f()',
    "const path = location.pathname; go(location.origin + '/x')":
      "const path = previewLocation.pathname; go(previewLocation.origin + '/x')",
  };
  for (const [script, rewritten] of Object.entries(expected))
    assert.equal(rewriteLocation(script), rewritten);
});

test('other things of that name stay', () => {
  for (const script of [
    'user.location.href',
    'user.location = 1',
    '({ location: "Berlin" })',
    'const location = new URL(x); f(location.href)',
    'const { location } = user; f(location.host)',
    'function f(location) { return location.href }',
    'list.map((location) => location.host)',
    'list.map(location => location.host)',
    "'location.href'",
    'relocation.href; my-location.href; $location.href',
  ])
    assert.equal(rewriteLocation(script), script);
});

test('it reads as that of the page, and leads elsewhere', () => {
  const visits: string[] = [];
  const location = createLocation(
    () => 'http://localhost:3000/a?b=c#d',
    (url) => visits.push(url),
  );
  const { href, host, pathname, search, hash } = location as unknown as Location; // what the properties are named after
  assert.deepEqual(
    [href, host, pathname, search, hash],
    ['http://localhost:3000/a?b=c#d', 'localhost:3000', '/a', '?b=c', '#d'],
  );
  assert.equal(location.toString(), href);
  location.reload();
  location.assign('/x');
  Object.assign(location, { search: '?e' });
  assert.deepEqual(visits, [href, '/x', 'http://localhost:3000/a?e#d']);
});
