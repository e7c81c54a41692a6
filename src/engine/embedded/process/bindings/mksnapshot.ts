/** Startup snapshots: none is being built. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('mksnapshot')`. */
export const mksnapshot: BindingFactory = (_realm, shape) => ({
  ...shape,
  setSerializeCallback() {},
  setDeserializeCallback() {},
  setDeserializeMainFunction() {},
  isBuildingSnapshotBuffer: new Uint8Array(1),
});
