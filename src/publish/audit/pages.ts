/** The pages of a built site, as files. */
import { glob, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A page as a host sends it. */
export interface BuiltPage {
  /** Path in the folder of the site, with slashes. */
  readonly file: string;
  readonly html: string;
}

/** Reads every HTML file of a site, in the order of their names; throws a sentence where there is none. */
export async function* readPages(directory: string): AsyncGenerator<BuiltPage> {
  const files = (await Array.fromAsync(glob('**/*.html', { cwd: directory }))).toSorted();
  if (files.length === 0) throw new Error(`${directory} has no site. Run: npm run build`);
  for (const file of files)
    yield { file: file.replaceAll(sep, '/'), html: await readFile(join(directory, file), 'utf8') };
}
