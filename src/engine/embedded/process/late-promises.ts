/**
 * Promises in the output of `console`. No function of the web tells at once whether a promise is settled, but its
 * reactions run before those of a promise that is settled later. So output that shows a promise of unknown state is
 * held back until then, and formatted again.
 */
import { promiseStates, rememberSettled, takeUnknownPromises } from './bindings/util/promises.ts';
import type { BindingFactory } from './realm.ts';
import type { ProcessBindingFactory } from './create-realm.ts';

type Format = (...values: unknown[]) => string;

const { apply } = Reflect;
const then = Promise.prototype.then;
const settled = Promise.resolve();

/** Text of a program that may handle a rejection. */
const handling = /\bcatch\b|\bawait\b|\bthen\b|allSettled|unhandledRejection/;

/** Adds `formatLater` to `internalBinding('util')`: the console of our copy of Node's library formats with it. */
export function withLatePromises(factory: BindingFactory): ProcessBindingFactory {
  return (realm, shape) => {
    // Looking at a promise counts as handling it. Where nothing else can, the rejection goes on.
    const mayHandle = (): boolean => realm.sources.files().some(([, text]) => handling.test(text));

    function find(promises: readonly object[], found: () => void): void {
      for (const promise of promises) {
        void apply(then, promise, [
          (value: unknown) => rememberSettled(promise, promiseStates.fulfilled, value),
          (reason: unknown) => {
            rememberSettled(promise, promiseStates.rejected, reason);
            if (!mayHandle()) throw reason;
          },
        ]);
      }
      void apply(then, settled, [found]);
    }

    function formatLater(format: Format): Format {
      return (...values) => {
        takeUnknownPromises();
        // What a program's own inspection throws has no frame of this function.
        const early = realm.stackTraces.withoutOwnFrames(() => format(...values));
        const unknown = takeUnknownPromises();
        if (unknown.length === 0) return early;
        const release = realm.output.holdNext();
        const settle = (pending: readonly object[]): void => {
          find(pending, () => {
            const late = format(...values);
            // A value that came to light may hold further promises.
            const more = takeUnknownPromises().filter((promise) => !asked.has(promise));
            more.forEach((promise) => asked.add(promise));
            if (more.length > 0) settle(more);
            else release((written) => substitute(written, early, late));
          });
        };
        const asked = new Set(unknown);
        settle(unknown);
        return early;
      };
    }

    return { ...factory(realm, shape), formatLater };
  };
}

/** Puts `late` where `early` was written; a group of the console indents every line. */
export function substitute(written: string, early: string, late: string): string {
  const [firstLine = ''] = early.split('\n', 1);
  const indent = /^ */.exec(written)?.[0].slice(/^ */.exec(firstLine)?.[0].length ?? 0) ?? '';
  const indented = (text: string): string => indent + text.replaceAll('\n', `\n${indent}`);
  if (!written.startsWith(indented(early))) return written;
  return indented(late) + written.slice(indented(early).length);
}
