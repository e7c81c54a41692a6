/** Writes Node's library as one text: a line of JSON with facts and offsets, then the sources one after another. */
import type { Dump } from './node-dump.ts';
import { createCommentRemover } from './comments.ts';
import { isCarried } from './left-out.ts';
import { applyPatches } from './patches.ts';
import { rewritePrivateSymbols } from './private-symbols.ts';

const acornId = 'internal/deps/acorn/acorn/dist/acorn';

/** Returns the library's text. Throws when a patch does not fit the pinned Node. */
export function buildLibrary(dump: Dump): string {
  const acorn = dump.sources[acornId];
  if (acorn === undefined)
    throw new Error(`Node's library has no ${acornId}; the engine needs it to read modules.`);
  const removeComments = createCommentRemover(acorn);
  const modules: Record<string, readonly [number, number]> = {};
  let text = '';
  for (const [id, source] of Object.entries(dump.sources)) {
    if (!isCarried(id)) continue;
    const from = text.length;
    text += removeComments(rewritePrivateSymbols(applyPatches(id, source)));
    modules[id] = [from, text.length];
  }
  return `${JSON.stringify({ ...dump.facts, modules }).replace(/[^\0-\x7f]/g, '?')}\n${text}`;
}
