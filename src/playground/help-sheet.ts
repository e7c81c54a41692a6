/** The sheet of all keyboard shortcuts. */
import helpSheetStyles from '../styles/help-sheet.css?inline';
import { adoptStyles } from './adopt-styles.ts';
import { make, makeButton } from './element.ts';
import { isMacKeyboard, keyNames, shortcuts, shortcutScopes, spokenKey } from './shortcuts.ts';
import type { Shortcut } from './shortcuts.ts';

let shown: HTMLDialogElement | undefined;

/** Opens the sheet over the page. Escape, `?` and a button close it; the focus is then where it was. */
export function showHelpSheet(): void {
  if (shown?.isConnected) return;
  adoptStyles(helpSheetStyles);
  const dialog = make('dialog', { class: 'help-sheet' });
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
  const title = make('h2', { text: 'Keyboard shortcuts' });
  title.id = 'help-sheet-title';
  return make('header', { class: 'help-sheet-head' }, title, makeButton('Close', close));
}

function createBody(): HTMLElement {
  // It scrolls: by keyboard, too.
  const body = make('div', { class: 'help-sheet-body', role: 'region', focusable: true });
  body.setAttribute('aria-labelledby', 'help-sheet-title');
  const tables = make('div', { class: 'help-sheet-tables' });
  body.append(tables);
  const isMac = isMacKeyboard();
  for (const [scope, heading] of Object.entries(shortcutScopes)) {
    const table = make('table');
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
  const what = make('th', { text: shortcut.does.replace(/^./, (letter) => letter.toUpperCase()) });
  what.setAttribute('scope', 'row');
  const keys = make('td');
  for (const [at, chord] of keyNames(shortcut, isMac).entries()) {
    if (at > 0) keys.append(', then ');
    for (const [index, name] of chord.entries()) {
      if (index > 0) keys.append(isMac ? ' ' : ' + ');
      keys.append(createKey(name));
    }
  }
  return make('tr', {}, what, keys);
}

function createKey(name: string): HTMLElement {
  const words = spokenKey(name);
  if (words === undefined) return make('kbd', { text: name });
  const sign = make('span', { text: name });
  sign.ariaHidden = 'true';
  return make('kbd', {}, sign, make('span', { class: 'visually-hidden', text: words }));
}
