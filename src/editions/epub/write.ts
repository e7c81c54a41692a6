/** A book as one EPUB 3 file, the same bytes for the same book. */
import { readFile } from 'node:fs/promises';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { bookStyles } from '../styles.ts';
import { coverImage } from '../cover.ts';
import type { Edition } from '../edition.ts';
import { containerFile, packageFile, type Resource } from './package.ts';
import { writePages } from './pages.ts';

const cover: Resource = { name: 'cover.png', mediaType: 'image/png', properties: 'cover-image' };
const styles: Resource = { name: 'book.css', mediaType: 'text/css' };

/** The bytes of the file. */
export async function writeEpub(edition: Edition): Promise<Uint8Array> {
  const pages = writePages(edition, cover.name);
  const sheet = await readFile(new URL('epub.css', import.meta.url), 'utf8');
  const files: Zippable = {
    // First, and as it is: so a reading system knows what the file is. Source: https://www.w3.org/TR/epub-33/#sec-zip-container-mime
    mimetype: [strToU8('application/epub+zip'), { level: 0 }],
    'META-INF/container.xml': strToU8(containerFile('EPUB/package.opf')),
    'EPUB/package.opf': strToU8(packageFile(edition, pages, [styles, cover])),
    [`EPUB/${styles.name}`]: strToU8(await bookStyles(sheet)),
    [`EPUB/${cover.name}`]: [coverImage(edition), { level: 0 }],
  };
  for (const { name, xhtml } of pages) files[`EPUB/${name}`] = strToU8(xhtml);
  // A zip file keeps a time without its zone.
  return zipSync(files, { level: 9, mtime: '1980-01-01T00:00:00' });
}
