/** Everything that is kept, as one file: what the reader takes to another browser. */
import { idOf } from './entry.ts';
import type { Entry } from './entry.ts';
import { readReplaced, rules } from './kept.ts';
import type { Replaced } from './kept.ts';
import { fields, Mismatch, tryRead, whole } from './reading.ts';
import type { Store } from './store.ts';

/** What an import did, in numbers of programs, results and so on. */
export interface ImportReport {
  /** Were not here before. */
  readonly added: number;
  /** Were older here, or were united with what is here. */
  readonly changed: number;
  /** Are newer here, or the same. */
  readonly unchanged: number;
  /** Could not be read. */
  readonly skipped: number;
  /** What `restore` of the store takes to undo it; absent where it changed nothing. */
  readonly removal?: string;
}

/** Why a file cannot be imported, as a sentence for the reader. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** What an import does, for the reader, beside the button. */
export const mergeRule =
  'Importing adds what is in the file to what is here. Where both have changed the same program, the later change stays. ' +
  'Of progress the better result stays, and histories are joined. An import can be undone for a day.';

/** Bytes of a file that is read. */
const largestArchive = 20_000_000;
const mostEntries = 20_000;
const format = 'loopbook';
const version = 1;

/** From each version to the next: the entries as the next one writes them. The first is from version 1 to 2. */
type Migration = (entries: readonly unknown[]) => readonly unknown[];
const migrations: readonly Migration[] = [];

interface ArchivedEntry {
  readonly replaced: Replaced;
  readonly at: number;
}

/** The name of the file, with the day. */
export function archiveName(date: Date): string {
  return `loopbook-${date.toISOString().slice(0, 10)}.json`;
}

/** The text of the file. */
export async function exportArchive(store: Store, date: Date): Promise<string> {
  const entries = await store.everything();
  const archived = entries.map(({ collection, key, at, value }) => ({ collection, key, at, value }));
  return `${JSON.stringify({ format, version, exportedAt: date.toISOString(), entries: archived }, undefined, 1)}\n`;
}

/** Puts a file into the store, by the rule of `mergeRule`. Rejects with an `ArchiveError`, and then changes nothing. */
export async function importArchive(store: Store, file: Blob): Promise<ImportReport> {
  if (file.size > largestArchive)
    throw new ArchiveError('This file is larger than any that this site exports: it was not imported.');
  const { entries, skipped } = readArchive(await file.text());
  const here = new Map((await store.everything()).map((entry) => [idOf(entry), entry]));
  const chosen = entries.map((entry) => choose(entry, here.get(idOf(entry.replaced))));
  const count = (outcome: Outcome) => chosen.filter((choice) => choice.outcome === outcome).length;
  const removal = await store.replace(
    chosen.filter(({ outcome }) => outcome !== 'unchanged').map(({ replaced }) => replaced),
  );
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    skipped,
    ...(removal === undefined ? {} : { removal }),
  };
}

/** The entries of a file, each once, and how many could not be read. Throws an `ArchiveError` where it is no such file. */
export function readArchive(
  text: string,
  to = version,
  steps = migrations,
): { readonly entries: readonly ArchivedEntry[]; readonly skipped: number } {
  const file = tryRead(fields, parse(text));
  if (file?.get('format') !== format)
    throw new ArchiveError('This file was not exported by this site: it was not imported.');
  const from = tryRead(whole, file.get('version')) ?? 0;
  if (from > to)
    throw new ArchiveError(
      'This file is of a newer version of this site. Reload the page and import it again.',
    );
  const archived = file.get('entries');
  if (from < 1 || !Array.isArray(archived) || archived.length > mostEntries)
    throw new ArchiveError('This file is damaged: it was not imported. Export it again where it came from.');
  const values = steps
    .slice(from - 1)
    .reduce<readonly unknown[]>((migrated, migrate) => migrate(migrated), archived);
  const entries = new Map<string, ArchivedEntry>();
  for (const value of values) {
    const entry = tryRead(readArchived, value);
    if (!entry) continue;
    const before = entries.get(idOf(entry.replaced));
    if (!before || before.at <= entry.at) entries.set(idOf(entry.replaced), entry);
  }
  return { entries: [...entries.values()], skipped: values.length - entries.size };
}

type Outcome = 'added' | 'changed' | 'unchanged';

function choose(
  { replaced, at }: ArchivedEntry,
  here: Entry | undefined,
): { readonly outcome: Outcome; readonly replaced: Replaced } {
  if (here?.value === undefined) return { outcome: 'added', replaced };
  const isSame = (value: unknown) => JSON.stringify(value) === JSON.stringify(here.value);
  // True: both values were read by the rule of their collection.
  const unite = rules[replaced.collection].unite as ((older: unknown, newer: unknown) => unknown) | undefined;
  const isLater = at > here.at;
  if (unite) {
    const value = isLater ? unite(here.value, replaced.value) : unite(replaced.value, here.value);
    return isSame(value)
      ? { outcome: 'unchanged', replaced }
      : { outcome: 'changed', replaced: { ...replaced, value } };
  }
  return { outcome: isLater && !isSame(replaced.value) ? 'changed' : 'unchanged', replaced };
}

function readArchived(value: unknown): ArchivedEntry {
  const replaced = readReplaced(value);
  if (replaced.value === undefined) throw new Mismatch();
  return { replaced, at: whole(fields(value).get('at')) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
