/** What the reader is told about the copy of the book in each of its states, and what can be done then. */
import type { CopyState } from './copy.ts';
import { megabytes, partWords } from './words.ts';

/** What stands below the choice of parts. */
export interface CopyView {
  readonly words: string;
  /** Label of the button that loads; without one there is nothing to load. */
  readonly load?: string;
  readonly canRemove: boolean;
}

/** `more` says that a part is chosen that is not here; `promise` what the browser promises about a copy. */
export function viewOf(
  state: CopyState,
  { more, promise }: { readonly more: boolean; readonly promise: string },
): CopyView {
  switch (state.name) {
    case 'absent':
      return { words: '', load: 'Keep the book here', canRemove: false };
    case 'loading':
      return {
        words: 'Loading the book. Read on meanwhile, if you like; it stops when this tab is closed.',
        canRemove: false,
      };
    case 'refreshing':
      return { words: 'There is a new edition. The copy is being brought up to date.', canRemove: false };
    case 'partial': {
      const { failure, progress } = state;
      const words = failure === undefined ? partWords(progress) : `${failure} ${partWords(progress)}`;
      return { words, load: 'Continue', canRemove: true };
    }
    case 'outdated': {
      const { bytes, allBytes, files, allFiles } = state.progress;
      const changed = allFiles - files;
      const words = `There is a new edition. Of your copy, ${changed === 1 ? '1 file' : `${changed} files`} of ${megabytes(allBytes - bytes)} changed.`;
      return {
        words: state.failure === undefined ? words : `${state.failure} ${words}`,
        load: 'Bring the copy up to date',
        canRemove: true,
      };
    }
    case 'whole': {
      const what = state.parts.includes('engine')
        ? 'The whole book is kept here, and its programs run'
        : 'All chapters are kept here, and open';
      return {
        words: `${what} without a connection. It takes ${megabytes(state.bytes)}.${promise}`,
        ...(more ? { load: 'Keep that, too' } : {}),
        canRemove: true,
      };
    }
    case 'impossible':
      return { words: state.reason, canRemove: false };
    case 'unasked':
      break;
  }
  return {
    words: state.isWhole
      ? 'A copy of the book is kept here. Whether there is a new edition cannot be seen now: the site does not answer.'
      : 'The site does not answer, so nothing can be loaded now. Chapters that you opened before are kept.',
    canRemove: state.isWhole,
  };
}
