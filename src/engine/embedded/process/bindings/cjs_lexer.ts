/** Names that a CommonJS module exports, found without running it. */
import { initSync, parse } from 'cjs-module-lexer';
import type { BindingFactory } from '../realm.ts';

/** `internalBinding('cjs_lexer')`. */
export const cjsLexer: BindingFactory = (_realm, shape) => {
  let isReady = false;
  return {
    ...shape,
    /** The names of exports, and the modules whose exports are passed on. A source that cannot be read has neither. */
    parse(source: string): [exportNames: Set<string>, reexports: string[]] {
      try {
        if (!isReady) initSync();
        isReady = true;
        const { exports, reexports } = parse(source);
        return [new Set(exports), reexports];
      } catch {
        return [new Set(), []];
      }
    },
  };
};
