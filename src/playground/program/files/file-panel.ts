/** The place where one file is shown: static code, later its editor. */
import type { Editor, EditorOptions } from '../../editor.ts';

let panelsOfPage = 0;

/** Of a file that was there when the page loaded, or of one that the reader added. */
export class FilePanel {
  readonly element: HTMLElement;
  readonly id = `file-panel-${++panelsOfPage}`;
  readonly #name: string;
  readonly #pre: HTMLPreElement;
  readonly #isCreated: boolean;
  #editor: Editor | undefined;
  /** The text that the editor was last given, or gave: what it makes of line ends is no change. */
  #text = '';
  #isFollowing = false;

  constructor(name: string, element: HTMLElement, pre: HTMLPreElement, isCreated = false) {
    this.#name = name;
    this.element = element;
    this.#pre = pre;
    this.#isCreated = isCreated;
  }

  /** A panel for a file that the page did not come with. */
  static create(name: string): FilePanel {
    const element = document.createElement('div');
    element.className = 'plate-file';
    // Print shows it; on the screen its tab does.
    element.dataset['name'] = name;
    const pre = document.createElement('pre');
    pre.className = 'code';
    pre.dataset['file'] = name;
    pre.append(document.createElement('code'));
    element.append(pre);
    return new FilePanel(name, element, pre, true);
  }

  /** The editor, once there is one. */
  get editor(): Editor | undefined {
    return this.#editor;
  }

  /** Where the code stands in the viewport. */
  get box(): DOMRect {
    const editor = this.element.querySelector('.plate-editor');
    return (editor ?? this.#pre).getBoundingClientRect();
  }

  /** Scrolls so that the code is where it was, though what stood above it has gone. */
  stayAt({ y, height }: DOMRect): void {
    // A new editor does not know its height before the next frame; without it the page may be too short to scroll.
    this.element.style.minHeight = `${height}px`;
    scrollBy({ top: this.box.y - y, behavior: 'instant' });
    requestAnimationFrame(() => this.element.removeAttribute('style'));
  }

  /** The editor; it is made at the first call. */
  edit(EditorClass: typeof Editor, options: Omit<EditorOptions, 'pre' | 'name'>): Editor {
    if (this.#editor) return this.#editor;
    const { text, onChange } = options;
    this.#text = text;
    this.#editor = new EditorClass({
      ...options,
      pre: this.#pre,
      name: this.#name,
      onChange: (changed) => {
        if (this.#isFollowing) return;
        this.#text = changed;
        onChange(changed);
      },
    });
    return this.#editor;
  }

  /** Takes the editor away, with what could be undone in it. */
  close(): void {
    this.#editor?.dispose();
    this.#editor = undefined;
  }

  /** Shows another text, where the editor does not have it already. */
  follow(text: string): void {
    if (!this.#editor || text === this.#text) return;
    this.#text = text;
    this.#isFollowing = true;
    this.#editor.replace(text);
    this.#isFollowing = false;
  }

  /** Shows it, or hides it. */
  show(isShown: boolean): void {
    this.element.hidden = !isShown;
    const name = this.element.querySelector<HTMLElement>('.plate-file-name');
    if (name) name.hidden = true;
  }

  /** Makes it the panel of a tab; without one it is a group of its own again. */
  label(tab: string | undefined): void {
    this.element.role = tab === undefined ? 'group' : 'tabpanel';
    this.element.ariaLabel = tab === undefined ? this.#name : null;
    if (tab === undefined) {
      this.element.removeAttribute('aria-labelledby');
      this.element.removeAttribute('id');
    } else {
      this.element.setAttribute('aria-labelledby', tab);
      this.element.id = this.id;
    }
  }

  /** Gives the static code back. */
  dispose(): void {
    this.close();
    if (this.#isCreated) return this.element.remove();
    this.label(undefined);
    this.element.hidden = false;
    const name = this.element.querySelector<HTMLElement>('.plate-file-name');
    if (name) name.hidden = false;
  }
}
