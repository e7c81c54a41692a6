import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { collectExercises } from './collect.ts';

const book = fileURLToPath(new URL('fixtures/exercises', import.meta.url));
const chapter = 'first-part/first-chapter';
const folder = join(chapter, 'exercises/add');

/** A copy of the fixture with one file edited; an edit that returns nothing removes it. */
async function edited(
  context: TestContext,
  file: string,
  edit: (text: string) => string | undefined,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'loopbook-test-'));
  context.after(() => rm(directory, { recursive: true }));
  await cp(book, directory, { recursive: true });
  const path = join(directory, file);
  const before = await readFile(path, 'utf8').catch(() => '');
  const after = edit(before);
  assert.notEqual(after, before, 'the edit changes something');
  if (after === undefined) await rm(path);
  else await writeFile(path, after);
  return directory;
}

suite('the exercises of a book', () => {
  test('have their text, and the files of their folder', async () => {
    const [exercise, ...others] = await collectExercises(book);
    assert.deepEqual(others, []);
    assert.ok(exercise);
    const { checks, place, ...facts } = exercise;
    const starter = {
      'main.mjs':
        "import { numbers } from './numbers.mjs';\nexport const sum = () => numbers[0] - numbers[1];\n",
      'numbers.mjs': 'export const numbers = [1, 2];\n',
    };
    const withSum = (sign: string) => ({ ...starter, 'main.mjs': starter['main.mjs'].replace('-', sign) });
    assert.deepEqual(facts, {
      id: `${chapter}/add`,
      path: `/${chapter}/#exercise-add`,
      chapter,
      title: 'Add two numbers',
      entry: 'main.mjs',
      starter,
      packages: [],
      solution: withSum('+'),
      wrong: [
        {
          name: 'multiplies',
          files: { ...starter, 'main.mjs': `// says: One and two are three.\n${withSum('*')['main.mjs']}` },
          says: 'One and two are three.',
        },
        {
          name: 'subtracts',
          files: {
            ...starter,
            'main.mjs': `// says: One and two are three.\n${starter['main.mjs'].replace('[0] - numbers[1]', '[1] - numbers[0]')}`,
          },
          says: 'One and two are three.',
        },
      ],
      hintCount: 1,
    });
    assert.match(checks, /^test\('It adds'/m);
    assert.deepEqual(place, { chapter, line: 7 });
  });

  test('have the packages that their answers and checks import', async (context) => {
    const directory = await edited(
      context,
      join(folder, 'solution/main.mjs'),
      (text) => `import 'zod';\n${text}`,
    );
    assert.deepEqual((await collectExercises(directory))[0]?.packages, ['zod']);
  });

  const text = join(chapter, 'index.mdx');
  const mistakes: readonly (readonly [
    what: string,
    file: string,
    from: string | RegExp,
    to: string,
    message: RegExp,
  ])[] = [
    [
      'an unknown key',
      text,
      'title="Add',
      'titel="Add',
      /:7: <Exercise>: "titel" is not a known key\. Known keys: name, title\./,
    ],
    ['no title', text, ' title="Add two numbers"', '', /:7: <Exercise> needs title="…"/],
    [
      'a value that is no text',
      text,
      'name="add"',
      'name={add}',
      /:7: <Exercise>: "name" needs plain text: name="…"/,
    ],
    ['a name with capitals', text, 'name="add"', 'name="Add"', /:7: <Exercise>: name="Add" is not a name/],
    [
      'a tag that is not known',
      text,
      /Hint>/g,
      'Clue>',
      /:24: <Clue> is not known in an exercise\. Known: Hint, Solution\./,
    ],
    ['no task', text, /Change the .*\n\n```sh\n.*\n```\n/, '', /:7: <Exercise> "add" has no task/],
    ['no starter', text, /```js\n[^]*?numbers\.mjs\n[^]*?```\n/, '', /:7: <Exercise> "add" has no starter/],
    ['no hint', text, /<Hint>[^]*<\/Hint>\n/, '', /:7: <Exercise> "add" has no <Hint>/],
    ['an empty hint', text, 'Look at the sign.\n', '', /:24: <Hint> is empty\./],
    [
      'a hint with a key',
      text,
      '<Hint>',
      '<Hint name="sign">',
      /:24: <Hint>: "name" is not a known key\. It takes no keys\./,
    ],
    ['no solution', text, /<Solution>[^]*<\/Solution>\n/, '', /:7: <Exercise> "add" has no <Solution>/],
    [
      'two solutions',
      text,
      '</Exercise>',
      '<Solution>\n\nAgain.\n\n</Solution>\n\n</Exercise>',
      /:7: <Exercise> "add" has two <Solution>/,
    ],
    ['two files of one name', text, 'file=numbers.mjs', '', /:20: The starter has two files named main\.mjs/],
    [
      'a starter that says how it runs',
      text,
      'file=numbers.mjs',
      'file=numbers.mjs exit=1',
      /:20: "exit" is not a known key of a starter\. Known keys: file\./,
    ],
    [
      'the name of a file of the checks',
      text,
      'file=numbers.mjs',
      'file=checks-reporter.mjs',
      /:20: file=checks-reporter\.mjs is the name of a file of the checks/,
    ],
    [
      'two exercises of one name',
      text,
      '<Quiz',
      '<Exercise name="add" title="x">\n\nTask.\n\n```js\n1;\n```\n\n<Hint>\n\nx\n\n</Hint>\n\n<Solution>\n\nx\n\n</Solution>\n\n</Exercise>\n\n<Quiz',
      /The exercise "add" stands in line 7 already: take another name\./,
    ],
    [
      'a wrong answer that does not say what it is told',
      join(folder, 'wrong/subtracts/main.mjs'),
      '// says: ',
      '// ',
      /:7: The exercise "add": exercises\/add\/wrong\/subtracts\/main\.mjs begins with «\/\/ says: »/,
    ],
    [
      'a file that has no place',
      join(folder, 'notes.txt'),
      /$/,
      'notes',
      /:7: The exercise "add": exercises\/add\/notes\.txt has no place\. Known: checks\.mjs, solution\/<file>, wrong\/<mistake>\/<file>\./,
    ],
    [
      'checks of which the page finds none',
      join(folder, 'checks.mjs'),
      /^test/gm,
      ' test',
      /:7: The exercise "add": each check of exercises\/add\/checks\.mjs begins a line with test\('…'/,
    ],
    [
      'two checks of one name',
      join(folder, 'checks.mjs'),
      'It adds',
      'There is a function',
      /:7: The exercise "add": each check .* has a name of its own\./,
    ],
  ];
  for (const [what, file, from, to, message] of mistakes) {
    test(`a mistake: ${what}`, async (context) => {
      const directory = await edited(context, file, (before) => before.replace(from, to));
      await assert.rejects(collectExercises(directory), message);
    });
  }

  const missing: readonly (readonly [file: string, message: RegExp])[] = [
    ['checks.mjs', /exercises\/add\/checks\.mjs is missing: checks with node:test\./],
    ['solution/main.mjs', /exercises\/add\/solution\/ has no file\./],
  ];
  for (const [file, message] of missing) {
    test(`a mistake: no ${file}`, async (context) => {
      const directory = await edited(context, join(folder, file), () => undefined);
      await assert.rejects(collectExercises(directory), message);
    });
  }

  test('a mistake: no wrong answer', async (context) => {
    const directory = await edited(context, join(folder, 'wrong/subtracts/main.mjs'), () => undefined);
    await rm(join(directory, folder, 'wrong'), { recursive: true });
    await assert.rejects(
      collectExercises(directory),
      /exercises\/add\/wrong\/ has no answer: keep a plausible/,
    );
  });
});
