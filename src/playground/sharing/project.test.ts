import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { projectFiles, projectName } from './project.ts';

const source = {
  title: 'Reads "two" files',
  files: {
    'main.mjs':
      "import { shout } from './lib/shout.mjs';\nprocess.stdin.on('data', (text) => console.log(shout(process.argv[2] + process.env.GREETING + text)));\n",
    'lib/shout.mjs': 'export const shout = (text) => text.toUpperCase();\n',
  },
  entry: 'main.mjs',
  args: ["it's me: "],
  env: { GREETING: `say "hi" and 'bye' ` },
  stdin: 'to all',
  dependencies: {},
  url: 'https://book.example/chapter/',
  nodeVersion: 24,
};

test('the project runs with npm start, as the program did on the page', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(projectFiles(source))) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const printed = execFileSync('npm', ['start', '--silent'], { cwd: folder, encoding: 'utf8' });
  assert.equal(printed, `IT'S ME: SAY "HI" AND 'BYE' TO ALL\n`);
});

test('the program own package.json gains what is missing', () => {
  const own = JSON.stringify({
    type: 'module',
    scripts: { test: 'node --test' },
    imports: { '#a': './a.mjs' },
  });
  const files = projectFiles({ ...source, files: { 'package.json': own }, dependencies: { zod: '4.6.7' } });
  assert.deepEqual(JSON.parse(files['package.json'] ?? ''), {
    type: 'module',
    scripts: {
      start: String.raw`node --env-file=.env main.mjs 'it'\''s me: ' < stdin.txt`,
      test: 'node --test',
    },
    imports: { '#a': './a.mjs' },
    dependencies: { zod: '4.6.7' },
  });
  for (const odd of ['{', '[]', '5'])
    assert.equal(projectFiles({ ...source, files: { 'package.json': odd } })['package.json'], odd);
});

test('names of projects', () => {
  assert.deepEqual(['Über 2 Files!', '', '日本', 'a'.repeat(100)].map(projectName), [
    'uber-2-files',
    'program',
    'program',
    'a'.repeat(60),
  ]);
});
