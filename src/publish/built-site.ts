/** A site as the build left it in its folder, before the last steps. */
import type { Configuration } from '../layouts/configuration.ts';

export interface BuiltSite {
  /** Absolute path of the folder that a host will serve; ends without a slash. */
  readonly directory: string;
  /** Absolute path of the book's content. */
  readonly content: string;
  readonly configuration: Configuration;
}

/** A last step of the build: it reads the pages that are there and adds files beside them. */
export interface PublishStep {
  /** What is added, for the build's log: `search index`. */
  readonly name: string;
  /** Resolves with a line about what was made; throws a sentence. */
  run(site: BuiltSite): Promise<string>;
}
