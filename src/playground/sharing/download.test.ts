import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { nodeVersion, projectSourceOf } from './download.ts';

const program = {
  title: 't',
  files: { 'main.mjs': `import limit from 'limit';` },
  entry: 'main.mjs',
  args: [],
  env: {},
};
const manifest = {
  packages: {
    express: { version: '5.0.0', archive: 'express.1.bin', size: 7, needs: [] },
    limit: { version: '8.0.0', archive: 'limit.1.bin', size: 5, needs: ['express'] },
    zod: { version: '4.0.0', archive: 'zod.1.bin', size: 3, needs: [] },
  },
};

/** A page of a site under `/book/` whose server gives this answer; returns what was asked for. */
function onPage(context: TestContext, answer: Response): string[] {
  const asked: string[] = [];
  Object.assign(globalThis, {
    document: { documentElement: { dataset: { base: '/book/' } } },
    location: new URL('https://site.example/book/play/#program=abc'),
  });
  context.after(() => {
    Reflect.deleteProperty(globalThis, 'document');
    Reflect.deleteProperty(globalThis, 'location');
  });
  context.mock.method(globalThis, 'fetch', (url: string) => {
    asked.push(url);
    return Promise.resolve(answer);
  });
  return asked;
}

test('a project needs the packages that its files mention, in the versions of the site', async (context) => {
  const asked = onPage(context, Response.json(manifest));
  assert.deepEqual(await projectSourceOf(program, ['zod']), {
    ...program,
    dependencies: { express: '5.0.0', limit: '8.0.0', zod: '4.0.0' },
    url: 'https://site.example/book/play/',
    nodeVersion: 24,
  });
  assert.deepEqual(asked, ['/book/packages/manifest.json']);
});

test('without the list there is a sentence', async (context) => {
  onPage(context, new Response('<!doctype html>', { status: 404 }));
  await assert.rejects(projectSourceOf(program, []), { name: 'ShareError', message: /could not be loaded/ });
});

test('it is the Node of the book', () => {
  const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly devDependencies: { readonly node: string };
  };
  assert.equal(Number.parseInt(devDependencies.node, 10), nodeVersion);
});
