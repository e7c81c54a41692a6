/** Single executable applications: a program in a page is none. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('sea')`. */
export const sea: BindingFactory = (_realm, shape) => ({
  ...shape,
  isSea: () => false,
  isExperimentalSeaWarningNeeded: () => false,
});
