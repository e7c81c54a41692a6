/** Tabs by the pattern of the ARIA practices: arrow keys move and select. */
import { make, makeButton, uniqueId } from '../element.ts';

/** The list of the tabs, and their panels, of which one is in sight. */
export class Tabs<Name extends string> {
  /** The row of tabs. */
  readonly list: HTMLElement;
  /** One a tab; those that are not selected are hidden. */
  readonly panels: readonly HTMLElement[];
  readonly #tabs = new Map<Name, { readonly tab: HTMLButtonElement; readonly panel: HTMLElement }>();
  #selected: Name | undefined;

  /** `onSelect`: the reader chose one. */
  constructor(
    label: string,
    names: Readonly<Record<Name, string>>,
    contents: Readonly<Record<Name, HTMLElement>>,
    onSelect: (name: Name) => void,
  ) {
    this.list = make('div', { class: 'server-tabs', role: 'tablist', label });
    // True: `names` has a key of this type for each property.
    for (const [name, text] of Object.entries(names) as [Name, string][]) {
      const tab = makeButton(
        text,
        () => {
          this.select(name);
          onSelect(name);
        },
        { kind: 'server-tab' },
      );
      const panel = make('div', { class: 'server-panel', role: 'tabpanel' }, contents[name]);
      tab.role = 'tab';
      tab.id = uniqueId();
      panel.id = uniqueId();
      tab.setAttribute('aria-controls', panel.id);
      panel.setAttribute('aria-labelledby', tab.id);
      this.#tabs.set(name, { tab, panel });
      this.list.append(tab);
    }
    this.panels = [...this.#tabs.values()].map(({ panel }) => panel);
    this.list.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Which one is shown. */
  get selected(): Name | undefined {
    return this.#selected;
  }

  select(name: Name): void {
    this.#selected = name;
    for (const [each, { tab, panel }] of this.#tabs) {
      tab.ariaSelected = String(each === name);
      tab.tabIndex = each === name ? 0 : -1;
      panel.hidden = each !== name;
    }
  }

  /** Focuses the tab that is selected. */
  focus(): void {
    if (this.#selected !== undefined) this.#tabs.get(this.#selected)?.tab.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const tabs = [...this.#tabs.values()].map(({ tab }) => tab);
    const at = tabs.findIndex((tab) => tab === event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    const tab = tabs.at(next % tabs.length);
    tab?.focus();
    tab?.click();
  }
}
