import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, suite, test } from 'node:test';
import { collectExercises, collectRecordedChapter } from '../snippet/collect.ts';
import { chaptersOf, readCurriculum } from '../snippet/curriculum.ts';
import { readIdentity } from '../snippet/identity.ts';
import { problemsOf } from '../snippet/proof.ts';
import { readBook } from './book.ts';
import { withChapter } from './curriculum-entry.ts';

const here = (path: string) => new URL(path, import.meta.url).pathname;
const packages = () => Promise.reject(new Error('drafts import no package'));

/** Runs a command of the book on a content folder; resolves with what it printed and how it ended. */
function command(content: string, script: string, ...args: readonly string[]) {
  return new Promise<{ printed: string; isDone: boolean }>((resolve) => {
    const env = { ...process.env, LOOPBOOK_CONTENT: content, NO_COLOR: '1' };
    execFile(process.execPath, [here(script), ...args], { env }, (error, stdout, stderr) =>
      resolve({ printed: stdout + stderr, isDone: error === null }),
    );
  });
}

const begin = (content: string, ...args: readonly string[]) => command(content, 'new-chapter.ts', ...args);

/** All that `npm run book` may say of a draft: what is left to write. */
const leftToWrite =
  /^\S+: (?:"[^"]+" has no text\.|The topic \S+ (?:is explained in 0 words|has no program)\.|0 words of prose; .+|1 programs; .+|Nothing stands before .+|\S+ has 1 questions, .+)$/;

suite('beginning a chapter', () => {
  let content = '';
  before(async () => {
    content = await mkdtemp(join(tmpdir(), 'loopbook-book-'));
    await cp(here('../snippet/fixtures/book'), content, { recursive: true });
  });
  after(() => rm(content, { recursive: true }));

  test('writes a chapter that the curriculum lists, with recorded output and a sound exercise', async () => {
    const places = chaptersOf(await readCurriculum(content));
    const place = places.find(({ id }) => id !== 'first-part/first-chapter');
    assert.ok(place, 'the fixture lists a chapter that is not written');
    const { printed, isDone } = await begin(content, place.id);
    assert.ok(isDone, printed);
    const [program, ...others] = await collectRecordedChapter(content, place.id);
    assert.equal(program?.expected.stdout, 'It runs.\n');
    assert.deepEqual(others, []);
    const exercises = await collectExercises(content);
    assert.equal(exercises.length, 1);
    for (const exercise of exercises) {
      assert.deepEqual(await problemsOf(exercise, { node: process.execPath, packages }), []);
    }
    const text = await readFile(join(content, place.id, 'index.mdx'), 'utf8');
    assert.deepEqual(
      [...text.matchAll(/^## .+ \{\/\* #(\S+) \*\/\}$/gm)].map(([, id]) => id),
      place.topics.map(({ id }) => id),
    );
  });

  test('changes nothing where the chapter is there', async () => {
    const path = join(content, 'first-part/first-chapter/index.mdx');
    const text = await readFile(path, 'utf8');
    const { printed, isDone } = await begin(content, 'first-part/first-chapter');
    assert.equal(isDone, false);
    assert.match(printed, /is there already\. Nothing was changed\./);
    assert.equal(await readFile(path, 'utf8'), text);
  });

  test('says how a chapter gets into the curriculum', async () => {
    const { printed, isDone } = await begin(content, 'first-part/unknown');
    assert.equal(isDone, false);
    assert.match(printed, /curriculum\.json has no chapter first-part\/unknown\..*--title.*--topic/s);
  });

  test('asks for a name in the form of an address', async () => {
    const { printed, isDone } = await begin(content, 'First Part');
    assert.equal(isDone, false);
    assert.match(printed, /Name one chapter.*<part>\/<chapter>/s);
  });
});

suite('beginning a book', () => {
  let content = '';
  before(async () => {
    content = await mkdtemp(join(tmpdir(), 'loopbook-book-'));
    await rm(content, { recursive: true });
  });
  after(() => rm(content, { recursive: true }));

  test('writes its identity, its curriculum and its first chapter', async () => {
    const about = [
      '--title',
      'First <steps> & *more*',
      '--part',
      'The basics',
      '--topic',
      "It's {one} thing",
    ];
    const { printed, isDone } = await begin(content, 'basics/first', ...about, '--topic', 'Another');
    assert.ok(isDone, printed);
    await readIdentity(content);
    const [place] = chaptersOf(await readCurriculum(content));
    assert.equal(place?.part.title, 'The basics');
    assert.deepEqual(place.topics[0], { id: 'its-one-thing', title: "It's {one} thing" });
    const [chapter] = (await readBook(content)).chapters;
    assert.equal(chapter?.sections[0]?.title, "It's {one} thing");
  });

  test('npm run book says only what is left to write, of two drafts too', async () => {
    await begin(content, 'basics/second', '--title', 'Second', '--topic', 'One more');
    const { printed } = await command(content, 'check.ts');
    const problems = printed.split('\n').filter((line) => line.startsWith(content));
    assert.ok(problems.length > 0, printed);
    for (const problem of problems) assert.match(problem, leftToWrite);
  });

  test('npm run outputs records a draft again as it was', async () => {
    const path = join(content, 'basics/first/outputs/first.txt');
    const recorded = await readFile(path, 'utf8');
    await writeFile(path, 'exit 1\n');
    const { printed, isDone } = await command(content, '../snippet/outputs.ts');
    assert.ok(isDone, printed);
    assert.equal(await readFile(path, 'utf8'), recorded);
  });
});

suite('an entry in curriculum.json', () => {
  const chapter = { id: 'a/two', title: 'Two', partTitle: undefined, topics: ['Été à Łódź: 2'] };

  test('stands at the end of its part, and the rest of the file stays as it was', () => {
    const text =
      '{\n "parts": [\n  {\n   "id": "a",\n   "title": "A",\n   "chapters": [],\n   "note": 1\n  }\n ]\n}\n';
    assert.equal(
      withChapter(text, chapter),
      text.replace(
        '"chapters": [],',
        '"chapters": [\n    {\n     "id": "two",\n     "title": "Two",\n     "topics": [\n      {\n       "id": "ete-a-odz-2",\n       "title": "Été à Łódź: 2"\n      }\n     ]\n    }\n   ],',
      ),
    );
  });

  test('a topic of which no id can be made is named', () => {
    assert.throws(
      () => withChapter('', { ...chapter, topics: ['循環'] }),
      /No id can be made of the topic "循環"/,
    );
  });
});
