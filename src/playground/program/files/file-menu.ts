/** What can be done with the file that is shown. */

/** One thing, with the key that does it too. */
export interface FileAction {
  readonly label: string;
  readonly key?: string;
  readonly run: () => void;
}

/** A button that opens the list; the list is made each time. */
export class FileMenu {
  readonly element = document.createElement('div');
  readonly #button = document.createElement('button');
  readonly #panel = document.createElement('div');

  constructor(actions: () => readonly FileAction[]) {
    this.element.className = 'file-menu';
    this.#button.type = 'button';
    this.#button.className = 'file-menu-button';
    this.#panel.className = 'raised file-menu-panel';
    this.#panel.popover = 'auto';
    this.#button.popoverTargetElement = this.#panel;
    this.#panel.addEventListener('beforetoggle', ({ newState }) => {
      if (newState === 'open') this.#panel.replaceChildren(...actions().map((action) => this.#item(action)));
    });
    this.element.append(this.#button, this.#panel);
  }

  /** Names the file that it is about. */
  show(name: string): void {
    this.#button.ariaLabel = `More for ${name}`;
    this.#button.title = `More for ${name}`;
  }

  #item({ label, key, run }: FileAction): HTMLElement {
    const item = document.createElement('button');
    item.type = 'button';
    item.className = 'plate-action';
    item.append(label);
    if (key !== undefined) {
      const hint = document.createElement('kbd');
      hint.textContent = key;
      // The key works on the tab, not here.
      hint.ariaHidden = 'true';
      item.append(hint);
    }
    item.addEventListener('click', () => {
      this.#panel.hidePopover();
      run();
    });
    return item;
  }
}
