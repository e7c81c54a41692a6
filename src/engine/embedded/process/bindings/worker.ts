/** Which thread this is: the main one. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('worker')`. */
export const worker: BindingFactory = (_realm, shape) => ({
  ...shape,
  isMainThread: true,
  isInternalThread: false,
  ownsProcessState: true,
  threadId: 0,
  threadName: '',
  resourceLimits: new Float64Array(4),
  getEnvMessagePort: () => undefined,
});
