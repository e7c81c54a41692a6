/** What the reader changed, kept for the visit: across pages, and across the reload that isolates the page. */

/** Text of the changed files, by name. */
export type ChangedFiles = Readonly<Record<string, string>>;

const kept = new Map<string, ChangedFiles>();
const unstored = new Set<string>();

/** The changed files of a program; empty when there are none. */
export function readEdit(snippet: string): ChangedFiles {
  const inMemory = kept.get(snippet);
  if (inMemory) return inMemory;
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(keyOf(snippet)) ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
  } catch {
    return {};
  }
}

/** Keeps the changed files of a program; none forgets it. */
export function keepEdit(snippet: string, files: ChangedFiles): void {
  kept.set(snippet, files);
  unstored.delete(snippet);
  try {
    if (Object.keys(files).length === 0) sessionStorage.removeItem(keyOf(snippet));
    else sessionStorage.setItem(keyOf(snippet), JSON.stringify(files));
  } catch {
    // Blocked or full: it lives until the page unloads.
    if (Object.keys(files).length > 0) unstored.add(snippet);
  }
}

/** Whether the edits of the visit would survive a reload. */
export function areEditsStored(): boolean {
  return unstored.size === 0;
}

function keyOf(snippet: string): string {
  return `loopbook:edit:${snippet}`;
}
