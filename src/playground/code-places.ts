/** From the output of a program to its code: links to the places that it names, and a mark where it failed. */
import { linkPlaces } from './output/link-places.ts';
import { findError } from './output/places.ts';
import type { FilePlace } from './output/places.ts';
import type { Draft } from './program/draft.ts';
import type { FileTabs } from './program/file-tabs.ts';

/** Where the places are named, and where they are. */
export interface CodePlacesOptions {
  readonly log: HTMLElement;
  readonly draft: Draft;
  readonly files: FileTabs;
  /** The editor could not be loaded. */
  readonly onNotLoaded: () => void;
}

/** Looks for names of the files that the program has now. */
export class CodePlaces {
  readonly #options: CodePlacesOptions;

  constructor(options: CodePlacesOptions) {
    this.#options = options;
  }

  /** Makes places of the program in the output links to them. */
  link(): void {
    const { log, files, onNotLoaded } = this.#options;
    linkPlaces(log, this.#names, ({ file, ...place }: FilePlace) => {
      files.goTo(file, place).catch(onNotLoaded);
    });
  }

  /** Marks the error that a failed program printed, in place of what was marked before. */
  mark(printed: string | undefined): void {
    const { files } = this.#options;
    // Nobody who only ran it wants an editor.
    if (!files.isOpen) return;
    files.clearErrors();
    const error = printed === undefined ? undefined : findError(printed, this.#names);
    if (error) void files.showErrors(error.file, [error]); // It is open: nothing has to be loaded.
  }

  get #names(): string[] {
    return Object.keys(this.#options.draft.current.files);
  }
}
