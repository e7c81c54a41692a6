/** Elements that are made by script. */

interface Properties {
  readonly class?: string;
  readonly type?: 'button' | 'submit';
  readonly label?: string;
  readonly role?: string;
  readonly text?: string;
  readonly focusable?: boolean;
  readonly hidden?: boolean;
}

/** Makes an element; `label` is its accessible name, and text is text, never HTML. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Properties = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  const { class: className, type, label, role, text, focusable, hidden } = properties;
  if (className !== undefined) element.className = className;
  if (type !== undefined) element.setAttribute('type', type);
  if (label !== undefined) element.ariaLabel = label;
  if (role !== undefined) element.role = role;
  if (text !== undefined) element.textContent = text;
  if (focusable) element.tabIndex = 0;
  if (hidden) element.hidden = true;
  element.append(...children);
  return element;
}

/** A button that looks like the others of a program. */
export function makeButton(
  text: string,
  onClick: () => void,
  { kind = 'plate-button', label }: { readonly kind?: string; readonly label?: string } = {},
): HTMLButtonElement {
  const button = make('button', { class: kind, type: 'button', text, ...(label ? { label } : {}) });
  button.addEventListener('click', onClick);
  return button;
}

/** A field under its label. */
export function makeField(label: string, control: HTMLElement, className = ''): HTMLLabelElement {
  return make('label', { class: `server-field ${className}`.trim() }, make('span', { text: label }), control);
}

let count = 0;

/** An id that no other element of the page has. */
export function uniqueId(): string {
  return `made-${++count}`;
}
