/** Writes Node's library as texts: the first begins with a line of JSON with facts and offsets, then sources follow. */
import type { LibraryFacts, ModuleRanges } from '../process/node-facts.ts';
import { libraryParts } from '../library-parts.ts';
import type { Dump } from './node-dump.ts';
import { createCommentRemover } from './comments.ts';
import { isCarried } from './left-out.ts';
import { applyPatches } from './patches.ts';
import { rewritePrivateSymbols } from './private-symbols.ts';

const acornId = 'internal/deps/acorn/acorn/dist/acorn';

/** Node's library as it is shipped: all texts are ASCII. */
export interface LibraryTexts {
  /** The facts, and what every program gets. */
  readonly core: string;
  /** The rest, by the name of the part. */
  readonly parts: Readonly<Record<string, string>>;
}

/** Returns the library's texts. Throws when a patch does not fit the pinned Node. */
export function buildLibrary(dump: Dump): LibraryTexts {
  const acorn = dump.sources[acornId];
  if (acorn === undefined)
    throw new Error(`Node's library has no ${acornId}; the engine needs it to read modules.`);
  const removeComments = createCommentRemover(acorn);
  const core = new ModuleText();
  const parts = new Map(libraryParts.map(({ name }) => [name, new ModuleText()]));
  for (const [id, source] of Object.entries(dump.sources)) {
    if (!isCarried(id)) continue;
    const part = libraryParts.find(({ modules }) => modules.test(id));
    const text = (part && parts.get(part.name)) ?? core;
    text.add(id, removeComments(rewritePrivateSymbols(applyPatches(id, source))));
  }
  const facts: LibraryFacts = {
    modules: core.ranges,
    parts: Object.fromEntries(
      [...parts].map(([name, { text, ranges }]) => [name, { length: text.length, modules: ranges }]),
    ),
  };
  return {
    core: `${JSON.stringify({ ...dump.facts, ...facts }).replace(/[^\0-\x7f]/g, '?')}\n${core.text}`,
    parts: Object.fromEntries([...parts].map(([name, { text }]) => [name, text])),
  };
}

/** Sources one after another. */
class ModuleText {
  readonly ranges: Record<string, ModuleRanges[string]> = {};
  text = '';

  add(id: string, source: string): void {
    this.ranges[id] = [this.text.length, this.text.length + source.length];
    this.text += source;
  }
}
