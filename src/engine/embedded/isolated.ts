/** Whether this thread may share memory with the others of the page. */

/**
 * The page is cross-origin isolated, and the browser has shared memory: WebKitGTK, in GNOME Web, isolates pages and has it
 * switched off. To be read before `process/shared-memory.ts` gives the name to a Worker that may not share.
 */
export const isIsolated =
  globalThis.crossOriginIsolated && typeof globalThis.SharedArrayBuffer === 'function';
