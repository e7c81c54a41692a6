/** The blocks of the built book, and whether an engine printed what real Node printed. */
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine, OutputChunk, Program } from '../src/engine/engine.ts';
import type { RecordedSnippet } from '../src/snippet/snippet.ts';
import { textOf } from './engine-page.ts';
import type { EnginePage, Outcome } from './engine-page.ts';

/** What a server answered to one of its requests. */
interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bytes: readonly number[];
}

/** What a block did in an engine. */
export interface Played extends Outcome {
  /** In the order of the block's requests. */
  readonly answers: readonly Answer[];
}

/** A page that runs functions of the tests: Playwright's, or one that is driven in another way. */
export interface EvaluatingPage {
  evaluate<Result, Given>(run: (given: Given) => Promise<Result>, given: Given): Promise<Result>;
}

/** Milliseconds that a block may take, on a busy machine. */
const LIMIT = 60_000;

/** Exit code of a program that SIGTERM ended. */
const STOPPED = 143;

/** Headers that recordings leave out, because no two answers agree on them. */
const VARYING_HEADERS = new Set([
  'connection',
  'date',
  'keep-alive',
  'last-modified',
  'server-timing',
  'x-request-id',
  'x-response-time',
]);

/** The chapters that are written, as `<part>/<chapter>`. */
export const CHAPTERS: readonly string[] = globSync('*/*/index.mdx', {
  cwd: fileURLToPath(new URL('../content', import.meta.url)),
}).map((path) => dirname(path).replaceAll('\\', '/'));

/** Every block of `dist/snippets.json`, or those of one chapter; throws when the site has not been built. */
export async function readManifest(chapter?: string): Promise<RecordedSnippet[]> {
  const file = new URL('../dist/snippets.json', import.meta.url);
  // The build wrote it, from this type.
  const all = JSON.parse(await readFile(file, 'utf8')) as RecordedSnippet[];
  return chapter === undefined ? all : all.filter((snippet) => snippet.chapter === chapter);
}

/** The block as an engine takes it. */
function programOf(snippet: RecordedSnippet): Program {
  const { files, entry, args, env, packages, stdin } = snippet;
  if (snippet.kind === 'repl') {
    // On a terminal that knows no movements, a REPL prints what one reads.
    const plain = { ...env, TERM: 'dumb', NO_COLOR: '1' };
    return { files, packages, command: ['node', ...args], env: plain, terminal: { columns: 200, rows: 50 } };
  }
  const program = { files, packages, command: ['node', entry, ...args], env } as const;
  return stdin === undefined ? program : { ...program, stdin };
}

const linesIn = (text: string): number => text.split('\n').length;

/** Lines that a server prints before it is stopped, where it ends at once; undefined for other programs. */
function linesBeforeStop({ kind, expected: { exitCode, stdout, stderr } }: RecordedSnippet) {
  const endsAtOnce = kind === 'server' && exitCode === STOPPED;
  return endsAtOnce ? { stdout: linesIn(stdout), stderr: linesIn(stderr) } : undefined;
}

/** The lines that are typed into a REPL, and the end of its input; undefined for other programs. */
function keysOf({ kind, files }: RecordedSnippet): string[] | undefined {
  if (kind !== 'repl') return undefined;
  const lines = (files['repl.js'] ?? '').replace(/\n$/, '').split('\n');
  return [...lines.map((line) => `${line}\r`), '\x04'];
}

/** What a REPL printed as it is recorded: without its version, and without the line end after its last prompt. */
function asRecorded(chunks: readonly OutputChunk[]): OutputChunk[] {
  const text = textOf(chunks, 'stdout', 'both')
    .replaceAll('\r\n', '\n')
    .replace(/^[^]*?\nType "\.help" for more information\.\n/, '')
    .replace(/(?<=\n)\.\.\. /g, '| ')
    .replace(/\n$/, '');
  return [{ stream: 'stdout', text }, ...chunks.filter(({ stream }) => stream === 'stderr')];
}

/**
 * Runs a block in a page of `openEnginePage` or `openEmbeddedPage`. A server is sent its requests and stopped, a REPL is
 * typed a line at each prompt, as for their recordings. What has not ended after a minute is killed: the exit code is 137.
 */
export async function runSnippet(page: EvaluatingPage, snippet: RecordedSnippet): Promise<Played> {
  const isServer = snippet.kind === 'server';
  const played = await page.evaluate(
    async ([given, requests, keys, before, limit]) => {
      const { embedded, enginePage }: { embedded?: Engine; enginePage?: EnginePage } = window;
      const ports = new Set<number>();
      let changed = Promise.withResolvers<void>();
      const options = {
        onServer(port: number) {
          ports.add(port);
          changed.resolve();
          changed = Promise.withResolvers();
        },
      };
      /** The only port, or the one that the request says, when the program listens there. */
      const listening = async (wanted: number | undefined) => {
        for (;;) {
          const [first] = ports;
          const port = wanted ?? first;
          if (port !== undefined && ports.has(port)) return port;
          await changed.promise;
        }
      };
      const { run, engine, reason } = enginePage
        ? await enginePage.engines.start(given, options)
        : { run: await embedded?.start(given, options), engine: 'embedded', reason: undefined };
      if (!run) throw new Error('The page has no engine.');
      const late = setTimeout(() => void run.kill('SIGKILL'), limit);
      const answers: Answer[] = [];
      const ask = async () => {
        for (const { port, method, path, headers, body } of requests ?? []) {
          const request = { method, path, headers: Object.fromEntries(headers) };
          const response = await run.request(
            await listening(port),
            body === undefined ? request : { ...request, body },
          );
          const { status, statusText } = response;
          const bytes = new Uint8Array(await new Response(response.body).arrayBuffer());
          answers.push({ status, statusText, headers: response.headers, bytes: [...bytes] });
        }
      };
      const chunks: OutputChunk[] = [];
      const printed = Promise.withResolvers<void>();
      const lines = { stdout: 1, stderr: 1, both: 1 };
      const count = (stream: OutputChunk['stream'], text: string) => {
        lines[stream] += text.split('\n').length - 1;
        // The last of a WebContainer's output may come after the exit.
        const isAll = !before || (lines.stdout >= before.stdout && lines.stderr >= before.stderr);
        if (isAll || enginePage) printed.resolve();
      };
      count('both', '');
      const askAndStop = async () => {
        try {
          // A program that does not end in time is ended by force, with what it has not sent yet.
          await Promise.race([Promise.all([ask(), printed.promise]), run.exit]);
        } finally {
          await run.kill('SIGTERM');
        }
      };
      const asked = requests && askAndStop();
      // The output is read to its end, whatever happens here.
      asked?.catch(() => {});
      const keyboard = keys && run.stdin.getWriter();
      let answer = '';
      const reader = run.output.getReader();
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(next.value);
        count(next.value.stream, next.value.text);
        answer += next.value.text;
        if (keys && /\n(?:> |\| |\.\.\. )$/.test(answer)) {
          answer = '';
          await keyboard?.write(keys.shift() ?? '');
        }
      }
      await asked;
      clearTimeout(late);
      return { engine, reason, exitCode: await run.exit, chunks, answers };
    },
    [
      programOf(snippet),
      isServer ? snippet.requests : undefined,
      keysOf(snippet),
      linesBeforeStop(snippet),
      LIMIT,
    ] as const,
  );
  return snippet.kind === 'repl' ? { ...played, chunks: asRecorded(played.chunks) } : played;
}

/** How an outcome differs from the recording, a line each; none where it is the same. */
export function differences(snippet: RecordedSnippet, played: Played): string[] {
  const { expected, isVarying, kind } = snippet;
  const { exitCode, chunks } = played;
  const found = answerDifferences(snippet, played);
  // How a server ends is up to who stops it.
  if (exitCode !== expected.exitCode && kind !== 'server') {
    found.push(`exit code ${exitCode} instead of ${expected.exitCode}`);
  }
  if (isVarying) return found;
  const stdout = textOf(chunks, 'stdout');
  // What no engine could attribute belongs to the stream that lacks it.
  const isStdoutWhole = stdout === expected.stdout;
  const printed = isStdoutWhole ? stdout : textOf(chunks, 'stdout', 'both');
  const errors = isStdoutWhole ? textOf(chunks, 'stderr', 'both') : textOf(chunks, 'stderr');
  if (printed !== expected.stdout) {
    found.push(`stdout ${JSON.stringify(printed)}`, `instead of ${JSON.stringify(expected.stdout)}`);
  }
  // Versions of Node word their errors differently.
  if ((errors === '') !== (expected.stderr === '')) {
    found.push(`stderr ${JSON.stringify(errors)}`, `instead of ${JSON.stringify(expected.stderr)}`);
  }
  return found;
}

/** How the answers of a server differ from the recorded ones; where the program varies, only their status counts. */
export function answerDifferences(
  { requests, expected, isVarying }: RecordedSnippet,
  { answers }: Played,
): string[] {
  return requests.flatMap(({ method, path }, index) => {
    const [wanted, answer] = [expected.exchanges[index], answers[index]];
    if (!wanted || !answer) return [`${method} ${path} got no answer`];
    const { encoding, ...expectedAnswer } = wanted;
    const actualAnswer = {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers.filter(([name]) => !VARYING_HEADERS.has(name.toLowerCase())),
      body: Buffer.from(answer.bytes).toString(encoding ?? 'utf8'),
    };
    const [before, now] = isVarying
      ? [wanted.status, answer.status]
      : [JSON.stringify(expectedAnswer), JSON.stringify(actualAnswer)];
    return before === now ? [] : [`${method} ${path} got ${now}`, `instead of ${before}`];
  });
}

/** Errors as recordings keep them: without stack frames of Node's own, which depend on its version, and process ids. */
export function withoutNodeFrames(stderr: string): string {
  return stderr
    .replace(/\n[ \t]+at (?:[^\n]*\()?(?:async )?node:[^\n)]*?\)?(?= \{|\n|$)/g, '')
    .replace(/^\(node:\d+\)/gm, '(node:<pid>)');
}
