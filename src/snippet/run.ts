/** The oracle: one program in real Node, and what it printed. */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { InstalledPackages } from './packages.ts';
import type { Recording, Snippet } from './snippet.ts';

/** Working directory of every program, as a reader sees it. */
export const home = '/home/reader';

/** Milliseconds after which a program that has not ended is an error. */
const timeLimit = 10_000;

export interface RunOptions {
  /** Path of the Node binary. */
  readonly node: string;
  /** The npm packages that programs may import; opened only for a program that has some. */
  readonly packages: () => Promise<InstalledPackages>;
}

/**
 * Runs a program in a temporary directory, with nothing of our own environment. Throws when it does not end in ten seconds.
 *
 * The recording is the same on every machine: the directory reads `/home/reader`, line ends are `\n`, and in stderr the
 * process id of warnings reads `<pid>` and stack frames of Node's own (`at … (node:internal/…)`) are left out, because
 * they change from version to version. A server runs until its first line of output, then gets SIGTERM.
 */
export async function run(snippet: Snippet, { node, packages }: RunOptions): Promise<Recording> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'loopbook-')));
  try {
    if (snippet.packages.length > 0) await (await packages()).copy(snippet.packages, directory);
    for (const [name, code] of Object.entries(snippet.files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), code);
    }
    const { exitCode, stdout, stderr } = await runIn(directory, snippet, node);
    const normalize = (output: string) => output.replaceAll(directory, home).replaceAll('\r\n', '\n');
    return { exitCode, stdout: normalize(stdout), stderr: withoutInternals(normalize(stderr)) };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Text of stderr without the parts that depend on the Node version or on the process. */
export function withoutInternals(stderr: string): string {
  return stderr
    .replace(/\n[ \t]+at (?:[^\n]*\()?(?:async )?node:[^\n)]*\)?(?= \{|\n|$)/g, '')
    .replace(/^\(node:\d+\)/gm, '(node:<pid>)');
}

async function runIn(directory: string, snippet: Snippet, node: string): Promise<Recording> {
  const child = spawn(node, [snippet.entry, ...snippet.args], {
    cwd: directory,
    // A clean environment: NODE_OPTIONS, NODE_TEST_CONTEXT, FORCE_COLOR and locales of this machine must not show.
    env: {
      PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`,
      HOME: directory,
      TZ: 'UTC',
      NO_COLOR: '1',
      ...snippet.env,
    },
    timeout: timeLimit,
    killSignal: 'SIGKILL',
  });
  // A program that does not read its input may close the pipe before the text is written.
  child.stdin.on('error', () => {});
  child.stdin.end(snippet.stdin ?? '');
  if (snippet.kind === 'server') child.stdout.once('data', () => child.kill('SIGTERM'));
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') {
        const wanted = snippet.kind === 'server' ? ' and print a line when it listens' : '';
        reject(
          new Error(`did not end within ${timeLimit / 1000} s. A program has to end by itself${wanted}.`),
        );
      } else {
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
      }
    });
  });
  const [exitCode, stdout, stderr] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { exitCode, stdout, stderr };
}
