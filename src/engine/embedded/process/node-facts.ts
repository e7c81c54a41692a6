/** What the build read from the pinned Node; first line of the library file. */
import type { Shape } from '../build/shapes.ts';
import type { IntrinsicMembers } from './intrinsics.ts';

/** Where the source of each module stands in a text: from, to. */
export type ModuleRanges = Readonly<Record<string, readonly [from: number, to: number]>>;

/** How the library is cut. */
export interface LibraryFacts {
  /** Modules in the text that follows the facts. */
  readonly modules: ModuleRanges;
  /** Modules in texts of their own, by the name of the part; `length` is that of the text. */
  readonly parts: Readonly<Record<string, { readonly length: number; readonly modules: ModuleRanges }>>;
}

export interface NodeFacts extends LibraryFacts {
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
  /** What those globals have. */
  readonly intrinsicMembers: IntrinsicMembers;
  /** Each binding of real Node, by name. */
  readonly shapes: Readonly<Record<string, Shape>>;
}
