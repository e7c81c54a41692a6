/** Every key that the playground knows, as data for the help sheet. */

/** Where a key works. */
export type ShortcutScope = 'page' | 'program' | 'files' | 'editor' | 'suggestions' | 'find' | 'input';

/** One way to do something by keyboard. */
export interface Shortcut {
  /** In CodeMirror's notation; `Mod` is Command on a Mac, Control elsewhere. Several keys in turn are separated by a space. */
  readonly keys: string;
  /** On a Mac, where they are others. */
  readonly mac?: string;
  /** What it does, as one would say it after "to". */
  readonly does: string;
  readonly scope: ShortcutScope;
}

/** Headings of the help sheet, in order. */
export const shortcutScopes: Readonly<Record<ShortcutScope, string>> = {
  page: 'On the page',
  program: 'In a program',
  files: 'On the tab of a file',
  input: 'While a program reads what you type',
  suggestions: 'While suggestions are open',
  find: 'While the find panel is open',
  editor: 'In the editor',
};

/** In the order of the help sheet. */
export const shortcuts: readonly Shortcut[] = [
  { keys: '?', does: 'show the keyboard shortcuts', scope: 'page' },
  { keys: '/', does: 'search the book', scope: 'page' },
  { keys: 'Mod-k', does: 'search the book, too', scope: 'page' },
  { keys: 'Mod-Enter', does: 'run the program', scope: 'program' },
  { keys: 'Escape Escape', does: 'stop the program', scope: 'program' },
  { keys: 'Enter', does: 'edit the code that has the focus', scope: 'program' },
  { keys: 'ArrowRight', does: 'go to the next file', scope: 'files' },
  { keys: 'ArrowLeft', does: 'go to the previous file', scope: 'files' },
  { keys: 'F2', does: 'rename the file', scope: 'files' },
  { keys: 'Delete', does: 'delete the file', scope: 'files' },
  { keys: 'Escape Tab', does: 'leave the editor', scope: 'editor' },
  { keys: 'Ctrl-m', mac: 'Ctrl-Alt-m', does: 'let Tab leave the editor, or indent again', scope: 'editor' },
  { keys: 'Tab', does: 'indent', scope: 'editor' },
  { keys: 'Shift-Tab', does: 'indent less', scope: 'editor' },
  { keys: 'Mod-z', does: 'undo, also a reset', scope: 'editor' },
  { keys: 'Mod-y', mac: 'Mod-Shift-z', does: 'redo', scope: 'editor' },
  { keys: 'Mod-f', does: 'find and replace', scope: 'editor' },
  { keys: 'Mod-Alt-g', does: 'go to a line', scope: 'editor' },
  { keys: 'Ctrl-Space', does: 'suggest names', scope: 'editor' },
  { keys: 'Ctrl-Shift-Space', does: 'say what the name at the caret is', scope: 'editor' },
  { keys: 'Shift-Alt-f', mac: 'Ctrl-Alt-f', does: 'format the file', scope: 'editor' },
  { keys: 'F8', does: 'go to the next problem', scope: 'editor' },
  { keys: 'Mod-Shift-m', does: 'list the problems', scope: 'editor' },
  { keys: 'Alt-z', mac: 'Ctrl-Alt-z', does: 'wrap long lines, or not', scope: 'editor' },
  { keys: 'Mod-/', does: 'comment the line, or not', scope: 'editor' },
  { keys: 'Mod-d', does: 'select the next place with the same text', scope: 'editor' },
  { keys: 'Mod-Shift-l', does: 'select every place with the same text', scope: 'editor' },
  { keys: 'Mod-Alt-ArrowDown', does: 'add a caret below', scope: 'editor' },
  { keys: 'Alt-ArrowUp', does: 'move the line up', scope: 'editor' },
  { keys: 'Alt-ArrowDown', does: 'move the line down', scope: 'editor' },
  { keys: 'Shift-Mod-k', does: 'delete the line', scope: 'editor' },
  { keys: 'Enter', does: 'take the suggestion', scope: 'suggestions' },
  { keys: 'Escape', does: 'close them', scope: 'suggestions' },
  { keys: 'Enter', does: 'find the next', scope: 'find' },
  { keys: 'Shift-Enter', does: 'find the previous', scope: 'find' },
  { keys: 'Escape', does: 'close the panel', scope: 'find' },
  { keys: 'Ctrl-c', does: 'interrupt the program', scope: 'input' },
  { keys: 'Ctrl-d', does: 'end the input', scope: 'input' },
  { keys: 'Escape Tab', does: 'leave the terminal', scope: 'input' },
];

const names: Readonly<Record<string, readonly [mac: string, other: string]>> = {
  Mod: ['⌘', 'Ctrl'],
  Ctrl: ['⌃', 'Ctrl'],
  Alt: ['⌥', 'Alt'],
  Shift: ['⇧', 'Shift'],
  ArrowDown: ['↓', '↓'],
  ArrowUp: ['↑', '↑'],
  ArrowLeft: ['←', '←'],
  ArrowRight: ['→', '→'],
  Escape: ['Esc', 'Esc'],
};

/** The keys of a shortcut as they are written on the reader's keyboard: chords in turn, each a list of keys held together. */
export function keyNames({ keys, mac }: Pick<Shortcut, 'keys' | 'mac'>, isMac: boolean): string[][] {
  const chords = (isMac ? (mac ?? keys) : keys).split(' ');
  return chords.map((chord) =>
    chord
      .split(/-(?!$)/)
      .map((key) => names[key]?.[isMac ? 0 : 1] ?? (key.length === 1 ? key.toUpperCase() : key)),
  );
}

const spoken: Readonly<Record<string, string>> = {
  '⌘': 'Command',
  '⌃': 'Control',
  '⌥': 'Option',
  '⇧': 'Shift',
  '↓': 'Down arrow',
  '↑': 'Up arrow',
  '←': 'Left arrow',
  '→': 'Right arrow',
  '?': 'Question mark',
  '/': 'Slash',
};

/** How a key of `keyNames` is said, where its sign does not say it. */
export function spokenKey(name: string): string | undefined {
  return spoken[name];
}

/** Whether the reader's keyboard is one of a Mac. */
export function isMacKeyboard({ platform }: Pick<Navigator, 'platform'> = navigator): boolean {
  return /^(?:Mac|iP)/.test(platform);
}
