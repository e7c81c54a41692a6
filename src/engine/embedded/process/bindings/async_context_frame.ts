/** The async context that V8 hands from a callback to what it schedules. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('async_context_frame')`. */
export const asyncContextFrame: BindingFactory = (_realm, shape) => {
  let frame: unknown;
  return {
    ...shape,
    getContinuationPreservedEmbedderData: () => frame,
    setContinuationPreservedEmbedderData(value: unknown) {
      frame = value;
    },
  };
};
