/** `String(function)` as its author wrote it: what the engine changes in programs does not show. */
import { withoutOwnName } from './eval-origin.ts';
import type { SourceRegistry } from './source-registry.ts';

/** Puts a function in the place of `Function.prototype.toString` that answers with the file's own text. */
export function showOriginalFunctions(sources: SourceRegistry): void {
  const { apply } = Reflect;
  const prototype: object = Function.prototype;
  const native: unknown = Reflect.get(prototype, 'toString');
  if (typeof native !== 'function') return;
  // True: the language defines it so, and it throws for what is no function.
  const textOf = (value: unknown): string => apply(native as () => string, value, []);
  const original = (value: unknown): string => {
    const text = withoutOwnName(textOf(value));
    // Everything that the engine inserts has a name with this sign in it.
    return text.includes('$') ? sources.originalText(text) : text;
  };
  // A method has no prototype and cannot be constructed, as the native one.
  const { toString } = {
    toString(this: unknown): string {
      return this === toString ? textOf(native) : original(this);
    },
  };
  Object.defineProperty(prototype, 'toString', { value: toString });
}
