/**
 * The text file that keeps what real Node printed, made to be read in a diff:
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
import type { Recording } from './snippet.ts';

const unfinished = ' (no newline at the end)';

/** The recording as the text of its file. */
export function printRecording({ exitCode, stdout, stderr }: Recording): string {
  return `exit ${exitCode}\n${printSection('stdout', stdout)}${printSection('stderr', stderr)}`;
}

/** Reads what `printRecording` wrote; throws when the text has another form. */
export function parseRecording(text: string): Recording {
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

/** Path of a program's recording: `<part>/<chapter>/outputs/<program>.txt` in the content folder. */
export function recordingPath(contentDirectory: string, id: string): string {
  return join(contentDirectory, dirname(id), 'outputs', `${id.slice(id.lastIndexOf('/') + 1)}.txt`);
}

/** The recording of a program, or undefined when there is none yet. */
export async function recordingOf(contentDirectory: string, id: string): Promise<Recording | undefined> {
  const path = recordingPath(contentDirectory, id);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return parseRecording(text);
  } catch (error) {
    throw new Error(`${path}: cannot be read. Run: npm run outputs`, { cause: error });
  }
}

function printSection(name: string, text: string): string {
  if (text === '') return '';
  const body = text.replace(/^(\\*--- std)/gm, '\\$1');
  return body.endsWith('\n') ? `--- ${name}\n${body}` : `--- ${name}${unfinished}\n${body}\n`;
}
