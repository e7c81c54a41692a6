/** What the build read from the pinned Node; first line of the library file. */
import type { Shape } from '../build/shapes.ts';

export interface NodeFacts {
  readonly version: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly release: Readonly<Record<string, unknown>>;
  /** `process.config` as JSON. */
  readonly config: string;
  /** Values of all command-line options when none is given. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What Node knows of each option, and the options that stand for others. */
  readonly optionsInfo: {
    readonly options: readonly (readonly [name: string, info: object])[];
    readonly aliases: readonly (readonly [name: string, expansion: readonly string[]])[];
  };
  /** Names of the globals that the language itself has. */
  readonly intrinsics: readonly string[];
  /** Each binding of real Node, by name. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** Where each module's source stands in the text that follows: from, to. */
  readonly modules: Readonly<Record<string, readonly [from: number, to: number]>>;
}
