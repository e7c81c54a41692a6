import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, suite, test } from 'node:test';
import { editionOf } from './service-worker.ts';
import { shellOf } from './shell.ts';
import { filesOf } from './site-files.ts';

const site: Readonly<Record<string, string>> = {
  'index.html':
    '<html><link rel="stylesheet" href="/repo/_astro/page.AbCdEf12.css"><link rel="icon" href="/repo/icon.svg"><link rel="canonical" href="https://example.org/"><script type="module" src="/repo/_astro/page.AbCdEf12.js"></script><p>Text</p></html>',
  'a/chapter/index.html': '<html><img src="/repo/a.png"></html>',
  'offline/index.html': '<html>Not kept</html>',
  '404.html': '<html>Not found</html>',
  _headers: '/*',
  '_astro/page.AbCdEf12.css': 'p {}',
  '_astro/page.AbCdEf12.js': 'import"./shared.AbCdEf12.js";import("./late.AbCdEf12.js");',
  '_astro/shared.AbCdEf12.js': 'export{};',
  '_astro/late.AbCdEf12.js': 'export{};',
  'engine/library.0123456789ab.txt': 'library',
  'icon.svg': '<svg/>',
  'a.png': 'picture of a page',
  'card.png': 'picture for elsewhere',
  'feed.xml': '<rss/>',
  'llms.txt': '# Book',
  'book.epub': 'zip',
};

suite('the files of a site', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'loopbook-site-'));
  after(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(site)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }

  test('that a reader can keep are those that pages show or load', async () => {
    const files = await filesOf(directory);
    assert.deepEqual(
      files.map(({ path, part }) => `${part} ${path}`),
      [
        'text _astro/late.AbCdEf12.js',
        'text _astro/page.AbCdEf12.css',
        'text _astro/page.AbCdEf12.js',
        'text _astro/shared.AbCdEf12.js',
        'text a.png',
        'text a/chapter/',
        'engine engine/library.0123456789ab.txt',
        'text icon.svg',
        'text ',
        'text offline/',
      ],
    );
  });

  test('that every page needs are the shell, with what its scripts import', async () => {
    const shell = await shellOf(await filesOf(directory), { directory, base: '/repo/' });
    assert.deepEqual(
      shell.map(({ path }) => path),
      [
        '_astro/page.AbCdEf12.css',
        '_astro/page.AbCdEf12.js',
        '_astro/shared.AbCdEf12.js',
        'icon.svg',
        'offline/',
      ],
    );
  });

  test('are another edition when their content changes, and only then', async () => {
    const before = editionOf(await filesOf(directory));
    await utimes(join(directory, 'index.html'), 1, 1);
    assert.deepEqual(editionOf(await filesOf(directory)), before);
    await writeFile(join(directory, 'a/chapter/index.html'), '<html>Other</html>');
    assert.notEqual(editionOf(await filesOf(directory)).edition, before.edition);
  });
});
