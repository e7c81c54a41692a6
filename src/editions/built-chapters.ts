/** The chapters as the build left them: the text of each page. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select } from 'hast-util-select';
import { toString } from 'hast-util-to-string';
import { writtenChapters } from '../snippet/collect.ts';
import type { ChapterPlace } from '../snippet/curriculum.ts';

/** A chapter's page, read back. */
export interface BuiltChapter {
  readonly place: ChapterPlace;
  readonly title: string;
  readonly description: string;
  /** The element around the text. */
  readonly text: Element;
}

/** Every written chapter in reading order; throws a sentence where a page is not there or is none. */
export async function readBuiltChapters(site: string, contentDirectory: string): Promise<BuiltChapter[]> {
  const places = await writtenChapters(contentDirectory);
  return await Array.fromAsync(places, async (place) => {
    const path = join(site, place.id, 'index.html');
    if (!existsSync(path)) throw new Error(`${path} is not there. Build the site first: npm run build`);
    const page = fromHtml(await readFile(path, 'utf8'));
    const find = (selector: string): Element => {
      const element = select(selector, page);
      if (!element)
        throw new Error(`${path} has no ${selector}: it is not a chapter's page. Run: npm run build`);
      return element;
    };
    return {
      place,
      title: toString(find('article h1')).trim(),
      description: toString(find('article .chapter-description')).trim(),
      text: find('article .prose'),
    };
  });
}
