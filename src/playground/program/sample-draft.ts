/** For tests only: a draft of a program with three files, in a browser whose storage is blocked. */
import { memoryBrowser } from '../store/memory-browser.ts';
import type { Store } from '../store/store.ts';
import { Draft } from './draft.ts';
import type { DraftSource } from './draft.ts';

/** Of the program. */
export const id = 'files/streams/copy';
/** The program. */
export const source: DraftSource = {
  id,
  original: {
    files: { 'main.mjs': 'main', 'lib.mjs': 'lib', 'data.txt': 'data' },
    entry: 'main.mjs',
    args: ['--all'],
    env: { MODE: 'test' },
    stdin: 'typed',
  },
  readOnly: new Set(['data.txt']),
};

/** Opens stores of one browser, a tab each. */
export function browser(): (tab: string) => Store {
  const noStorage = () => {
    throw new Error('blocked');
  };
  return memoryBrowser(noStorage).open;
}

/** The draft, with what is kept of it. */
export async function openDraft(store: Store, from = source): Promise<Draft> {
  const draft = new Draft(from, async () => store);
  await draft.ready;
  return draft;
}

/** Where the changes come from, from now on. */
export function watch(draft: Draft): string[] {
  const origins: string[] = [];
  draft.onChange(({ origin }) => origins.push(origin), new AbortController().signal);
  return origins;
}
