/** A run's output against the recorded one. */

/** What a run printed; `both` is what came from an engine that does not tell the streams apart. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly both: string;
}

/** What real Node printed. */
export interface Expected {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Whether a run printed what was recorded: standard output, character by character. Where the streams came as one, the
 * lines of both are compared, in any order, because the recording does not know how they alternated.
 */
export function isSameOutput(printed: Printed, expected: Expected): boolean {
  if (printed.both === '') return printed.stdout === expected.stdout;
  if (expected.stderr === '') return printed.stdout + printed.both === expected.stdout;
  const lines = (text: string) => text.split('\n').filter((line) => line !== '');
  const actual = lines(printed.stdout + printed.both).toSorted();
  const wanted = [...lines(expected.stdout), ...lines(expected.stderr)].toSorted();
  return actual.join('\n') === wanted.join('\n');
}
