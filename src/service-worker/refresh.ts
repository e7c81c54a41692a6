/** After an update: what is kept becomes that of the new edition, and what that does not have goes. */
import { edition } from './built-in.ts';
import { loadEdition, stemOf } from './edition.ts';
import { Kept, refreshChannel } from './kept.ts';
import { loadFiles } from './load-files.ts';
import type { LoadProgress } from './load-files.ts';
import { savesData, scope, site } from './scope.ts';

let isCurrent = false;

/**
 * Does it at the first call that can; else the next call tries again. `dropShells` throws away the shells of other editions,
 * which kept pages need until they are of this one. Never rejects.
 */
export async function refreshKept(dropShells: () => Promise<unknown>): Promise<void> {
  if (isCurrent) return;
  isCurrent = true;
  try {
    const kept = new Kept(site);
    const state = await kept.state();
    if (state?.edition === edition) return;
    if (state && !(await bringUp(kept, state.parts, dropShells))) isCurrent = false;
    else await kept.setState({ parts: [], wanted: [], ...state, edition });
  } catch {
    // Offline, or no room: what is kept stays as it is.
    isCurrent = false;
  }
}

/** What was used in its older form is wanted in its new one. False where it has to wait. */
async function bringUp(
  kept: Kept,
  parts: readonly string[],
  dropShells: () => Promise<unknown>,
): Promise<boolean> {
  if (savesData()) return false;
  const list = await loadEdition(site);
  // The host has the next one already, and so will this browser soon.
  if (list.edition !== edition) return false;
  const stems = new Set((await kept.paths()).map(stemOf));
  const files = list.files.filter(({ path, part }) => parts.includes(part) || stems.has(stemOf(path)));
  // What was only visited is nobody's concern.
  const channel = parts.length > 0 ? new BroadcastChannel(refreshChannel(site)) : undefined;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  const tell = (progress: LoadProgress | null) => channel?.postMessage(progress);
  try {
    await loadFiles({ site, kept, edition: list, files, onProgress: tell });
  } finally {
    tell(null);
    channel?.close();
  }
  // A page of the edition before may still want its own files.
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.length <= 1) await Promise.all([kept.prune(list), dropShells()]);
  return true;
}
