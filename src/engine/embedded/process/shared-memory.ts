/**
 * `SharedArrayBuffer` where the page is not isolated. There the browser hides the name and lets nothing shared leave the
 * Worker; within it, shared memory and `Atomics.wait` work. Has to be loaded before modules that look for the name.
 */

// Looks for the name before it is given here.
import '../isolated.ts';

if (typeof globalThis.SharedArrayBuffer !== 'function') {
  const value = findSharedArrayBuffer();
  if (value)
    Object.defineProperty(globalThis, 'SharedArrayBuffer', { value, writable: true, configurable: true });
}

function findSharedArrayBuffer(): unknown {
  try {
    return new WebAssembly.Memory({ initial: 0, maximum: 0, shared: true }).buffer.constructor;
  } catch {
    // A browser without it.
    return undefined;
  }
}
