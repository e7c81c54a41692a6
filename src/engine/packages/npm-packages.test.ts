import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Program } from '../engine.ts';
import { parsePackageManifest } from './manifest.ts';
import { importedPackages, NpmPackages } from './npm-packages.ts';

const manifest = {
  packages: {
    express: { version: '5.0.0', archive: 'express.1.bin', size: 7, needs: [] },
    limit: { version: '8.0.0', archive: 'limit.1.bin', size: 5, needs: ['express'] },
    '@scope/name': { version: '1.0.0', archive: 'scope-name.1.bin', size: 1, needs: [] },
    zod: { version: '4.0.0', archive: 'zod.1.bin', size: 3, needs: [] },
  },
};
const program = (code: string, more: Partial<Program> = {}): Program => ({
  files: { 'main.mjs': code },
  packages: [],
  command: ['node', 'main.mjs'],
  env: {},
  ...more,
});

suite('the packages that a program imports', () => {
  const mentioned = (code: string, more?: Partial<Program>): string[] =>
    importedPackages(program(code, more), parsePackageManifest(manifest));

  const forms: Readonly<Record<string, string>> = {
    'an import': `import { z } from 'zod';`,
    'an import without blanks': `import*as z from"zod"`,
    'a dynamic import': 'await import(`zod`)',
    'a require by another name': `const load = createRequire(import.meta.url); load('zod');`,
    'a subpath': `export * from 'zod/v4/mini.js'`,
    'a manifest': `{ "dependencies": { "zod": "^4" } }`,
  };
  for (const [form, code] of Object.entries(forms)) {
    test(`are seen in ${form}`, () => assert.deepEqual(mentioned(code), ['zod']));
  }

  test('are seen with their scope', () => {
    assert.deepEqual(mentioned(`import '@scope/name/deep';`), ['@scope/name']);
  });

  test('come with those that they need, in the order of the list', () => {
    assert.deepEqual(mentioned(`import 'zod'; import 'limit';`), ['express', 'limit', 'zod']);
  });

  test('are seen on the command line and in the environment', () => {
    assert.deepEqual(mentioned('', { command: ['node', '--import', 'zod/register', 'main.mjs'] }), ['zod']);
    assert.deepEqual(mentioned('', { env: { NODE_OPTIONS: '--no-warnings --require=express' } }), [
      'express',
    ]);
  });

  test('are those that its author names', () => {
    assert.deepEqual(mentioned('', { packages: ['zod', 'unknown'] }), ['zod']);
  });

  test('are not those that it brings itself', () => {
    const files = { 'main.mjs': `import 'zod'; import 'express';`, 'node_modules/zod/index.js': '' };
    assert.deepEqual(mentioned('', { files }), ['express']);
  });

  test('are not words, files or other packages', () => {
    assert.deepEqual(
      mentioned(`// zod\nimport './zod'; import 'zod-like'; import 'my/zod'; console.log('use zod');`),
      [],
    );
  });
});

suite('the packages of a site', () => {
  /** Answers for the site; returns what was asked for. */
  function serve(context: TestContext, files: Record<string, BodyInit | null>): string[] {
    const asked: string[] = [];
    Object.assign(globalThis, { document: { baseURI: 'https://site.example/book/chapter/' } });
    context.after(() => Reflect.deleteProperty(globalThis, 'document'));
    context.mock.method(globalThis, 'fetch', (url: URL) => {
      asked.push(url.href);
      const body = files[url.pathname.slice('/packages/'.length)];
      return Promise.resolve(body === undefined ? new Response('', { status: 404 }) : new Response(body));
    });
    return asked;
  }
  const list = JSON.stringify(manifest);

  test('are loaded once, and only those that are imported', async (context) => {
    const asked = serve(context, { 'manifest.json': list, 'zod.1.bin': gzipSync('tar') });
    const packages = new NpmPackages('/packages/');
    for (const _ of [1, 2]) {
      const { archives, advice } = await packages.provide(program(`import 'zod'`));
      assert.deepEqual([...archives], [['zod', new TextEncoder().encode('tar')]]);
      assert.match(advice, /express, limit, @scope\/name, zod\.$/);
    }
    assert.deepEqual(asked, [
      'https://site.example/packages/manifest.json',
      'https://site.example/packages/zod.1.bin',
    ]);
  });

  test('are no advice to a program that has a node_modules of its own', async (context) => {
    serve(context, { 'manifest.json': list });
    const files = { 'main.mjs': `import 'own'; import 'gone';`, 'lib/node_modules/own/index.js': '' };
    const { advice } = await new NpmPackages('/packages/').provide(program('', { files }));
    assert.equal(advice, '');
  });

  for (const [what, body] of Object.entries({
    'is cut off': gzipSync('ta'),
    'is a page': '<!doctype html>',
    'is broken': gzipSync('tar').subarray(0, 15),
  })) {
    test(`fail with a sentence when an archive ${what}, and are tried again`, async (context) => {
      const files: Record<string, BodyInit> = { 'manifest.json': list, 'zod.1.bin': body };
      serve(context, files);
      const packages = new NpmPackages('/packages/');
      await assert.rejects(packages.provide(program(`import 'zod'`)), {
        name: 'PackageError',
        message:
          'The npm package zod could not be loaded from this site. Check the connection and run again.',
      });
      files['zod.1.bin'] = gzipSync('tar');
      assert.equal((await packages.provide(program(`import 'zod'`))).archives.size, 1);
    });
  }

  test('may be missing for a program that names none', async (context) => {
    serve(context, {});
    const packages = new NpmPackages('/packages/');
    const { archives, advice } = await packages.provide(program(`import 'zod'`));
    assert.equal(archives.size, 0);
    assert.match(advice, /^The list of npm packages could not be loaded/);
    await assert.rejects(packages.provide(program('', { packages: ['zod'] })), { name: 'PackageError' });
  });
});

suite('a manifest of packages', () => {
  const zod = manifest.packages.zod;
  const wrong: Readonly<Record<string, unknown>> = {
    'is no object': 1,
    'has no packages': {},
    'points out of its folder': { packages: { zod: { ...zod, archive: '../zod.bin' } } },
    'has no size': { packages: { zod: { ...zod, size: '3' } } },
    'needs what is not there': { packages: { zod: { ...zod, needs: ['other'] } } },
  };
  for (const [what, value] of Object.entries(wrong)) {
    test(`is refused when it ${what}`, () => assert.throws(() => parsePackageManifest(value), TypeError));
  }
});
