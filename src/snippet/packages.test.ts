import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { InstalledPackages, mentionedPackages } from './packages.ts';

test('packages are mentioned between quotation marks', () => {
  const files = {
    'main.mjs': `import { z } from 'zod/v4';\nawait import("@scope/name");`,
    'package.json': '{ "dependencies": { "express": "5" } }',
    'other.mjs': `import './ws'; import 'cors'; // pino`,
    'node_modules/cors/index.js': '',
  };
  assert.deepEqual(mentionedPackages(files, ['ws', 'express', 'zod', 'pino', 'cors', '@scope/name']), [
    'express',
    'zod',
    '@scope/name',
  ]);
});

suite('installed packages', () => {
  const lock = {
    packages: {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { b: '1', c: '1' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { c: '1' } },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/c': { version: '1.0.0', peerDependencies: { a: '1', absent: '1' } },
    },
  };
  const files = [
    'index.js',
    'index.d.ts',
    'index.js.map',
    'README.md',
    'LICENSE.md',
    '.npmignore',
    'package.json',
    'test/test.js',
    'lib/test/runner.js',
    'node_modules/b/index.js',
  ].map((file) => `node_modules/a/${file}`);

  async function install(context: TestContext): Promise<InstalledPackages> {
    const directory = await mkdtemp(join(tmpdir(), 'loopbook-test-'));
    context.after(() => rm(directory, { recursive: true }));
    for (const file of [...files, 'node_modules/c/c.js']) {
      await mkdir(join(directory, dirname(file)), { recursive: true });
      await writeFile(join(directory, file), file);
    }
    return new InstalledPackages(directory, lock);
  }

  test('are found as Node finds them, with all that they need', async (context) => {
    const installed = await install(context);
    const wanted = ['node_modules/a', 'node_modules/a/node_modules/b', 'node_modules/c'];
    assert.deepEqual(installed.withDependencies('a'), wanted);
    assert.deepEqual(installed.describe('node_modules/a'), { version: '1.0.0', license: 'MIT' });
    assert.throws(() => installed.withDependencies('absent'), /absent is not in packages/);
  });

  test('have the files that programs read, and their licences', async (context) => {
    const installed = await install(context);
    const below = ['LICENSE.md', 'index.js', 'lib/test/runner.js', 'package.json'];
    assert.deepEqual(
      await installed.files('node_modules/a'),
      below.map((file) => `node_modules/a/${file}`),
    );
  });

  test('are copied into the folder of a program', async (context) => {
    const installed = await install(context);
    const program = join(installed.directory, 'program');
    await installed.copy(['a'], program);
    assert.deepEqual((await readdir(join(program, 'node_modules'))).toSorted(), ['a', 'c']);
    const nested = 'node_modules/a/node_modules/b/index.js';
    assert.equal(await readFile(join(program, nested), 'utf8'), nested);
  });
});
