/** The answers that the book knows to its exercises, as its own command prints them. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { KnownAnswer } from '../src/snippet/exercises.ts';

/** Solutions, starters and wrong answers of every exercise. */
export function readAnswers(): readonly KnownAnswer[] {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  const printed = execFileSync(process.execPath, ['src/snippet/exercises.ts', '--answers'], { cwd });
  // True: the command prints a list of this type.
  return JSON.parse(printed.toString()) as KnownAnswer[];
}

/** Files of the solution of each exercise, by the exercise's id. */
export function readSolutions(): ReadonlyMap<string, KnownAnswer['program']['files']> {
  const end = ': solution';
  const solutions = readAnswers().filter(({ name }) => name.endsWith(end));
  return new Map(solutions.map(({ name, program }) => [name.slice(0, -end.length), program.files]));
}
