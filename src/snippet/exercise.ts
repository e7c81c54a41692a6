/**
 * An exercise of a chapter. Its task, starter, hints and the reason for its solution stand in the text:
 *
 *     <Exercise name="…" title="…">  task, fences of the starter,  <Hint> … </Hint>,  <Solution> … </Solution>  </Exercise>
 *
 * and what a reader must not see stands in `exercises/<name>/` of the chapter's folder: `checks.mjs`, the changed files of
 * the solution in `solution/`, and those of each wrong answer in `wrong/<mistake>/`. The entry of a wrong answer begins with
 * `// says: ` and what its first failing check says.
 */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { MdastNode } from 'satteri';
import { checkNames, checksFile, ownFiles } from '../checks/program.ts';
import type { ChapterPlace } from './curriculum.ts';
import { parseFence } from './fence.ts';
import { mentionedPackages } from './packages.ts';
import { SnippetError, type Place } from './snippet-error.ts';
import { findTags, placeOf, readAttributes, type Tag } from './tags.ts';

type Code = Extract<MdastNode, { type: 'code' }>;

/** An exercise as its text says it; the nodes are those of the chapter's tree. */
export interface ExerciseText {
  /** `<part>/<chapter>/<name>`, unique among the chapter's exercises. */
  readonly id: string;
  readonly chapter: string;
  readonly name: string;
  readonly title: string;
  readonly place: Place;
  /** Text of each file that the reader starts from, by name. */
  readonly starter: Readonly<Record<string, string>>;
  /** The reader's main file. */
  readonly entry: string;
  readonly tag: Tag;
  readonly task: readonly Readonly<MdastNode>[];
  readonly code: readonly { readonly node: Readonly<Code>; readonly file: string }[];
  readonly hints: readonly Tag[];
  readonly solutionText: Tag;
}

/** A plausible wrong answer and what the first check that it fails says to the reader. */
export interface WrongAnswer {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly says: string;
}

/** An exercise with its files: what the page and the proofs need. */
export interface Exercise {
  readonly id: string;
  /** Path of its place on the page, without the site's base. */
  readonly path: string;
  readonly chapter: string;
  readonly title: string;
  readonly entry: string;
  readonly starter: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  /** Text of `checks.mjs`. */
  readonly checks: string;
  /** Every file of the solution, those that equal the starter's included. */
  readonly solution: Readonly<Record<string, string>>;
  readonly wrong: readonly WrongAnswer[];
  readonly hintCount: number;
  readonly place: Place;
}

const says = /^\/\/ says: (\S.*)\n/;
const runnable = new Set(['js', 'mjs', 'cjs', 'ts', 'mts']);

/** The id of an exercise's element on its page. */
function exerciseAnchor(name: string): string {
  return `exercise-${name}`;
}

/** Reads the exercises of a chapter's text. Throws a `SnippetError` at the first mistake. */
export function readExercises(tree: Readonly<MdastNode>, chapter: ChapterPlace): ExerciseText[] {
  const found = findTags(tree, 'Exercise').map((tag) => readExercise(tag, chapter.id));
  const lines = new Map<string, number>();
  for (const { name, place } of found) {
    const line = lines.get(name);
    if (line !== undefined)
      throw new SnippetError(
        place,
        `The exercise "${name}" stands in line ${line} already: take another name.`,
      );
    lines.set(name, place.line);
  }
  return found;
}

/** Adds the files of the chapter's folder. Throws a `SnippetError` where one is missing or not what it should be. */
export async function loadExercise(
  contentDirectory: string,
  text: ExerciseText,
  packageNames: readonly string[],
): Promise<Exercise> {
  const { place, starter, entry, chapter, name } = text;
  const folder = `exercises/${name}`;
  const directory = join(contentDirectory, chapter, 'exercises', name);
  const found = await readFolder(directory);
  const fail = (problem: string): never => {
    throw new SnippetError(place, `The exercise "${name}": ${problem}`);
  };

  const checks = found.get(checksFile) ?? fail(`${folder}/${checksFile} is missing: checks with node:test.`);
  const names = checkNames(checks);
  if (names.length === 0 || new Set(names).size < names.length)
    fail(`each check of ${folder}/${checksFile} begins a line with test('…', and has a name of its own.`);
  const solution: Record<string, string> = {};
  const wrong = new Map<string, Record<string, string>>();
  for (const [path, content] of found) {
    if (path === checksFile) continue;
    const [, kind, mistake = '', file = ''] =
      /^(?:(solution)|wrong\/([^/]+))\/(.+)$/.exec(path)?.map((part) => part ?? '') ?? [];
    if (file === '')
      fail(`${folder}/${path} has no place. Known: ${checksFile}, solution/<file>, wrong/<mistake>/<file>.`);
    if (kind === 'solution') solution[file] = content;
    else wrong.set(mistake, { ...wrong.get(mistake), [file]: content });
  }
  if (Object.keys(solution).length === 0) fail(`${folder}/solution/ has no file.`);
  if (wrong.size === 0) fail(`${folder}/wrong/ has no answer: keep a plausible wrong one there.`);

  const all = { ...starter, ...solution };
  return {
    id: text.id,
    path: `/${chapter}/#${exerciseAnchor(name)}`,
    chapter,
    title: text.title,
    entry,
    starter,
    packages: mentionedPackages({ ...all, [checksFile]: checks }, packageNames),
    checks,
    solution: all,
    wrong: [...wrong].map(([mistake, files]) => ({
      name: mistake,
      files: { ...starter, ...files },
      says:
        says.exec(files[entry] ?? '')?.[1]?.trim() ??
        fail(
          `${folder}/wrong/${mistake}/${entry} begins with «// says: » and what the first check that it fails says.`,
        ),
    })),
    hintCount: text.hints.length,
    place,
  };
}

function readExercise(tag: Tag, chapter: string): ExerciseText {
  const place = placeOf(tag, chapter);
  const { name, title } = readAttributes(tag, ['name', 'title'], place);
  const task: MdastNode[] = [];
  const code: { node: Code; file: string }[] = [];
  const hints: Tag[] = [];
  const solutions: Tag[] = [];
  const starter: Record<string, string> = {};
  for (const child of tag.children as readonly MdastNode[]) {
    if (child.type === 'mdxJsxFlowElement' && /^[A-Z]/.test(child.name ?? '')) {
      const at = placeOf(child, chapter);
      if (child.name !== 'Hint' && child.name !== 'Solution')
        throw new SnippetError(at, `<${child.name}> is not known in an exercise. Known: Hint, Solution.`);
      readAttributes(child, [], at);
      if (child.children.length === 0) throw new SnippetError(at, `<${child.name}> is empty.`);
      (child.name === 'Hint' ? hints : solutions).push(child);
    } else if (
      child.type === 'code' &&
      (runnable.has(child.lang ?? '') || /\bfile=/.test(child.meta ?? ''))
    ) {
      const file = readStarter(child, name, placeOf(child, chapter));
      if (file in starter)
        throw new SnippetError(
          placeOf(child, chapter),
          `The starter has two files named ${file}: add file=<name>.`,
        );
      starter[file] = child.value === '' ? '' : `${child.value}\n`;
      code.push({ node: child, file });
    } else {
      task.push(child);
    }
  }
  const [solutionText, second] = solutions;
  const files = Object.keys(starter);
  const entry = files.find((file) => /^main\.\w+$/.test(file)) ?? files[0];
  const problem =
    task.length === 0
      ? 'has no task: say before the starter what to do.'
      : entry === undefined
        ? 'has no starter: a fence such as ```js.'
        : hints.length === 0
          ? 'has no <Hint>.'
          : second !== undefined
            ? 'has two <Solution>.'
            : undefined;
  if (problem !== undefined || entry === undefined)
    throw new SnippetError(place, `<Exercise> "${name}" ${problem}`);
  if (!solutionText)
    throw new SnippetError(
      place,
      `<Exercise> "${name}" has no <Solution>: say in it why the solution works.`,
    );
  return {
    id: `${chapter}/${name}`,
    chapter,
    name,
    title,
    place,
    starter,
    entry,
    tag,
    task,
    code,
    hints,
    solutionText,
  };
}

/** Name of a starter's file; its fence says nothing else. */
function readStarter(node: Code, name: string, place: Place): string {
  const meta = node.meta ?? '';
  const key = /(?:^|\s)(?!file=)([^\s="]+)/.exec(meta)?.[1];
  if (key !== undefined)
    throw new SnippetError(place, `"${key}" is not a known key of a starter. Known keys: file.`);
  const fence = parseFence({
    language: node.lang ?? '',
    meta: ` program=${name} ${meta}`,
    code: node.value,
    place,
  });
  if (fence.kind !== 'program') throw new Error('a fence with a program is one');
  if (ownFiles.includes(fence.file))
    throw new SnippetError(place, `file=${fence.file} is the name of a file of the checks: take another.`);
  return fence.file;
}

/** Language of a file's highlighting: the ending of its name. */
export function languageOf(file: string): string {
  return file.slice(file.lastIndexOf('.') + 1);
}

async function readFolder(directory: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  if (!existsSync(directory)) return files;
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(directory, path).replaceAll(sep, '/'), await readFile(path, 'utf8'));
  }
  return new Map([...files].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
