/** Command-line options of Node. */
import type { ProcessBindingFactory } from '../create-realm.ts';

/** `internalBinding('options')`. */
export const options: ProcessBindingFactory = (realm, shape) => ({
  ...shape,
  getCLIOptionsValues: () => ({ __proto__: null, ...realm.info.options }),
  getCLIOptionsInfo() {
    const { options: known, aliases } = realm.library.facts.optionsInfo;
    return { options: new Map(known), aliases: new Map(aliases) };
  },
  getOptionsAsFlags: () => [...realm.info.execArgv],
  getEmbedderOptions: () => ({
    shouldNotRegisterESMLoader: false,
    noGlobalSearchPaths: false,
    noBrowserGlobals: false,
    hasEmbedderPreload: false,
  }),
});
