/** The files of one program: as they were written, as the reader changed them, and the editors for that. */
import type { Editor, Point } from './editor.ts';
import { keepEdit, readEdit } from './edits.ts';

/** What the reader sees of a program's files. */
export class ProgramFiles {
  readonly #snippet: string;
  readonly #blocks: ReadonlyMap<string, HTMLPreElement>;
  /** Text of each file, by name, as its author wrote it. */
  readonly originals: Readonly<Record<string, string>>;
  readonly #onChange: () => void;
  #edit: Record<string, string>;
  readonly #editors = new Map<string, Editor>();
  #isDisposed = false;

  /** Finds the files in the static HTML of a program; takes up what the reader changed earlier. */
  constructor(root: HTMLElement, snippet: string, onChange: () => void) {
    this.#snippet = snippet;
    this.#onChange = onChange;
    this.#blocks = new Map(
      [...root.querySelectorAll<HTMLPreElement>('pre[data-file]')].map((pre) => [
        pre.dataset['file'] ?? '',
        pre,
      ]),
    );
    this.originals = Object.fromEntries([...this.#blocks].map(([name, pre]) => [name, pre.textContent]));
    this.#edit = { ...readEdit(snippet) };
  }

  get isEdited(): boolean {
    return Object.keys(this.#edit).length > 0;
  }

  /** Text of each file, by name, as it would run now. */
  get current(): Readonly<Record<string, string>> {
    return { ...this.originals, ...this.#edit };
  }

  /** Turns the static code into editors; rejects where their code cannot be loaded. */
  async open(file?: string, point?: Point): Promise<void> {
    const { Editor } = await import('./editor.ts');
    if (this.#isDisposed) return;
    if (this.#editors.size === 0) {
      const files = this.current;
      for (const [name, pre] of this.#blocks) {
        const onChange = (text: string) => this.#change(name, text);
        this.#editors.set(name, new Editor({ pre, name, text: files[name] ?? '', onChange }));
      }
    }
    if (file !== undefined) this.#editors.get(file)?.focus(point);
  }

  /** Forgets the reader's changes. */
  reset(): void {
    this.#edit = {};
    keepEdit(this.#snippet, {});
    for (const [name, editor] of this.#editors) editor.replace(this.originals[name] ?? '');
    this.#onChange();
  }

  /** Gives the static code back; the changes are kept for the visit. */
  dispose(): void {
    this.#isDisposed = true;
    for (const editor of this.#editors.values()) editor.dispose();
  }

  #change(name: string, text: string): void {
    if (this.#isDisposed) return;
    if (text === this.originals[name]) delete this.#edit[name];
    else this.#edit[name] = text;
    keepEdit(this.#snippet, this.#edit);
    this.#onChange();
  }
}
