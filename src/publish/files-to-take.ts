/** Links to files of the whole book, on the page that lists them: those stay that the site has, with their size. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PublishStep } from './built-site.ts';

const page = 'take-along/index.html';
/** In a comment where the file was not there yet. */
const entry = /(?:<!--)?(<li data-file="([^"]+)">.*?<\/li>)(?:-->)?/gs;
const section = /<section[^>]*\bdata-files\b[^>]*>.*?<\/section>/s;

/** Comes after the steps that make such files, and again when one is made later. */
export const filesToTake: PublishStep = {
  name: 'files to take along',
  async run({ directory, configuration: { base } }) {
    const html = await readFile(join(directory, page), 'utf8');
    const sizes = new Map<string, number>();
    for (const file of await readdir(directory)) sizes.set(file, (await stat(join(directory, file))).size);
    const linked = linkFiles(html, sizes, base);
    await writeFile(join(directory, page), linked.html);
    return linked.files.length === 0 ? 'none' : linked.files.join(', ');
  },
};

/** Links the entries whose file is among those in the root of the site, sizes by name; the others become comments. */
export function linkFiles(
  html: string,
  sizes: ReadonlyMap<string, number>,
  base: string,
): { readonly html: string; readonly files: readonly string[] } {
  const files: string[] = [];
  const text = html.replace(entry, (_, item: string, ending: string) => {
    const file = [...sizes.keys()].find((name) => name.endsWith(ending));
    if (file === undefined) return `<!--${item}-->`;
    files.push(file);
    const size = `${((sizes.get(file) ?? 0) / 1_000_000).toFixed(1)} MB`;
    return item
      .replace(/ href="[^"]*"/, ` href="${base}${file}"`)
      .replace(' data-file="' + ending + '"', '')
      .replace('</li>', ` (${size})</li>`);
  });
  return { html: files.length === 0 ? text.replace(section, '') : text, files };
}
