/** What this Node was built with. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('config')`. */
export const config: BindingFactory = (_realm, shape) => ({
  ...shape,
  // Both would need parts that only a native process has.
  hasInspector: false,
  fipsMode: false,
  getDefaultLocale: () => 'en-US',
});
