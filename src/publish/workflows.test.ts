import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { suite, test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { readConfiguration } from '../layouts/configuration.ts';

const root = new URL('../../', import.meta.url);
const step = z.union([
  z.strictObject({
    id: z.string().optional(),
    uses: z.string().regex(/^actions\/[\w-]+@v\d+$/),
    with: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ run: z.string(), env: z.record(z.string(), z.string()).optional() }),
]);
const schema = z.strictObject({
  name: z.string(),
  on: z.looseObject({}),
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  concurrency: z.strictObject({ group: z.string(), 'cancel-in-progress': z.boolean() }).optional(),
  jobs: z.record(
    z.string(),
    z.strictObject({
      'runs-on': z.literal('ubuntu-latest'),
      'timeout-minutes': z.int().optional(),
      needs: z.string().optional(),
      environment: z.strictObject({ name: z.string(), url: z.string() }).optional(),
      steps: z.array(step),
    }),
  ),
});
const packageSchema = z.object({
  scripts: z.record(z.string(), z.string()),
  devDependencies: z.object({ node: z.string() }),
  devEngines: z.object({ runtime: z.object({ name: z.literal('node'), version: z.string() }) }),
});

async function readText(path: string): Promise<string> {
  return await readFile(new URL(path, root), 'utf8');
}

const { scripts, devDependencies, devEngines } = packageSchema.parse(
  JSON.parse(await readText('package.json')),
);

for (const name of ['pages.yml', 'test.yml']) {
  suite(`the workflow ${name}`, async () => {
    const workflow = schema.parse(parse(await readText(`.github/workflows/${name}`)));
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

    test('runs commands that there are', () => {
      for (const { run } of steps.filter((candidate) => 'run' in candidate)) {
        for (const [, script = ''] of run.matchAll(/\bnpm run ([\w:-]+)/g)) assert.ok(script in scripts, run);
        for (const [file] of run.matchAll(/^\.\S+/gm)) assert.ok(existsSync(new URL(file, root)), run);
      }
    });

    test('takes Node from package.json, where it is the one of the book', () => {
      const setup = steps.find(
        (candidate) => 'uses' in candidate && candidate.uses.startsWith('actions/setup-node@'),
      );
      assert.ok(setup && 'with' in setup);
      assert.equal(setup.with?.['node-version-file'], 'package.json');
      assert.equal(devEngines.runtime.version, devDependencies.node);
    });
  });
}

suite('the workflow for GitHub Pages', async () => {
  const { jobs, permissions } = schema.parse(parse(await readText('.github/workflows/pages.yml')));

  test('builds for what GitHub says of the site', () => {
    const build = jobs['build']?.steps.find(
      (candidate) => 'run' in candidate && candidate.run === 'npm run build',
    );
    assert.ok(build && 'env' in build && build.env);
    const context: Readonly<Record<string, string>> = {
      'steps.pages.outputs.origin': 'https://someone.github.io',
      'steps.pages.outputs.base_path': '/book',
      'github.server_url': 'https://github.com',
      'github.repository': 'someone/book',
      'github.ref_name': 'main',
    };
    const environment = Object.fromEntries(
      Object.entries(build.env).map(([name, value]) => [
        name,
        value.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, key: string) => context[key] ?? assert.fail(key)),
      ]),
    );
    const { site, base, repository, branch } = readConfiguration(environment);
    assert.deepEqual(
      { site, base, repository, branch },
      {
        site: 'https://someone.github.io',
        base: '/book/',
        repository: 'https://github.com/someone/book',
        branch: 'main',
      },
    );
    assert.deepEqual(readConfiguration({ ...environment, BASE: '' }).base, '/');
  });

  test('deploys what was built, with no more rights than that takes', () => {
    assert.deepEqual(permissions, { contents: 'read', pages: 'write', 'id-token': 'write' });
    const upload = jobs['build']?.steps.at(-1);
    assert.ok(upload && 'with' in upload);
    assert.deepEqual(upload.with, { path: 'dist' });
    assert.equal(jobs['deploy']?.needs, 'build');
  });
});
