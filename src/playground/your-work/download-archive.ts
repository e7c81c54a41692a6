/** The export of everything, as a download. */
import { saveFile } from '../save-file.ts';
import { archiveName, exportArchive } from '../store/archive.ts';
import type { Store } from '../store/index.ts';

/** Hands the file to the browser; resolves with its name. */
export async function downloadArchive(store: Store): Promise<string> {
  const date = new Date();
  const name = archiveName(date);
  saveFile(new Blob([await exportArchive(store, date)], { type: 'application/json' }), name);
  return name;
}
