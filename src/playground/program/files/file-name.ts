/** Names that a reader gives to files. */
import { isFileName } from '../../sharing/shared-program.ts';

/** How many files a program can have: as many as are kept and shared. */
export const mostFiles = 50;

/** Why a file cannot have this name beside these others, as a sentence; undefined where it can. */
export function fileNameProblem(name: string, others: readonly string[]): string | undefined {
  if (name === '') return 'Give the file a name.';
  if (name.length > 200) return 'This name is too long.';
  if (!isFileName(name))
    return 'A name has letters, digits and the signs . _ - + @, with a slash between folder and file.';
  if (others.includes(name)) return `There is a file with the name ${name} already.`;
  const file = others.find((other) => name.startsWith(`${other}/`));
  if (file !== undefined) return `${file} is a file, so it cannot be a folder as well.`;
  if (others.some((other) => other.startsWith(`${name}/`)))
    return `${name} is a folder, so it cannot be a file as well.`;
  if (others.length >= mostFiles) return `A program can have ${mostFiles} files, and this one has.`;
  return undefined;
}

/** Whether Node can be started with a file of this name. */
export function isRunnable(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name) || !/[^/]\.[^/]*$/.test(name);
}
