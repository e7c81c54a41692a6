/** Whether the reader has chosen an engine: what a page knows of it before it loads any. */

/** Dispatches `choice` when the reader chooses, on this page. */
export const engineChoices = new EventTarget();

/** Whether a choice of this or an earlier visit is kept. */
export function hasChosenEngine(): boolean {
  try {
    return localStorage.getItem('loopbook:engine') !== null || sessionStorage.length > 0;
  } catch {
    return false;
  }
}
