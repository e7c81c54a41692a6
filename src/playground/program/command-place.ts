/** Where the command of a program stands: its author's line, and in place of that the panel, once the reader needs it. */
import { commandLine } from './command-line.ts';
import { CommandPanel } from './command-panel.ts';
import type { Draft } from './draft.ts';

/** What the panel is of, and where it goes. */
export interface CommandPlaceOptions {
  readonly draft: Draft;
  /** The author's command and input, where they are shown. */
  readonly lines: readonly HTMLElement[];
  /** What the panel follows. */
  readonly after: HTMLElement;
  /** The reader pressed Enter in a line where nothing is wrong. */
  readonly onRun: () => void;
}

/** Makes the panel at its first use; a program that shows its command has it from the start. */
export class CommandPlace {
  readonly #options: CommandPlaceOptions;
  #panel: CommandPanel | undefined;

  constructor(options: CommandPlaceOptions) {
    this.#options = options;
    if (options.lines.length > 0) this.#show();
  }

  /** Opens the panel and puts the caret into it. */
  open(): void {
    this.#show().open();
  }

  /** Says beside the fields what is wrong in them; false where something is. */
  check(): boolean {
    return this.#panel?.check() ?? true;
  }

  /** Shows the panel where the reader changed the command line or the input: the static line is the author's. */
  refresh(): void {
    const { original, current } = this.#options.draft;
    if (commandLine(current) !== commandLine(original) || current.stdin !== original.stdin) this.#show();
  }

  /** Gives the static line back. */
  dispose(): void {
    this.#panel?.dispose();
    for (const line of this.#options.lines) line.hidden = false;
  }

  #show(): CommandPanel {
    if (this.#panel) return this.#panel;
    const { draft, lines, after, onRun } = this.#options;
    this.#panel = new CommandPanel({ draft, onRun });
    for (const line of lines) line.hidden = true;
    after.after(this.#panel.element);
    return this.#panel;
  }
}
