/** The bar above the code: tabs, the menu of the file that is shown, and the button that adds one. */
import { make, makeButton } from '../../element.ts';
import { FileMenu } from './file-menu.ts';
import type { FileAction } from './file-menu.ts';
import type { NameField } from './name-field.ts';

/** What the bar holds, and whom it asks. */
export interface FileBarOptions {
  /** Holds the code; it is in the frame of a program, whose caption may name the file. */
  readonly root: HTMLElement;
  readonly tabs: HTMLElement;
  /** What can be done with the file that is shown. */
  readonly actions: () => readonly FileAction[];
  readonly onAdd: () => void;
}

/** Of a program with one file there is only the button, beside the file's name. */
export class FileBar {
  readonly #root: HTMLElement;
  readonly #strip: HTMLElement;
  readonly #bar: HTMLElement;
  readonly #add: HTMLElement;
  readonly #menu: FileMenu;
  /** The file's name in the caption, of a program with one file. */
  readonly #caption: HTMLElement | null;

  constructor({ root, tabs, actions, onAdd }: FileBarOptions) {
    this.#root = root;
    this.#caption = root.closest('.plate-frame')?.querySelector<HTMLElement>('.plate-name') ?? null;
    this.#menu = new FileMenu(actions);
    this.#strip = make('div', { class: 'file-strip' }, tabs);
    this.#bar = make('div', { class: 'file-tabs' }, this.#strip, this.#menu.element);
    this.#add = makeButton('', onAdd, { kind: 'file-add' });
    this.#add.title = 'Add a file';
    this.#add.append(make('span', { text: 'Add a file' }));
  }

  /** Shows the bar or the button alone, and the menu where there is something to choose. */
  show(hasBar: boolean, hasMenu: boolean): void {
    if (hasBar && !this.#bar.isConnected) this.#root.prepend(this.#bar);
    this.#bar.hidden = !hasBar;
    this.#menu.element.hidden = !hasMenu;
    if (this.#caption) this.#caption.hidden = hasBar;
    const place = hasBar || !this.#caption ? this.#bar : this.#caption.parentElement;
    if (this.#add.parentElement === place) return;
    const hadFocus = document.activeElement === this.#add;
    if (place === this.#bar) this.#bar.append(this.#add);
    // Before the name, which stays where it was before this came.
    else this.#caption?.before(this.#add);
    if (hadFocus) this.#add.focus();
  }

  /** Names the file that the menu is about. */
  name(file: string): void {
    this.#menu.show(file);
  }

  /** Takes a field for a name among the tabs; `explain` comes once the bar is there. */
  takeField({ element }: NameField): void {
    this.#strip.append(element);
  }

  /** Puts what the field says below the bar. */
  explain({ message }: NameField): void {
    this.#bar.after(message);
  }

  focusAdd(): void {
    this.#add.focus();
  }

  /** Scrolls the strip alone, never the page. */
  reveal(tab: HTMLElement): void {
    const [strip, box] = [this.#strip.getBoundingClientRect(), tab.getBoundingClientRect()];
    if (box.left < strip.left) this.#strip.scrollLeft -= strip.left - box.left;
    else if (box.right > strip.right) this.#strip.scrollLeft += box.right - strip.right;
  }

  /** Gives the caption back. */
  dispose(): void {
    this.#bar.remove();
    this.#add.remove();
    if (this.#caption) this.#caption.hidden = false;
  }
}
