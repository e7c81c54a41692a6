/**
 * What happened in real Node, kept in files: a server's answers in one that `exchanges.ts` describes, and what a program
 * printed in another text file, made to be read in a diff:
 *
 *     exit 1
 *     --- stdout
 *     one
 *     --- stderr (no newline at the end)
 *     two
 *
 * A stream that stayed empty has no section. A printed line that looks like the head of a section gets a backslash.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseExchanges, printExchanges } from './exchanges.ts';
import type { Output, Recording, Snippet } from './snippet.ts';

const unfinished = ' (no newline at the end)';

/** What a program printed, as the text of its file. */
export function printOutput({ exitCode, stdout, stderr }: Output): string {
  return `exit ${exitCode}\n${printSection('stdout', stdout)}${printSection('stderr', stderr)}`;
}

/** Reads what `printOutput` wrote; throws when the text has another form. */
export function parseOutput(text: string): Output {
  const [head = '', ...sections] = text.split(/^--- (?=std(?:out|err)(?: \(no newline at the end\))?\n)/m);
  const exit = /^exit (\d+)\n$/.exec(head);
  if (!exit)
    throw new Error(`A recording begins with a line such as «exit 0», not with «${head.split('\n', 1)[0]}».`);
  const streams = { stdout: '', stderr: '' };
  for (const section of sections) {
    const end = section.indexOf('\n');
    const name = section.startsWith('stdout') ? 'stdout' : 'stderr';
    const body = section.slice(end + 1).replace(/^\\(\\*--- std)/gm, '$1');
    streams[name] = section.slice(0, end).endsWith(unfinished) ? body.replace(/\n$/, '') : body;
  }
  return { exitCode: Number(exit[1]), ...streams };
}

/** The files of a program's recording, by path: `<part>/<chapter>/outputs/<program>.txt`, and `.http` for a server. */
export function printRecording(snippet: Snippet, recording: Recording): Map<string, string> {
  const [output, exchanges] = recordingPaths(snippet);
  const files = new Map([[output, printOutput(recording)]]);
  if (exchanges !== undefined) files.set(exchanges, printExchanges(snippet.requests, recording.exchanges));
  return files;
}

/** Paths of the files that a program's recording has, in the content folder. */
export function recordingPaths({ id, kind }: Snippet): readonly [output: string, exchanges?: string] {
  const path = join(dirname(id), 'outputs', id.slice(id.lastIndexOf('/') + 1));
  return kind === 'server' ? [`${path}.txt`, `${path}.http`] : [`${path}.txt`];
}

/** The recording of a program, or undefined when there is none yet. Throws when it cannot be read, or is another program's. */
export async function recordingOf(
  contentDirectory: string,
  snippet: Snippet,
): Promise<Recording | undefined> {
  const [outputPath, exchangesPath] = recordingPaths(snippet);
  const output = await readRecording(join(contentDirectory, outputPath), parseOutput);
  if (!output || exchangesPath === undefined) return output && { ...output, exchanges: [] };
  const exchanges = await readRecording(join(contentDirectory, exchangesPath), (text) =>
    parseExchanges(text, snippet.requests),
  );
  return exchanges && { ...output, exchanges };
}

async function readRecording<Part>(path: string, parse: (text: string) => Part): Promise<Part | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path}: ${reason} Run: npm run outputs`, { cause });
  }
}

function printSection(name: string, text: string): string {
  if (text === '') return '';
  const body = text.replace(/^(\\*--- std)/gm, '\\$1');
  return body.endsWith('\n') ? `--- ${name}\n${body}` : `--- ${name}${unfinished}\n${body}\n`;
}
