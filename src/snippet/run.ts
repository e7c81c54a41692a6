/** The oracle: one program in real Node, and what it printed. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { InstalledPackages } from './packages.ts';
import { typeLines } from './repl-session.ts';
import { sendRequest } from './send-request.ts';
import type { RecordedResponse, Recording, Snippet, SnippetRequest } from './snippet.ts';

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
 * they change from version to version. A REPL is typed the lines of its file, and shows them as a terminal does. A server is sent its requests when it has printed its address, then gets SIGTERM.
 */
export async function run(snippet: Snippet, { node, packages }: RunOptions): Promise<Recording> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'loopbook-')));
  try {
    if (snippet.packages.length > 0) await (await packages()).copy(snippet.packages, directory);
    for (const [name, code] of Object.entries(snippet.files)) {
      await mkdir(dirname(join(directory, name)), { recursive: true });
      await writeFile(join(directory, name), code);
    }
    const { exitCode, stdout, stderr, exchanges } = await runIn(directory, snippet, node);
    const normalize = (output: string) => output.replaceAll(directory, home).replaceAll('\r\n', '\n');
    // To put another name there would make its length a lie.
    if (JSON.stringify(exchanges).includes(directory))
      throw new Error('answers with the name of its directory, which is another on each machine.');
    return { exitCode, stdout: normalize(stdout), stderr: withoutInternals(normalize(stderr)), exchanges };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Text of stderr without the parts that depend on the Node version or on the process. */
export function withoutInternals(stderr: string): string {
  return stderr
    .replace(/\n[ \t]+at (?:[^\n]*\()?(?:async )?node:[^\n)]*?\)?(?= \{|\n|$)/g, '')
    .replace(/^\(node:\d+\)/gm, '(node:<pid>)');
}

async function runIn(directory: string, snippet: Snippet, node: string): Promise<Recording> {
  const isRepl = snippet.kind === 'repl';
  const child = spawn(node, [isRepl ? '-i' : snippet.entry, ...snippet.args], {
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
  if (!isRepl) child.stdin.end(snippet.stdin ?? '');
  const isServer = snippet.kind === 'server';
  const asked = isServer ? askServer(child, snippet.requests) : Promise.resolve([]);
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') {
        const wanted = isServer
          ? 'A server has to print its address when it listens, such as http://localhost:3000, to answer, and to end at SIGTERM.'
          : 'A program has to end by itself.';
        reject(new Error(`did not end within ${timeLimit / 1000} s. ${wanted}`));
      } else {
        resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
      }
    });
  });
  const [exitCode, stdout, stderr, exchanges] = await Promise.all([
    exited,
    isRepl ? typeLines(child, snippet.files['repl.js'] ?? '') : text(child.stdout),
    text(child.stderr),
    asked.catch((error: Error) => error),
  ]);
  if (exchanges instanceof Error) throw new Error(`${exchanges.message}\n${stderr}`, { cause: exchanges });
  return { exitCode, stdout, stderr, exchanges };
}

/** Sends a server its requests, one after the other, and stops it. */
async function askServer(
  server: ChildProcessWithoutNullStreams,
  requests: readonly SnippetRequest[],
): Promise<RecordedResponse[]> {
  const responses: RecordedResponse[] = [];
  try {
    const needsAddress = requests.some(({ port }) => port === undefined);
    const printed = await listening(server, needsAddress);
    for (const request of requests) {
      responses.push(await sendRequest(request, request.port ?? printed));
    }
  } catch (cause) {
    const { method, path } = requests[responses.length] ?? { method: 'its', path: 'requests' };
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`gave no whole answer to ${method} ${path}: ${reason}.`, { cause });
  } finally {
    server.kill('SIGTERM');
  }
  return responses;
}

/** Resolves with the port in the first address that a server prints; without need of one, at its first output. */
function listening(server: ChildProcessWithoutNullStreams, needsAddress: boolean): Promise<number> {
  let printed = '';
  return new Promise((resolve, reject) => {
    server.stdout.on('data', (piece: Buffer) => {
      printed += piece.toString();
      const address = /\b(?:localhost|127\.0\.0\.1):(\d+)(?!\d)[^]/.exec(printed);
      if (address || !needsAddress) resolve(Number(address?.[1]));
    });
    server.stdout.on('end', () => reject(new Error('it ended before it printed an address to send it to')));
  });
}
