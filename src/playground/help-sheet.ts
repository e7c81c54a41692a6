/** The sheet of all keyboard shortcuts. */
import helpSheetStyles from '../styles/help-sheet.css?inline';
import { adoptStyles } from './adopt-styles.ts';
import { isMacKeyboard, keyNames, shortcuts, shortcutScopes, spokenKey } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';

let shown: HTMLDialogElement | undefined;

/** Opens the sheet over the page. Escape, `?` and a button close it; the focus is then where it was. */
export function showHelpSheet(): void {
  if (shown?.isConnected) return;
  adoptStyles(helpSheetStyles);
  const dialog = document.createElement('dialog');
  dialog.className = 'help-sheet';
  dialog.setAttribute('aria-labelledby', 'help-sheet-title');
  // A click beside it.
  dialog.setAttribute('closedby', 'any');
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== '?') return;
    event.preventDefault();
    dialog.close();
  });
  dialog.append(
    createHead(() => dialog.close()),
    createBody(),
  );
  document.body.append(dialog);
  shown = dialog;
  dialog.showModal();
}

function createHead(close: () => void): HTMLElement {
  const head = create('header', 'help-sheet-head');
  const title = create('h2', '', 'Keyboard shortcuts');
  title.id = 'help-sheet-title';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'plate-button';
  button.textContent = 'Close';
  button.addEventListener('click', close);
  head.append(title, button);
  return head;
}

function createBody(): HTMLElement {
  const body = create('div', 'help-sheet-body');
  body.role = 'region';
  body.setAttribute('aria-labelledby', 'help-sheet-title');
  // It scrolls: by keyboard, too.
  body.tabIndex = 0;
  const tables = create('div', 'help-sheet-tables');
  body.append(tables);
  const isMac = isMacKeyboard();
  for (const [scope, heading] of Object.entries(shortcutScopes)) {
    const table = document.createElement('table');
    const caption = table.createCaption();
    caption.textContent = heading;
    const rows = table.createTBody();
    for (const shortcut of shortcuts.filter((candidate) => candidate.scope === scope))
      rows.append(createRow(shortcut, isMac));
    tables.append(table);
  }
  return body;
}

function createRow(shortcut: Shortcut, isMac: boolean): HTMLElement {
  const row = document.createElement('tr');
  const what = create(
    'th',
    '',
    shortcut.does.replace(/^./, (letter) => letter.toUpperCase()),
  );
  what.setAttribute('scope', 'row');
  const keys = document.createElement('td');
  for (const [at, chord] of keyNames(shortcut, isMac).entries()) {
    if (at > 0) keys.append(', then ');
    for (const [index, name] of chord.entries()) {
      if (index > 0) keys.append(isMac ? ' ' : ' + ');
      keys.append(createKey(name));
    }
  }
  row.append(what, keys);
  return row;
}

function createKey(name: string): HTMLElement {
  const key = document.createElement('kbd');
  const words = spokenKey(name);
  if (words === undefined) key.textContent = name;
  else {
    const sign = create('span', '', name);
    sign.ariaHidden = 'true';
    key.append(sign, create('span', 'visually-hidden', words));
  }
  return key;
}

function create(name: string, className: string, text = ''): HTMLElement {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  element.textContent = text;
  return element;
}
