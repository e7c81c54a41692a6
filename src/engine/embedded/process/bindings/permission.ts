/** Node's permission model, which is off. */
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('permission')`. */
export const permission: BindingFactory = (_realm, shape) => ({ ...shape, has: () => true });
