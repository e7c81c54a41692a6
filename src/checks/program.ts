/** An answer and the checks of its exercise as one program: plain Node, the same in every engine. */

/** File of the checks; it imports the answer. */
export const checksFile = 'checks.mjs';

/** File of the reporter that prints `protocol.ts`. */
const reporterFile = 'checks-reporter.mjs';

/** File that the checks import before the answer. */
const turnsFile = 'checks-turns.mjs';

/** Names that no file of an answer has. */
export const ownFiles: readonly string[] = [checksFile, reporterFile, turnsFile];

/** Milliseconds that one check may take. A check that never lets go of the thread has to be stopped from outside. */
export const checkTimeLimit = 5_000;

/** Milliseconds after which a whole run is stopped from outside. */
export const runTimeLimit = 15_000;

/** The files of a run: those of the answer, then the checks and what they need, which no answer replaces. */
export function checkedFiles(
  answer: Readonly<Record<string, string>>,
  checks: string,
): Record<string, string> {
  return {
    ...answer,
    // In the first line, so that the numbers of the lines stay.
    [checksFile]: `import './${turnsFile}'; ${checks}`,
    [reporterFile]: reporter,
    [turnsFile]: turns,
  };
}

/** Names of the checks in their order: each begins a line with `test('…'`. */
export function checkNames(checks: string): string[] {
  return [...checks.matchAll(/^test\(\s*(["'`])([^\\\n]*?)\1/gm)].map(([, , name = '']) => name);
}

/** The command of a run; `node --test` would start a process for each file, which not every engine can. */
export const checkCommand: readonly [string, ...string[]] = [
  'node',
  `--test-reporter=./${reporterFile}`,
  `--test-timeout=${checkTimeLimit}`,
  checksFile,
];

/** The checks from how a page carries them: Base64, so that nobody reads them by accident. Throws where it is none. */
export function decodeChecks(encoded: string): string {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * Says which check begins, once what is known of those before it is printed: a check that never lets go of the thread would
 * keep it.
 */
const turns = String.raw`import { beforeEach } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';

const write = process.stdout.write.bind(process.stdout);

beforeEach(async ({ name, fullName }) => {
  if (name !== fullName) return;
  await nextTurn();
  write('\u001E' + JSON.stringify({ kind: 'begin', name }) + '\n');
});
`;

/** Prints one line for each check, as `protocol.ts` says. The first line of an assertion's own message is the check's. */
const reporter = String.raw`import { inspect } from 'node:util';

const print = (record) => '\u001E' + JSON.stringify(record) + '\n';
const show = (value) => inspect(value, { depth: 4, maxArrayLength: 20, maxStringLength: 500 }).slice(0, 2000);

function failure(error) {
  const cause = error?.cause ?? error;
  const message = String(cause?.message ?? cause).slice(0, 2000);
  if (error?.failureType === 'testTimeoutFailure') return { reason: 'timeout', message };
  if (error?.failureType === 'cancelledByParent') return { reason: 'cancelled', message };
  if (cause?.code !== 'ERR_ASSERTION') return { reason: 'error', message: (cause?.name ?? 'Error') + ': ' + message };
  const compared = /strictEqual|deepStrictEqual/i.test(cause.operator)
    ? { actual: show(cause.actual), expected: show(cause.expected) }
    : {};
  // Words that Node made up are not meant for learners.
  if (cause.generatedMessage) return { reason: 'error', message, ...compared };
  return { reason: 'assertion', message: message.split('\n', 1)[0], ...compared };
}

export default async function* report(events) {
  let count = 0;
  for await (const { type, data } of events) {
    if ((type !== 'test:pass' && type !== 'test:fail') || data.nesting > 0) continue;
    count += 1;
    const passed = type === 'test:pass';
    yield print({ kind: 'check', name: data.name, passed, ...(passed ? {} : failure(data.details.error)) });
  }
  yield print({ kind: 'end', count });
}
`;
