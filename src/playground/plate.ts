/** The static HTML of a program, as `Snippet.astro` writes it: its parts, and what it says of the program. */
import type { SavedRequest, Snippet } from '../snippet/snippet.ts';
import type { DraftSource } from './program/draft.ts';

/** What it says beside the files. */
export type ProgramFacts = Pick<
  Snippet,
  'entry' | 'args' | 'env' | 'stdin' | 'packages' | 'engine' | 'kind' | 'isVarying'
>;

/** Reads a program from its element. */
export class Plate {
  readonly root: HTMLElement;
  readonly facts: ProgramFacts;
  readonly requests: readonly SavedRequest[];

  constructor(root: HTMLElement) {
    this.root = root;
    // True: Snippet.astro wrote both, from a Snippet.
    this.facts = JSON.parse(root.dataset['program'] ?? '') as ProgramFacts;
    this.requests = JSON.parse(root.dataset['requests'] ?? '[]') as readonly SavedRequest[];
  }

  /** What the reader knows the program by. */
  get title(): string {
    return this.part('title').textContent.trim();
  }

  set title(title: string) {
    this.part('title').textContent = title;
    this.part('figure').ariaLabel = title;
  }

  /** The command and the input, where they are shown. */
  get command(): readonly HTMLElement[] {
    return [...this.root.querySelectorAll<HTMLElement>('[data-part=command], [data-part=stdin]')];
  }

  /** The element of a name; throws where there is none. */
  part(name: string): HTMLElement {
    const element = this.root.querySelector<HTMLElement>(`[data-part=${name}]`);
    if (!element) throw new Error(`${this.root.dataset['snippet']} has no part named ${name}.`);
    return element;
  }

  /** The program as its author wrote it. */
  source(): DraftSource {
    const blocks = [...this.root.querySelectorAll<HTMLElement>('pre[data-file]')];
    const { entry, args, env, stdin } = this.facts;
    const nameOf = (block: HTMLElement) => block.dataset['file'] ?? '';
    const files = Object.fromEntries(blocks.map((block) => [nameOf(block), block.textContent]));
    const original = { files, entry, args, env, ...(stdin === undefined ? {} : { stdin }) };
    const readOnly = blocks.filter((block) => 'readOnly' in block.dataset).map(nameOf);
    return { id: this.root.dataset['snippet'] ?? '', original, readOnly: new Set(readOnly) };
  }

  /** Does something; a control that goes away with the focus on it leaves that to Run. */
  keepFocus(act: () => void): void {
    const focused = document.activeElement;
    act();
    if (focused instanceof HTMLElement && focused.hidden && this.root.contains(focused))
      this.part('run').focus();
  }
}
