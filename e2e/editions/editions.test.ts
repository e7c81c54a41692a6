/** The EPUB and the PDF of the built site: whole, linked, and as their formats want them. Run by `npm run test:editions`. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, suite, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { strFromU8, unzipSync } from 'fflate';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toString } from 'hast-util-to-string';
import { getDocument, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import type { RecordedSnippet } from '../../src/snippet/snippet.ts';
import { checkEpub } from './epubcheck.ts';

const dist = new URL('../../dist/', import.meta.url);
const file = (name: string) => new URL(name, dist);

// True: the build has written this file from that type.
const programs = JSON.parse(await readFile(file('snippets.json'), 'utf8')) as readonly RecordedSnippet[];
const chapters = [...new Set(programs.map(({ chapter }) => chapter))];
const titles = await Promise.all(
  chapters.map(async (chapter) => {
    const page = fromHtml(await readFile(file(`${chapter}/index.html`), 'utf8'));
    return toString(select('h1', page) ?? page).trim();
  }),
);

// What the types of the library say is not what it gives: maps.
const isMarked = z.map(z.string(), z.boolean());
const destination = z.tuple([z.object({ num: z.number(), gen: z.number() })]).rest(z.unknown());
const destinationsSchema = z.map(z.string(), destination);

// What neither edition can print, and pictures and Chinese characters, for which a machine may have no font.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const leftOut = /[\s\0-\x1f\u{ad}\u{fffd}\p{Extended_Pictographic}\p{Script=Han}]+/gu;

/** Text as it is compared: how it is broken into lines and pages says nothing. */
function squeezed(text: string): string {
  return stripVTControlCharacters(text).normalize('NFKC').replace(leftOut, '');
}

suite('the EPUB', () => {
  const pages = new Map<string, ReturnType<typeof fromHtml>>();

  before(async () => {
    const entries = unzipSync(await readFile(file('loopbook.epub')));
    for (const [name, bytes] of Object.entries(entries))
      if (name.endsWith('.xhtml')) pages.set(name.replace('EPUB/', ''), fromHtml(strFromU8(bytes)));
  });

  test('has nothing that EPUBCheck finds fault with', async () => {
    assert.match(await checkEpub(file('loopbook.epub').pathname), /No errors or warnings detected/);
  });

  test('has every chapter, in the order of the book', () => {
    const found = [...pages.values()].flatMap((page) => selectAll('header.chapter h1', page).map(toString));
    assert.deepEqual(found, titles);
  });

  test('has every program with all of its files and all that it printed', () => {
    const figures = new Map(
      [...pages.values()].flatMap((page) =>
        selectAll('[data-program]', page).map((figure) => [
          figure.properties['dataProgram'],
          squeezed(toString(figure)),
        ]),
      ),
    );
    for (const { id, files, expected } of programs) {
      const text = figures.get(id) ?? assert.fail(`${id} is not there`);
      for (const part of [...Object.values(files), expected.stdout, expected.stderr])
        assert.ok(text.includes(squeezed(part)), `${id} lacks ${part}`);
      for (const { body, encoding } of expected.exchanges)
        if (encoding === undefined)
          assert.ok(text.includes(squeezed(body)), `${id} lacks the answer ${body}`);
    }
  });

  test('links to pages and headings that it has', () => {
    for (const [name, page] of pages) {
      for (const link of selectAll('a[href]', page)) {
        const href = String(link.properties['href']);
        if (/^https?:/.test(href)) continue;
        const [target = '', id] = href.split('#');
        const found = pages.get(target === '' ? name : target);
        assert.ok(found, `${name} links to ${href}`);
        if (id !== undefined) assert.ok(select(`[id="${id}"]`, found), `${name} links to ${href}`);
      }
    }
  });

  test('has nothing that is pressed or run', () => {
    for (const [name, page] of pages)
      assert.equal(select('script, button, input, [style], details', page), undefined, name);
  });
});

suite('the PDF', () => {
  let pdf: PDFDocumentProxy;

  before(async () => {
    const data = Uint8Array.from(await readFile(file('loopbook.pdf')));
    pdf = await getDocument({ data, verbosity: 0 }).promise;
  });

  test('has an entry in its outline for every chapter, under the parts', async () => {
    const parts = await pdf.getOutline();
    const entries = parts.flatMap((part) => part.items.map(({ title }) => String(title).trim()));
    assert.deepEqual(entries, titles);
  });

  test('is tagged, and says whose it is and in which language', async () => {
    const identity: unknown = JSON.parse(await readFile('content/book.json', 'utf8'));
    const { info } = await pdf.getMetadata();
    assert.partialDeepStrictEqual(identity, {
      title: 'Title' in info && info.Title,
      language: 'Language' in info && info.Language,
    });
    assert.ok(isMarked.parse(await pdf.getMarkInfo()).get('Marked'));
  });

  test('tells in its contents the page on which each chapter begins, and links there', async () => {
    const numbers = new Map<string, number>();
    const destinations = destinationsSchema.parse(await pdf.getDestinations());
    for (const chapter of chapters) {
      const place = destinations.get(chapter.replace('/', '-'));
      assert.ok(place, `nothing links to ${chapter}`);
      numbers.set(chapter, (await pdf.getPageIndex(place[0])) + 1);
    }
    const contents = (await Promise.all([3, 4, 5, 6, 7, 8].map((number) => textOf(pdf, number)))).join('');
    for (const [index, chapter] of chapters.entries()) {
      const line = squeezed(`${titles[index]}${numbers.get(chapter)}`);
      assert.ok(contents.includes(line), `the contents do not say ${line}`);
    }
  });

  test('has what every program printed', async () => {
    const pages = await Array.fromAsync({ length: pdf.numPages }, (_, index) => textOf(pdf, index + 1));
    const text = pages.join('');
    const missing = programs.flatMap(({ id, expected }) =>
      expected.stdout
        .split('\n')
        .map(squeezed)
        .filter((line) => !text.includes(line))
        .map((line) => `${id}: ${line}`),
    );
    assert.deepEqual(missing, []);
  });
});

async function textOf(pdf: PDFDocumentProxy, number: number): Promise<string> {
  const { items } = await (await pdf.getPage(number)).getTextContent();
  return squeezed(items.map((item) => ('str' in item ? item.str : '')).join(''));
}
