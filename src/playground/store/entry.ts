/** One kept thing with the stamp of who wrote it and when, and which of two versions wins. */
import { readPlace, rules } from './kept.ts';
import type { Collection, Kept } from './kept.ts';
import { fields, text, tryRead, whole } from './reading.ts';

/** A kept thing. Without a value it was removed; that is remembered for a day, so that no other tab brings it back. */
export interface Entry<C extends Collection = Collection> {
  readonly collection: C;
  readonly key: string;
  /** When it was written: milliseconds since 1970, later than everything that its tab had seen. */
  readonly at: number;
  /** Which tab wrote it. */
  readonly by: string;
  readonly value?: Kept[C];
  /** When it may be thrown away, in milliseconds since 1970. */
  readonly expires?: number;
}

/** Milliseconds for which a removal is remembered and can be undone. */
export const undoTime = 24 * 60 * 60 * 1000;
/** Clocks that run ahead by more than this are not believed, in milliseconds. */
const clockTolerance = 60_000;

/** What identifies an entry in memory. */
export function idOf({ collection, key }: Pick<Entry, 'collection' | 'key'>): string {
  return `${collection} ${key}`;
}

/** The version that counts: the one written last. Progress and histories are united instead, unless they were removed. */
export function mergeEntries(one: Entry, other: Entry): Entry {
  const [older, newer] = isBefore(one, other) ? [one, other] : [other, one];
  if (older.value === undefined || newer.value === undefined) return newer;
  // True: both values are of the collection whose rule unites them.
  const unite = rules[newer.collection].unite as
    ((one: unknown, other: unknown) => Kept[Collection]) | undefined;
  return unite ? { ...newer, value: unite(older.value, newer.value) } : newer;
}

/** Reads an entry out of storage or of another tab; undefined where it is none. */
export function readEntry(value: unknown): Entry | undefined {
  return tryRead((unread) => {
    const place = readPlace(unread);
    const from = fields(unread);
    const at = Math.min(whole(from.get('at')), Date.now() + clockTolerance);
    const stamp = { ...place, at, by: text(100)(from.get('by')) };
    const [kept, expires] = [from.get('value'), from.get('expires')];
    return {
      ...stamp,
      ...(kept === undefined ? {} : { value: rules[place.collection].read(kept) }),
      ...(expires === undefined ? {} : { expires: whole(expires) }),
    };
  }, value);
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.by < other.by);
}
