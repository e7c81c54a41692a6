/** HTTP/2: its constants; sessions stay stubs that say so. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('http2')`. */
export const http2: BindingFactory = (_realm, shape) => ({
  ...shape,
  // Node's library hands them over when it is loaded; only sessions would call them.
  setCallbackFunctions: () => undefined,
});
