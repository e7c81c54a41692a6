import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageKinds } from './page-kinds.ts';

const program = '<node-snippet data-snippet="a"></node-snippet>';
const page = (files: readonly string[], body = '') =>
  files
    .map((file) =>
      file.endsWith('.css')
        ? `<link rel="stylesheet" href="${file}">`
        : `<script type="module" src="${file}">`,
    )
    .join('') + body;

test('pages that name the same files are of one kind, whatever their order', () => {
  const pages = new Map([
    ['one/', page(['/a.js', '/b.css'], program)],
    ['two/', page(['/b.css', '/a.js'], program + program)],
    ['', page(['/a.js'])],
  ]);
  assert.deepEqual(pageKinds(pages), [
    { path: 'two/', programs: 2, others: 1 },
    { path: '', programs: 0, others: 0 },
  ]);
});

test('the longest page stands for pages with as many programs', () => {
  const pages = new Map([
    ['short/', page(['/a.js'], program)],
    ['long/', page(['/a.js'], `${program}<style>p { color: red }</style>`)],
  ]);
  assert.deepEqual(
    pageKinds(pages).map(({ path }) => path),
    ['long/'],
  );
});

test('icons and other pages do not make a kind', () => {
  const pages = new Map([
    ['one/', `${page(['/a.js'])}<link rel="icon" href="/one.svg"><link rel="next" href="/two/">`],
    ['two/', page(['/a.js'])],
  ]);
  assert.equal(pageKinds(pages).length, 1);
});
