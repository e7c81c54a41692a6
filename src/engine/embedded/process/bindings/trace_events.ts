/** Tracing, which is always off. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('trace_events')`. */
export const traceEvents: BindingFactory = (_realm, shape) => ({
  ...shape,
  available: false,
  trace() {},
  isTraceCategoryEnabled: () => false,
  getCategoryEnabledBuffer: () => new Uint8Array(1),
  getEnabledCategories: () => undefined,
  setTraceCategoryStateUpdateHandler() {},
});
