/**
 * `npm run exercises`: proves every exercise in the pinned Node: the solution passes, the starter fails, each wrong answer
 * fails with the words meant for it; and on the Node of WebContainers that the solution passes.
 * `--answers` runs nothing: it prints all answers as JSON, for a proof in another engine. Names of chapters or exercises
 * narrow either to those.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkCommand, checkedFiles } from '../checks/program.ts';
import { collectExercises } from './collect.ts';
import { contentFolder } from './content-folder.ts';
import type { Exercise } from './exercise.ts';
import { isMeant } from './narrowing.ts';
import { installNode22, node22Version } from './node-22.ts';
import { InstalledPackages } from './packages.ts';
import { problemsOf, solutionProblem } from './proof.ts';

/** An answer with its checks as a program, and how it has to do; `says` are the words of the first check that fails. */
export interface KnownAnswer {
  readonly name: string;
  readonly verdict: 'passed' | 'failed';
  readonly says?: string;
  readonly program: {
    readonly files: Readonly<Record<string, string>>;
    readonly packages: readonly string[];
    readonly command: readonly [string, ...string[]];
    readonly env: Readonly<Record<string, string>>;
  };
}

const { values: options, positionals: only } = parseArgs({
  options: { answers: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const exercises = (await collectExercises(resolve(contentFolder))).filter(({ id }) => isMeant(id, only));
if (options.answers) console.log(JSON.stringify(exercises.flatMap(answersOf)));
else await prove();

function answersOf({ id, starter, solution, wrong, checks, packages }: Exercise): KnownAnswer[] {
  const answer = (name: string, files: Readonly<Record<string, string>>) => ({
    name: `${id}: ${name}`,
    program: { files: checkedFiles(files, checks), packages, command: checkCommand, env: {} },
  });
  return [
    { ...answer('solution', solution), verdict: 'passed' },
    { ...answer('starter', starter), verdict: 'failed' },
    ...wrong.map(({ name, files, says }) => ({
      ...answer(`wrong/${name}`, files),
      verdict: 'failed' as const,
      says,
    })),
  ];
}

async function prove(): Promise<void> {
  let installing: Promise<InstalledPackages> | undefined;
  const packages = () => (installing ??= InstalledPackages.open(resolve(contentFolder)));
  const none = only.length > 0 ? `No exercise is named ${only.join(' or ')}.` : 'The book has no exercises.';
  const problems = exercises.length === 0 ? [none] : [];
  const node22 = exercises.length === 0 ? '' : await installNode22();
  for (const exercise of exercises) {
    const { id, place } = exercise;
    const report = (problem: string) =>
      problems.push(`${contentFolder}/${place.chapter}/index.mdx:${place.line}: ${id}: ${problem}`);
    for (const problem of await problemsOf(exercise, { node: process.execPath, packages })) report(problem);
    const onNode22 = await solutionProblem(exercise, { node: node22, packages });
    if (onNode22 !== undefined) report(`on Node ${node22Version}, ${onNode22}`);
  }
  if (problems.length > 0) {
    console.error(problems.join('\n\n'));
    process.exitCode = 1;
  } else {
    console.log(
      `${exercises.length} exercises: solutions pass, starters and wrong answers fail as they should.`,
    );
  }
}
