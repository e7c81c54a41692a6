/** A tab for each file of a program: the tabs pattern of the WAI-ARIA Authoring Practices. */

/** What a tab says of its file. */
export interface FileTab {
  readonly name: string;
  /** Node is started with it. */
  readonly isEntry: boolean;
  readonly isReadOnly: boolean;
  /** The last run found something wrong in it. */
  readonly isWrong: boolean;
  /** Id of the panel that shows it. */
  readonly panel: string;
}

/** What the reader asks for. */
export interface TabListEvents {
  readonly onSelect: (name: string) => void;
  readonly onRename: (name: string) => void;
  readonly onDelete: (name: string) => void;
}

let tabsOfPage = 0;

/** The list: arrows, Home and End go along it and select, F2 renames, Delete deletes. */
export class TabList {
  readonly element = document.createElement('div');
  readonly #events: TabListEvents;
  readonly #tabs = new Map<string, HTMLButtonElement>();

  constructor(events: TabListEvents) {
    this.#events = events;
    this.element.className = 'file-tab-list';
    this.element.role = 'tablist';
    this.element.ariaLabel = 'Files';
    this.element.addEventListener('click', (event) => {
      const name = this.#nameAt(event);
      if (name !== undefined) events.onSelect(name);
    });
    this.element.addEventListener('dblclick', (event) => {
      const name = this.#nameAt(event);
      if (name !== undefined) events.onRename(name);
    });
    this.element.addEventListener('keydown', (event) => this.#press(event));
  }

  /** Shows these tabs, in order; the focus stays on the tab that has it. */
  show(tabs: readonly FileTab[], selected: string): void {
    for (const [name, button] of this.#tabs)
      if (!tabs.some((tab) => tab.name === name)) {
        button.remove();
        this.#tabs.delete(name);
      }
    for (const [index, tab] of tabs.entries()) {
      const button = this.#tabs.get(tab.name) ?? newTab(tab.name);
      this.#tabs.set(tab.name, button);
      if (this.element.children[index] !== button)
        this.element.insertBefore(button, this.element.children[index] ?? null);
      // Between two tabs there is room for the field that a name is typed into.
      button.style.order = String(2 * index);
      button.setAttribute('aria-controls', tab.panel);
      button.ariaSelected = String(tab.name === selected);
      button.tabIndex = tab.name === selected ? 0 : -1;
      showMarks(button, tab);
    }
  }

  /** The tab of a file. */
  tabOf(name: string): HTMLButtonElement | undefined {
    return this.#tabs.get(name);
  }

  /** Puts the focus on a tab. */
  focus(name: string): void {
    this.#tabs.get(name)?.focus();
  }

  #nameAt(event: Event): string | undefined {
    const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role=tab]') : null;
    return tab?.dataset['name'];
  }

  #press(event: KeyboardEvent): void {
    const name = this.#nameAt(event);
    if (name === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const names = [...this.element.children].map((tab) =>
      tab instanceof HTMLElement ? tab.dataset['name'] : '',
    );
    const at = names.indexOf(name);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      const next = names.at(to % names.length) ?? name;
      this.#events.onSelect(next);
      this.focus(next);
    } else if (event.key === 'F2') this.#events.onRename(name);
    else if (event.key === 'Delete') this.#events.onDelete(name);
    else return;
    event.preventDefault();
  }
}

function newTab(name: string): HTMLButtonElement {
  const tab = document.createElement('button');
  tab.type = 'button';
  tab.role = 'tab';
  tab.id = `file-tab-${++tabsOfPage}`;
  tab.className = 'file-tab';
  tab.dataset['name'] = name;
  return tab;
}

/** The name, and in signs and words what else there is to say. */
function showMarks(tab: HTMLElement, { name, isEntry, isReadOnly, isWrong }: FileTab): void {
  tab.toggleAttribute('data-entry', isEntry);
  tab.toggleAttribute('data-wrong', isWrong);
  const label = document.createElement('span');
  label.className = 'file-tab-name';
  label.textContent = name;
  const marks = [
    isEntry ? hiddenWords('(Node starts here)') : '',
    isReadOnly ? readOnlyMark() : '',
    isWrong ? hiddenWords('(has an error)') : '',
  ];
  tab.replaceChildren(label, ...marks.flatMap((mark) => (mark === '' ? [] : [' ', mark])));
  tab.title = isEntry ? 'Node starts here' : '';
}

function hiddenWords(words: string): HTMLElement {
  const span = document.createElement('span');
  span.className = 'visually-hidden';
  span.textContent = words;
  return span;
}

function readOnlyMark(): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'file-tab-lock';
  mark.textContent = 'read only';
  return mark;
}
