/**
 * `npm run new:chapter -- <part>/<chapter>`: begins a chapter that `curriculum.json` lists: its text with a section for each
 * topic, a program with its output, an exercise and a quiz, to be replaced by real ones. With `--title` and `--topic` (once
 * for each) it adds the chapter to `curriculum.json` first, and begins the book where there is none. It never overwrites.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mdxToMdast } from 'satteri';
import { contentFolder } from '../snippet/content-folder.ts';
import { chaptersOf, readCurriculum, type ChapterPlace } from '../snippet/curriculum.ts';
import { readPrograms } from '../snippet/programs.ts';
import { printRecording } from '../snippet/recording.ts';
import { run } from '../snippet/run.ts';
import { withChapter, type NewChapter } from './curriculum-entry.ts';
import { draftOf } from './draft.ts';

/** The command was not given what it needs. */
class UsageError extends Error {}

const usage =
  'npm run new:chapter -- <part>/<chapter> [--title "Title" --topic "Topic" --topic "Topic" [--part "Title"]]';
const identity = {
  title: 'A book',
  tagline: 'Programs that run in the page',
  description: 'A book whose programs run in the page.',
  author: 'Its author',
  language: 'en',
  license: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
};

const content = resolve(contentFolder);
const inContent = (path: string) => join(contentFolder, path);

try {
  const written = await begin(readArguments());
  console.log(`Begun:\n${written.map((path) => `  ${inContent(path)}`).join('\n')}\n`);
  console.log(
    'npm run dev shows it, npm run book says what is left to write, npm run outputs records what programs print.',
  );
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

/** What the command line says of a chapter. */
type Wanted = Omit<NewChapter, 'title'> & { readonly title: string | undefined };

function readArguments(): Wanted {
  const { values, positionals } = parseArgs({
    options: {
      title: { type: 'string' },
      part: { type: 'string' },
      topic: { type: 'string', multiple: true, default: [] },
    },
    allowPositionals: true,
  });
  const [id = '', ...others] = positionals;
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) || others.length > 0) {
    throw new UsageError(`Name one chapter, in lower-case words joined by hyphens:\n  ${usage}`);
  }
  return { id, title: values.title, partTitle: values.part, topics: values.topic };
}

/** Writes the chapter; resolves with the paths of what is new, from the content folder. */
async function begin(wanted: Wanted): Promise<string[]> {
  const { id } = wanted;
  if (existsSync(join(content, id))) {
    throw new UsageError(`${inContent(id)} is there already. Nothing was changed.`);
  }
  const changed =
    existsSync(join(content, 'curriculum.json')) && (await isListed(id)) ? [] : await list(wanted);
  const place = chaptersOf(await readCurriculum(content)).find((candidate) => candidate.id === id);
  if (!place) throw new Error(`${id} has just been listed`);
  const draft = draftOf(place, today());
  const files = [...draft, ...(await outputsOf(place, draft.get('index.mdx') ?? ''))];
  const paths = files.map(([path]) => join(id, path));
  for (const [index, [, text]] of files.entries()) {
    const path = join(content, paths[index] ?? '');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx' });
  }
  return [...changed, ...paths];
}

async function isListed(id: string): Promise<boolean> {
  return chaptersOf(await readCurriculum(content)).some((place) => place.id === id);
}

/** Adds the chapter to the table of contents; resolves with the paths of what it changed. */
async function list({ id, title, partTitle, topics }: Wanted): Promise<string[]> {
  const path = join(content, 'curriculum.json');
  if (title === undefined || topics.length === 0) {
    throw new UsageError(
      `${inContent('curriculum.json')} has no chapter ${id}. Write it there, or let this command do it:\n` +
        `  npm run new:chapter -- ${id} --title "Title of the chapter" --topic "Title of a topic"`,
    );
  }
  await mkdir(content, { recursive: true });
  const before = existsSync(path) ? await readFile(path, 'utf8') : '';
  await writeFile(path, entered(before, { id, title, partTitle, topics }));
  if (existsSync(join(content, 'book.json'))) return ['curriculum.json'];
  await writeFile(join(content, 'book.json'), `${JSON.stringify(identity, undefined, 2)}\n`);
  return ['curriculum.json', 'book.json'];
}

function entered(before: string, chapter: NewChapter): string {
  try {
    return withChapter(before, chapter);
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** What the programs of a text print in this Node, as files. */
async function outputsOf(place: ChapterPlace, text: string): Promise<[path: string, text: string][]> {
  const files: [string, string][] = [];
  for (const { snippet } of readPrograms(mdxToMdast(text), text, place, [])) {
    const packages = () => Promise.reject(new Error('a draft imports no package'));
    const recording = await run(snippet, { node: process.execPath, packages });
    for (const [path, recorded] of printRecording(snippet, recording)) {
      files.push([path.slice(place.id.length + 1), recorded]);
    }
  }
  return files;
}

/** The day here, as `2026-01-31`. */
function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
