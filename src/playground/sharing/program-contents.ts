/** What is in a program that one reader gives to another, in words. */
import type { SharedProgram } from './shared-program.ts';
import { quoteShellWord } from '../program/shell-words.ts';
import { visibleBeginning } from './visible-text.ts';

/** Characters of a text that a reader looks through. */
const longestText = 100;

const list = new Intl.ListFormat('en');

/** What a link or a file holds, to be put after "It holds". */
export function describeContents({ files, args, env, stdin }: SharedProgram): string {
  const names = Object.keys(files);
  const variables = Object.keys(env);
  const listed = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  return list.format([
    names.length === 1 ? `the file ${names.join('')}` : `${names.length} files (${list.format(listed)})`,
    ...(args.length > 0
      ? [
          `the ${args.length === 1 ? 'argument' : 'arguments'} ${visibleBeginning(args.map(quoteShellWord).join(' '), longestText)}`,
        ]
      : []),
    ...(variables.length > 0
      ? [`the environment ${variables.length === 1 ? 'variable' : 'variables'} ${list.format(variables)}`]
      : []),
    ...(stdin === undefined ? [] : ['the standard input']),
  ]);
}

/** How many lines a text has, in words. */
export function describeLines(text: string): string {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return text === '' ? 'empty' : lines === 1 ? '1 line' : `${lines.toLocaleString('en-US')} lines`;
}

/** The command line as one writes it in a terminal; what can hide is written out, what is long is cut. */
export function commandLine({ entry, args }: Pick<SharedProgram, 'entry' | 'args'>): string {
  const words = ['node', ...(entry === '' ? [] : [entry]), ...args];
  return visibleBeginning(words.map(quoteShellWord).join(' '), 5 * longestText);
}

/** The variables of the environment, as one writes them in a terminal; cut as the command line. */
export function variableLines({ env }: Pick<SharedProgram, 'env'>): string[] {
  return Object.entries(env).map(
    ([name, value]) => `${name}=${visibleBeginning(quoteShellWord(value), longestText)}`,
  );
}

/** What the program reads on its standard input: how it begins, and how much it is. */
export function inputLine(stdin: string): string {
  const lines = describeLines(stdin);
  return stdin === '' ? lines : `${visibleBeginning(stdin, longestText).trim()} (${lines})`;
}
