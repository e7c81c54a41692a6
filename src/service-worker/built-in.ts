/** What the build writes into the worker. */

declare const LOOPBOOK_EDITION: string;
declare const LOOPBOOK_SHELL: readonly ShellFile[];
declare const LOOPBOOK_COEP: 'require-corp' | 'credentialless';

/** A file that is kept from the first visit on. */
export interface ShellFile {
  /** Relative to the site. */
  readonly url: string;
  /** Hash of its content; null where the name has one. */
  readonly revision: string | null;
}

/** Names what the site consists of: another file, another edition. */
export const edition = LOOPBOOK_EDITION;
/** What every page needs, and the page for those that are not kept. */
export const shell = LOOPBOOK_SHELL;
/** The embedder policy that the site was built for. */
export const coep = LOOPBOOK_COEP;
