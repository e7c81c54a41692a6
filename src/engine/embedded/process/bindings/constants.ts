/** Constants of the operating system and of libraries: read-only, in objects without a prototype, as C++ defines them. */
import type { Binding, BindingFactory } from '../realm.ts';

/** `internalBinding('constants')`. */
export const constants: BindingFactory = (_realm, shape) => ({ ...defineAll(shape) });

function defineAll(values: Binding): Binding {
  // A program that prints one of them sees that it has no prototype.
  const target = Object.create(null) as Binding;
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'object' && value !== null) target[name] = defineAll(value as Binding);
    else Object.defineProperty(target, name, { value, enumerable: true });
  }
  return target;
}
