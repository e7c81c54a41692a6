/** Diagnostic reports: never written, so every trigger is off. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('report')`. */
export const report: BindingFactory = (_realm, shape) => ({
  ...shape,
  shouldReportOnUncaughtException: () => false,
  shouldReportOnFatalError: () => false,
  shouldReportOnSignal: () => false,
});
