/** The async context that V8 hands from a callback to what it schedules. */
import type { ProcessBindingFactory } from '../create-realm.ts';

/** `internalBinding('async_context_frame')`. */
export const asyncContextFrame: ProcessBindingFactory = ({ asyncContext }, shape) => ({
  ...shape,
  getContinuationPreservedEmbedderData: asyncContext.save,
  setContinuationPreservedEmbedderData: asyncContext.set,
});
