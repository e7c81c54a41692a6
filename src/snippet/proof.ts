/** Whether an exercise does what it is for: every answer that it knows, checked in real Node. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { checkCommand, checkedFiles, checkNames, runTimeLimit } from '../checks/program.ts';
import { CheckReader, type CheckResult, type Verdict } from '../checks/protocol.ts';
import type { Exercise } from './exercise.ts';
import type { RunOptions } from './run.ts';

/** How one answer did. */
export interface CheckedAnswer {
  readonly verdict: Verdict;
  readonly results: readonly CheckResult[];
  /** It did not end in time and was stopped. */
  readonly isStopped: boolean;
  readonly stderr: string;
}

/** How answers are run to be proven. */
export interface ProofOptions extends RunOptions {
  /** Milliseconds after which a run is stopped. */
  readonly timeLimit?: number;
}

/** Runs the checks of an exercise on an answer, in a directory and an environment of its own. */
export async function checkAnswer(
  exercise: Exercise,
  answer: Readonly<Record<string, string>>,
  { node, packages, timeLimit = runTimeLimit }: ProofOptions,
): Promise<CheckedAnswer> {
  const directory = await mkdtemp(join(tmpdir(), 'loopbook-exercise-'));
  try {
    if (exercise.packages.length > 0) await (await packages()).copy(exercise.packages, directory);
    for (const [name, code] of Object.entries(checkedFiles(answer, exercise.checks))) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), code);
    }
    const child = spawn(node, checkCommand.slice(1), {
      cwd: directory,
      env: { PATH: dirname(node), HOME: directory, TZ: 'UTC', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeLimit,
      killSignal: 'SIGKILL',
    });
    const ended = new Promise<boolean>((done, reject) => {
      child.on('error', reject);
      child.on('close', (_, signal) => done(signal === 'SIGKILL'));
    });
    const [isStopped, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    const reader = new CheckReader();
    reader.push(stdout);
    return { verdict: reader.end().verdict, results: reader.results, isStopped, stderr };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** What is wrong with an exercise, a sentence each; none where it is sound. */
export async function problemsOf(exercise: Exercise, options: ProofOptions): Promise<string[]> {
  const problems = [await solutionProblem(exercise, options)];
  const starter = await checkAnswer(exercise, exercise.starter, options);
  if (starter.verdict !== 'failed')
    problems.push(`the starter has to reach every check and fail one, but ${describe(starter)}`);
  for (const { name, files, says } of exercise.wrong) {
    const answer = await checkAnswer(exercise, files, options);
    const said = firstFailure(answer);
    if (said?.message !== says)
      problems.push(`wrong/${name} has to be told «${says}», but ${describe(answer)}`);
  }
  return problems.filter((problem) => problem !== undefined);
}

/** Why the solution does not pass, or undefined when it does. */
export async function solutionProblem(
  exercise: Exercise,
  options: ProofOptions,
): Promise<string | undefined> {
  const answer = await checkAnswer(exercise, exercise.solution, options);
  if (answer.verdict !== 'passed') return `the solution has to pass, but ${describe(answer)}`;
  const ran = answer.results.map(({ name }) => name);
  const found = checkNames(exercise.checks);
  return found.length === ran.length && found.every((name, index) => name === ran[index])
    ? undefined
    : `the page finds the checks «${found.join('», «')}», but «${ran.join('», «')}» ran: each begins a line with test('…'.`;
}

function firstFailure({ results }: CheckedAnswer) {
  return results.find((result) => !result.passed);
}

function describe(answer: CheckedAnswer): string {
  const failure = firstFailure(answer);
  const last = answer.results.at(-1);
  const where = last === undefined ? 'before its first check' : `after the check «${last.name}»`;
  if (answer.isStopped) return `its checks did not end and were stopped ${where}.`;
  if (answer.verdict === 'passed') return 'it passes every check.';
  if (failure) return `«${failure.name}» says (${failure.reason}) «${failure.message}».`;
  return `its run ended ${where}:\n${answer.stderr}`;
}
