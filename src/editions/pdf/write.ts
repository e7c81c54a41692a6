/** A book as one PDF: printed by a browser, twice, because the list of contents tells the pages that the first print has. */
import { readFile } from 'node:fs/promises';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../../e2e/browser.ts';
import type { Edition } from '../edition.ts';
import { bookStyles } from '../styles.ts';
import { bookDocument, unknownPages, type PageOf } from './document.ts';
import { finishPdf } from './finish.ts';
import { readPages } from './read.ts';

/** The bytes of the file and how many pages it has; throws a sentence where there is no browser. */
export async function writePdf(edition: Edition): Promise<{ bytes: Uint8Array; pageCount: number }> {
  const styles = await bookStyles(await readFile(new URL('pdf.css', import.meta.url), 'utf8'));
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const print = async (pageOf: PageOf, isFinal: boolean) => {
      await page.setContent(bookDocument(edition, styles, pageOf), { waitUntil: 'load' });
      return await page.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        outline: isFinal,
        tagged: isFinal,
      });
    };
    const draft = await print(unknownPages, false);
    const { pageOf } = await readPages(draft);
    const printed = await print(pageOf, true);
    const bytes = await finishPdf(printed, edition);
    const { pageCount } = await readPages(bytes);
    return { bytes, pageCount };
  } finally {
    await browser.close();
  }
}
