/** Node's own modules, for Node's own loader. */
import type { ProcessBindingFactory } from '../create-realm.ts';

/** `internalBinding('builtins')`. */
export const builtins: ProcessBindingFactory = (realm, shape) => ({
  ...shape,
  config: realm.library.facts.config,
  natives: {},
  compileFunction: (id: string) => realm.library.compile(id),
  hasCachedBuiltins: () => true,
  getCacheUsage: () => ({ compiledWithCache: [], compiledWithoutCache: [], compiledInSnapshot: [] }),
});
