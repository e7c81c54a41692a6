/** Which keys a terminal takes, and what else is typed into it. */
import type { Terminal } from '@xterm/xterm';
import { copyText } from '../copy-text.ts';

/**
 * Gives a terminal the keys that are the program's. Those of the page stay the page's: Tab after Escape goes on to what is
 * next, Control and Enter run, Control V pastes, Control C copies where something is selected.
 */
export function listenToKeys(terminal: Terminal, field: HTMLTextAreaElement, signal: AbortSignal): void {
  let isLeaving = false;
  let isKeyDown = false;

  const takesKey = (event: KeyboardEvent): boolean => {
    const { key, type, ctrlKey, metaKey } = event;
    // What a keyboard on the screen says where it does not say which key.
    isKeyDown = type !== 'keyup' && key !== 'Unidentified' && key !== 'Process';
    if (type !== 'keydown' || event.isComposing || key === 'Shift') return true;
    const wasLeaving = isLeaving;
    isLeaving = key === 'Escape';
    if (key === 'Tab' && wasLeaving) return false;
    if (key === 'Enter' && (ctrlKey || metaKey)) return false;
    if (ctrlKey && key.toLowerCase() === 'v') return false;
    if (ctrlKey && key.toLowerCase() === 'c' && terminal.hasSelection()) {
      event.preventDefault();
      copy(terminal);
      return false;
    }
    // It is the program's: no wish to stop it, nor to go elsewhere.
    if (key === 'Escape') event.stopPropagation();
    if (key === 'Tab') event.preventDefault();
    return true;
  };

  // What comes without a key, dictated or by a keyboard on the screen: xterm.js leaves it to screen readers.
  const insert = (event: InputEvent): void => {
    const { inputType, data, isComposing } = event;
    if (isKeyDown || isComposing) return;
    const typed = inputType === 'deleteContentBackward' ? '\x7f' : inputType === 'insertText' && data;
    if (!typed) return;
    event.preventDefault();
    terminal.input(typed);
  };

  terminal.attachCustomKeyEventHandler(takesKey);
  field.addEventListener('beforeinput', insert, { signal });
}

function copy(terminal: Terminal): void {
  copyText(terminal.getSelection()).then(
    () => terminal.clearSelection(),
    () => {}, // The selection stays: the menu of the browser can copy it.
  );
}
