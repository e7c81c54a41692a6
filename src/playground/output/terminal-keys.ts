/** Keys that keyboards of touch screens lack, as buttons below a terminal. */

/** What each key types, and how it is called where its label is no word. */
const keys: readonly (readonly [label: string, text: string, name?: string])[] = [
  ['Esc', '\x1b'],
  ['Tab', '\t'],
  ['Ctrl C', '\x03'],
  ['Ctrl D', '\x04'],
  ['←', '\x1b[D', 'Left'],
  ['↓', '\x1b[B', 'Down'],
  ['↑', '\x1b[A', 'Up'],
  ['→', '\x1b[C', 'Right'],
];

/** The buttons; `type` gets what the pressed key types. The focus stays where it is, so that the keyboard stays open. */
export function createKeys(type: (text: string) => void): HTMLElement {
  const group = document.createElement('div');
  group.className = 'terminal-keys';
  group.role = 'group';
  group.ariaLabel = 'Keys';
  for (const [label, text, name] of keys) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plate-button';
    button.textContent = label;
    if (name !== undefined) button.ariaLabel = name;
    button.addEventListener('pointerdown', (event) => event.preventDefault());
    button.addEventListener('click', () => type(text));
    group.append(button);
  }
  return group;
}
