/** Hosts of the table, real ones and stand-ins. */

/** A folder that was built for a path. */
export interface BuiltFor {
  /** Absolute path of the built site. */
  readonly directory: string;
  /** Begins and ends with a slash. */
  readonly base: string;
}

/** A host that answers. */
export interface RunningHost {
  /** Address of the site, with a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A kind of host. */
export interface Host {
  readonly name: string;
  /** Path that the site is built for. */
  readonly base: string;
  /** Whether it shows its own page in place of the site's for what is not there. */
  readonly hasOwnNotFound?: true;
  /** Why it cannot be here, as a sentence; undefined where it can. May install it. */
  missing?(): string | undefined;
  /** Rejects with a sentence where it does not start. */
  start(site: BuiltFor): Promise<RunningHost>;
}
