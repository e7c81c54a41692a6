/** The search index of the site, made by Pagefind of the built pages: `/pagefind/`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { close, createIndex } from 'pagefind';
import { writtenChapters } from '../snippet/collect.ts';
import { readIdentity } from '../snippet/identity.ts';
import type { BuiltSite, PublishStep } from './built-site.ts';
import { searchDocument } from './search-document.ts';
import type { SearchedPage } from './search-document.ts';

/** Pages beside the chapters, by their paths; one that the site does not have is passed over. */
const otherPages = ['glossary/', 'engine/'];

/** What Pagefind gives besides the index and what reads it: interfaces of its own, and a Worker that is not used. */
const unused = /^pagefind-(?!entry\.json$)/;
/** Reads the index of a language that Pagefind does not know; it comes in any case. */
const wordless = 'wasm.unknown.pagefind';

/** Writes the index; the same pages make the same files. */
export const searchIndex: PublishStep = {
  name: 'search index',
  async run(site) {
    try {
      const { index, errors } = await createIndex();
      if (!index) throw new Error(errors.join(' '));
      let count = 0;
      for (const { path, page } of await searchedPages(site)) {
        const html = await readPage(site, path);
        if (html === undefined) continue;
        const added = await index.addHTMLFile({ url: path, content: documentOf(path, html, page) });
        if (added.errors.length > 0) throw new Error(`${path}: ${added.errors.join(' ')}`);
        count += 1;
      }
      const { files } = await index.getFiles();
      const isKnown = files.some(({ path }) => path.startsWith('wasm.') && path !== wordless);
      const kept = files.filter(({ path }) => !unused.test(path) && !(isKnown && path === wordless));
      const directory = join(site.directory, 'pagefind');
      await rm(directory, { recursive: true, force: true });
      for (const { path, content } of kept) {
        await mkdir(dirname(join(directory, path)), { recursive: true });
        await writeFile(join(directory, path), content);
      }
      const size = kept.reduce((sum, { content }) => sum + content.length, 0);
      return `${count} pages in ${kept.length} files, ${Math.round(size / 1000)} kB`;
    } finally {
      await close();
    }
  },
};

async function searchedPages({ content }: BuiltSite): Promise<{ path: string; page: SearchedPage }[]> {
  const { language } = await readIdentity(content);
  const chapters = (await writtenChapters(content)).map(({ id, number, part, topics }) => ({
    path: `${id}/`,
    page: {
      language,
      metadata: { chapter: String(number), part: `Part ${part.number}, ${part.title}` },
      filters: { part: `Part ${part.number}, ${part.title}`, kind: 'chapter' },
      topics: topics.map((topic) => topic.id),
    },
  }));
  const others = otherPages.map((path) => ({
    path,
    page: { language, metadata: {}, filters: { kind: path.replace('/', '') }, topics: [] },
  }));
  return [...chapters, ...others];
}

async function readPage({ directory }: BuiltSite, path: string): Promise<string | undefined> {
  try {
    return await readFile(join(directory, path, 'index.html'), 'utf8');
  } catch (error) {
    if (otherPages.includes(path) && error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return undefined;
    throw error;
  }
}

function documentOf(path: string, html: string, page: SearchedPage): string {
  try {
    return searchDocument(html, page);
  } catch (error) {
    throw new Error(
      `/${path} cannot be searched: ${error instanceof Error ? error.message : String(error)}.`,
      {
        cause: error,
      },
    );
  }
}
