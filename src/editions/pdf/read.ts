/** Reads back where what a PDF links to stands. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { z } from 'zod';
import type { PageOf } from './document.ts';

// A place in a document names its page by a reference to the object that the page is.
const destinations = z.map(z.string(), z.unknown());
const destination = z.tuple([z.object({ num: z.number(), gen: z.number() })]).rest(z.unknown());

/** The number of pages, and the page of each id that a link leads to. */
export async function readPages(bytes: Uint8Array): Promise<{ pageCount: number; pageOf: PageOf }> {
  // The reader takes the bytes for itself.
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  try {
    const pdf = await task.promise;
    const pages = new Map<string, number>();
    for (const [id, place] of destinations.parse(await pdf.getDestinations())) {
      const found = destination.safeParse(place);
      if (found.success) pages.set(id, (await pdf.getPageIndex(found.data[0])) + 1);
    }
    return { pageCount: pdf.numPages, pageOf: (id) => pages.get(id) };
  } finally {
    await task.destroy();
  }
}
