/** What a browser does not write into a PDF: whose it is, its language and its date; and its objects, packed. */
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Edition } from '../edition.ts';
import { withoutLeaves } from './structure.ts';

/** The bytes of the finished file. */
export async function finishPdf(printed: Uint8Array, { identity, date }: Edition): Promise<Uint8Array> {
  const pdf = await PDFDocument.load(printed, { updateMetadata: false });
  pdf.setTitle(identity.title, { showInWindowTitleBar: true });
  pdf.setAuthor(identity.author);
  pdf.setSubject(identity.description);
  pdf.setLanguage(identity.language);
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  withoutLeaves(pdf);
  return await pdf.save({ useObjectStreams: true, objectsPerTick: Infinity });
}
