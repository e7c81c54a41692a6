/** The command of a program in words: as a shell is given it, and its environment as lines that a reader writes. */
import { isVariableName, longestWord, mostWords } from '../sharing/shared-program.ts';
import { quoteShellWord, splitShellWords } from './shell-words.ts';
import type { EditableProgram } from '../store/program-edit.ts';

/** An environment, or a sentence on why the text is none. */
export type EnvironmentText =
  { readonly env: Readonly<Record<string, string>> } | { readonly problem: string };

/** Arguments, or a sentence on why the text has none. */
export type ArgumentText = { readonly args: readonly string[] } | { readonly problem: string };

const tooLong = `is longer than ${longestWord.toLocaleString('en')} characters.`;

/** The line that one would type into a shell to run it, without standard input. */
export function commandLine({ entry, args, env }: Pick<EditableProgram, 'entry' | 'args' | 'env'>): string {
  const words = ['node', ...(entry === '' ? [] : [entry]), ...args].map(quoteShellWord);
  return [...Object.entries(env).map(([name, value]) => `${name}=${quoteShellWord(value)}`), ...words].join(
    ' ',
  );
}

/** Reads arguments with the quoting of a shell. */
export function readArguments(text: string): ArgumentText {
  const split = splitShellWords(text);
  if ('problem' in split) return split;
  const { words } = split;
  if (words.length > mostWords) return { problem: `These are more than ${mostWords} arguments.` };
  if (words.some((word) => word.length > longestWord)) return { problem: `An argument ${tooLong}` };
  if (words.some((word) => word.includes('\0')))
    return { problem: 'An argument cannot have a NUL character.' };
  return { args: words };
}

/** Writes arguments so that `readArguments` reads them back. */
export function writeArguments(args: readonly string[]): string {
  return args.map(quoteShellWord).join(' ');
}

/**
 * Reads lines of `NAME=value`. A value is what stands there, without blanks around it; one that begins with a quotation mark
 * is read as a shell reads it, over several lines too.
 */
export function readEnvironment(text: string): EnvironmentText {
  const env = new Map<string, string>();
  const lines = text.split(/\r\n?|\n/);
  for (let at = 0; at < lines.length; at++) {
    const number = at + 1;
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    const [, name = '', written] = /^\s*(.*?)\s*=\s*(.*)$/.exec(line) ?? [line, line];
    if (written === undefined) return { problem: `Line ${number} has no = after the name.` };
    if (name === '') return { problem: `Line ${number} has no name before the =.` };
    if (!isVariableName(name))
      return { problem: `Line ${number}: a name has letters, digits and _, and begins with no digit.` };
    if (env.has(name)) return { problem: `Line ${number}: ${name} has a value already.` };
    const read = readValue(written, lines.slice(at + 1));
    if ('problem' in read) return { problem: `Line ${number}: ${read.problem}` };
    at += read.more;
    if (read.value.length > longestWord) return { problem: `Line ${number}: the value ${tooLong}` };
    if (read.value.includes('\0')) return { problem: `Line ${number}: a value cannot have a NUL character.` };
    env.set(name, read.value);
  }
  if (env.size > mostWords) return { problem: `These are more than ${mostWords} variables.` };
  return { env: Object.fromEntries(env) };
}

/** Writes an environment so that `readEnvironment` reads it back. */
export function writeEnvironment(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      const isPlain = value === value.trim() && !/^['"]|[\r\n]/.test(value);
      return `${name}=${isPlain ? value : quoteShellWord(value)}`;
    })
    .join('\n');
}

function readValue(
  written: string,
  below: readonly string[],
): { readonly value: string; readonly more: number } | { readonly problem: string } {
  if (!/^['"]/.test(written)) return { value: written.trimEnd(), more: 0 };
  const first = splitShellWords(written);
  let text = '';
  for (const [more, line] of [written, ...below].entries()) {
    text += more === 0 ? line : `\n${line}`;
    if (text.length > 2 * longestWord) break;
    // Only where a quotation can end.
    const split = /['"]/.test(line) ? splitShellWords(text) : first;
    if ('problem' in split) continue;
    const [value = '', ...rest] = split.words;
    if (rest.length > 0) return { problem: 'after the closing quotation mark there is more.' };
    return { value, more };
  }
  return 'problem' in first ? first : { problem: 'a quotation mark is not closed.' };
}
