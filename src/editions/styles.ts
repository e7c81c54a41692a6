/** Style sheets of the editions, with values for the page's variables. */
import { readFile } from 'node:fs/promises';
import { withColors } from './colors.ts';
import { widestIndent } from './plain/program.ts';

/** What both editions share, and then `own` of one of them. */
export async function bookStyles(own: string): Promise<string> {
  const shared = await readFile(new URL('book.css', import.meta.url), 'utf8');
  const indents = Array.from(
    { length: widestIndent + 1 },
    (_, indent) => `.in-${indent}{padding-left:${indent + 2}ch;text-indent:-${indent + 2}ch}`,
  );
  return withColors(`${shared}\n${indents.join('\n')}\n${own}`);
}
