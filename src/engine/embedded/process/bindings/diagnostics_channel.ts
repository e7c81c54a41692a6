/** Channels that C++ publishes to: none. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('diagnostics_channel')`. */
export const diagnosticsChannel: BindingFactory = (_realm, shape) => ({ ...shape, linkNativeChannel() {} });
