/** What a reader can do with a program beside running and editing it. */

/** An entry of the menu. */
export interface Action {
  readonly label: string;
  /** Absent where it cannot be done now. */
  readonly run?: () => void;
}

/** Fills the panel of a menu each time it opens, and now where it is open, until the signal. */
export function fillMenu(
  panel: HTMLElement,
  actions: () => readonly (readonly Action[])[],
  signal: AbortSignal,
): void {
  const fill = () => showActions(panel, actions());
  panel.addEventListener('beforetoggle', ({ newState }) => newState === 'open' && fill(), { signal });
  if (panel.matches(':popover-open')) fill();
}

/** Groups of actions, a rule between them; the menu closes before an action begins. */
function showActions(panel: HTMLElement, groups: readonly (readonly Action[])[]): void {
  const lists = groups
    .map((actions) => actions.flatMap(({ label, run }) => (run ? [createItem(panel, label, run)] : [])))
    .filter((items) => items.length > 0)
    .map((items) => {
      const list = document.createElement('ul');
      list.append(...items);
      return list;
    });
  panel.replaceChildren(...lists);
}

function createItem(panel: HTMLElement, label: string, run: () => void): HTMLElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plate-action';
  button.textContent = label;
  button.addEventListener('click', () => {
    panel.hidePopover();
    run();
  });
  item.append(button);
  return item;
}
