/** Whether this browser keeps anything of the reader: what a page asks before it loads the store. */

/** Set as long as something may be kept. */
const hintKey = 'loopbook:kept';

/** Where the first version of this site kept edits, for one visit: `loopbook:edit:<program>` in `sessionStorage`. */
export const visitPrefix = 'loopbook:edit:';

/** Whether there may be something to restore. False also where storage is blocked: then there is nothing. */
export function hasKept(): boolean {
  try {
    return (
      localStorage.getItem(hintKey) !== null ||
      Object.keys(sessionStorage).some((key) => key.startsWith(visitPrefix))
    );
  } catch {
    return false;
  }
}

/** Fired on `window` when something is kept for the first time. */
export const keptEvent = 'loopbook:kept';

/** Says for the pages to come whether something is kept. Where storage refuses, nothing is: the journal reports that. */
export function hintAtKept(isKept: boolean): void {
  try {
    if (!isKept) localStorage.removeItem(hintKey);
    else if (localStorage.getItem(hintKey) === null) {
      localStorage.setItem(hintKey, '1');
      dispatchEvent(new Event(keptEvent));
    }
  } catch {
    // Blocked or full: the journal meets the same wall and says so.
  }
}
