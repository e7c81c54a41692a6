/** The edits of one script while they are found, and the names that they bring into it. */
import type { Edit } from '../../esm/edits.ts';

/** Edits in the order in which they were found, which is that of edits at one offset. */
export class EditList {
  readonly edits: Edit[] = [];
  /** A name that the script does not contain. */
  readonly helper: string;
  #count = 0;

  constructor(helper: string) {
    this.helper = helper;
  }

  insert(at: number, insert: string): void {
    this.edits.push({ at, remove: 0, insert });
  }

  /** Puts `insert` in the place of a text that stands at `at`. */
  replace(at: number, text: string, insert: string): void {
    this.edits.push({ at, remove: text.length, insert });
  }

  /** Another name that the script does not contain. */
  newName(): string {
    this.#count++;
    return `${this.helper}${this.#count}`;
  }
}
