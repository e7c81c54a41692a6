import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { collect, collectRecorded } from './collect.ts';

const book = fileURLToPath(new URL('fixtures/book', import.meta.url));
const chapter = 'first-part/first-chapter';

/** A copy of the fixture whose chapter was edited. */
async function edited(context: TestContext, edit: (text: string) => string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'loopbook-test-'));
  context.after(() => rm(directory, { recursive: true }));
  await cp(book, directory, { recursive: true });
  const path = join(directory, chapter, 'index.mdx');
  await writeFile(path, edit(await readFile(path, 'utf8')));
  return directory;
}

suite('the programs of a book', () => {
  test('are found in reading order, wherever their fences stand', async () => {
    const snippets = (await collect(book)).map(({ snippet }) => snippet);
    assert.deepEqual(
      snippets.map(({ id, path, title, entry }) => ({ id, path, title, entry })),
      [
        {
          id: `${chapter}/alone`,
          path: `/${chapter}/#one-topic`,
          title: 'A program of one file',
          entry: 'main.mjs',
        },
        {
          id: `${chapter}/in-a-list`,
          path: `/${chapter}/#one-topic`,
          title: 'A "quoted" title',
          entry: 'main.cjs',
        },
        {
          id: `${chapter}/two-files`,
          path: `/${chapter}/#another-topic`,
          title: 'Two files',
          entry: 'main.mjs',
        },
        { id: `${chapter}/served`, path: `/${chapter}/#another-topic`, title: 'A server', entry: 'main.mjs' },
      ],
    );
  });

  test('have the files of the fences that follow each other', async () => {
    const [, inList, twoFiles] = await collect(book);
    assert.deepEqual(twoFiles?.snippet.files, {
      'package.json': '{ "type": "module" }\n',
      'main.mjs': "import { greet } from './greet.mjs';\ngreet();\n",
      'greet.mjs': 'export const greet = () => {};\n',
    });
    assert.deepEqual(inList?.snippet.files, { 'main.cjs': 'console.log(1);\n' });
    assert.equal(inList?.snippet.stdin, 'a\nb\n');
  });

  test('have the packages that they import or name', async (context) => {
    const directory = await edited(context, (text) =>
      text.replace('greet();\n', "import 'zod/mini';\n").replace('" server', '" server packages=express'),
    );
    const packages = (await collect(directory)).map(({ snippet }) => snippet.packages);
    assert.deepEqual(packages, [[], [], ['zod'], ['express']]);
  });

  test('a REPL is typed its lines, and is given no file', async (context) => {
    const directory = await edited(context, (text) => text.replace('of one file"', 'of one file" repl'));
    const typed = (await collect(directory))[0]?.snippet;
    assert.deepEqual([typed?.kind, typed?.entry], ['repl', '']);
    assert.deepEqual(typed?.files, { 'repl.js': "console.log('alone');\n" });
  });

  test('any of their files may be read only', async (context) => {
    const directory = await edited(context, (text) =>
      text.replace('file=greet.mjs', 'file=greet.mjs readonly'),
    );
    const readOnly = (await collect(directory)).map(({ snippet }) => snippet.readOnly);
    assert.deepEqual(readOnly, [[], [], ['greet.mjs'], []]);
  });

  test('a server is expected to end by SIGTERM', async () => {
    const served = (await collect(book)).at(-1)?.snippet;
    assert.equal(served?.kind, 'server');
    assert.equal(served.exitCode, 143);
  });

  test('a server has the requests that stand after it', async () => {
    const [alone, , , served] = await collect(book);
    assert.deepEqual(alone?.snippet.requests, []);
    assert.deepEqual(served?.snippet.requests, [
      { title: 'All notes', method: 'GET', path: '/notes', headers: [['accept', 'application/json']] },
      {
        title: 'Add one',
        method: 'POST',
        path: '/notes',
        headers: [['content-type', 'application/json']],
        body: '{"text":"hello"}',
      },
    ]);
    assert.deepEqual(Object.keys(served?.snippet.files ?? {}), ['main.mjs']);
  });

  test('without a recording they are a mistake that says what to do', async () => {
    await assert.rejects(collectRecorded(book), {
      message: `${chapter}/index.mdx:19: ${chapter}/in-a-list has no recorded output. Run: npm run outputs`,
    });
  });

  const mistakes: readonly (readonly [what: string, from: string, to: string, message: RegExp])[] = [
    [
      'a name used twice',
      'program=in-a-list',
      'program=alone',
      /:19: The program of this name began in line 7\./,
    ],
    [
      'text between the files of one program',
      '```js program=two-files file=greet.mjs',
      'Text.\n\n```js program=two-files title=x file=greet.mjs',
      /:36: The program of this name began in line 25\./,
    ],
    ['no title', ' title="A program of one file"', '', /:7: program=alone needs title=/],
    ['two files of one name', ' file=greet.mjs', '', /:34: The program has two files named main\.mjs/],
    [
      'settings on a later fence',
      'file=greet.mjs',
      'file=greet.mjs exit=1',
      /:34: "exit" belongs on the program's first fence, in line 25/,
    ],
    [
      'an unknown topic',
      '#one-topic',
      '#on-topic',
      /:7: program=alone stands in "on-topic", which is not a topic of this chapter.*one-topic, another-topic/,
    ],
    ['a heading without an id', ' {/* #one-topic */}', '', /:7: program=alone stands in no topic/],
    [
      'a package that is not there',
      '" server',
      '" server packages=lodash',
      /:38: packages=lodash is not there: add it .* Packages: express, zod\./,
    ],
    ['an unknown key', '" server', '" sever', /:38: "sever" is not a known key\. Known keys: /],
    [
      'a server that nobody asks',
      '```http program=served',
      '```http',
      /:38: program=served is a server, and nobody asks it: put a fence «http program=served»/,
    ],
    [
      'requests to a script',
      '" server',
      '"',
      /:42: program=served is no server: write «server» on its fence in line 38, or take the requests away/,
    ],
    [
      'requests to another program',
      '```http program=served',
      '```http program=alone',
      /:42: Requests stand directly after the files of their program, and program=alone does not end above/,
    ],
    [
      'text between a server and its requests',
      '```http program=served',
      'Text.\n\n```http program=served',
      /:44: Requests stand directly after the files of their program, and program=served does not end above/,
    ],
    [
      'a request that cannot be read',
      'POST /notes',
      'POST notes',
      /:48: «notes» is not where a program listens/,
    ],
  ];
  for (const [what, from, to, message] of mistakes) {
    test(`a mistake: ${what}`, async (context) => {
      const directory = await edited(context, (text) => text.replace(from, to));
      await assert.rejects(collect(directory), message);
    });
  }

  test('a chapter that the curriculum does not know is a mistake', async (context) => {
    const directory = await edited(context, (text) => text);
    await cp(join(directory, chapter), join(directory, 'first-part/other'), { recursive: true });
    await assert.rejects(
      collect(directory),
      /curriculum\.json knows no chapter "first-part\/other"\. Its part has: .*first-chapter/,
    );
  });
});
