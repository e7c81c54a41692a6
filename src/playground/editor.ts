/** The editor that takes the place of a file's static code: CodeMirror, in the colours of the page. */
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  redo,
  toggleTabFocusMode,
  undo,
} from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightSpecialChars,
  keymap,
  panels,
  rectangularSelection,
} from '@codemirror/view';
import { highlighter } from './editor/highlighting.ts';
import { intelligence } from './editor/intelligence.ts';
import { goTo, marks, showErrors } from './editor/marks.ts';
import type { Place, PlacedMessage } from './editor/marks.ts';
import { parserFor } from './editor/parsers.ts';
import { theme } from './editor/theme.ts';
import { phrases } from './editor/words.ts';

export type { Place, PlacedMessage } from './editor/marks.ts';

/** What an editor shows, and whom it tells. */
export interface EditorOptions {
  /** The static code: hidden while the editor stands in its place. */
  readonly pre: HTMLPreElement;
  /** Name of the file. */
  readonly name: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  /** Text of each file of the program, by name, as it is now: with it, TypeScript helps. */
  readonly files?: () => Readonly<Record<string, string>>;
  /** The file can be read and copied, not changed. */
  readonly isReadOnly?: boolean;
  /** Whether long lines are wrapped from the beginning. */
  readonly isWrapped?: boolean;
  /** The reader chose by keyboard to wrap long lines, or not to. */
  readonly onWrap?: (isWrapped: boolean) => void;
  /** A sentence for the reader: why a file was not formatted, that it is formatted. */
  readonly onNotice?: (sentence: string) => void;
}

/** A point of the viewport, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

// Longer than anyone waits between Escape and Tab; any other key ends it.
const untilOtherKey = 3_600_000;

/** An editor of one file. Escape, then Tab leaves it. */
export class Editor {
  readonly #view: EditorView;
  readonly #pre: HTMLPreElement;
  readonly #place: HTMLElement;
  readonly #panels = [document.createElement('div'), document.createElement('div')] as const;
  readonly #wrapping = new Compartment();
  readonly #name: string;
  readonly #onNotice: (sentence: string) => void;
  #isDisposed = false;

  constructor(options: EditorOptions) {
    const { pre, name, text, onChange, files, isReadOnly = false, isWrapped = false } = options;
    this.#pre = pre;
    this.#name = name;
    this.#onNotice = options.onNotice ?? (() => {});
    this.#place = document.createElement('div');
    this.#place.className = 'code plate-editor';
    this.#place.toggleAttribute('data-read-only', isReadOnly);
    const [top, bottom] = this.#panels;
    this.#view = new EditorView({
      parent: this.#place,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          EditorState.allowMultipleSelections.of(true),
          // A finger selects with the handles that the system draws.
          matchMedia('(pointer: coarse)').matches
            ? []
            : [drawSelection({ cursorBlinkRate: blinkRate() }), rectangularSelection()],
          // Code of a stranger may hold what turns or hides text; those that CodeMirror leaves out are added.
          highlightSpecialChars({ addSpecialChars: /[\u202a-\u202c\u2060-\u2064\u2068]/g }),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          search({ top: true }),
          // Outside of what scrolls sideways.
          panels({ topContainer: top, bottomContainer: bottom }),
          EditorState.phrases.of(phrases),
          files && !isReadOnly ? intelligence({ name, files }) : [],
          marks(),
          EditorView.domEventHandlers({
            keyup: ({ key }, view) => {
              if (key === 'Escape') view.setTabFocusMode(untilOtherKey);
            },
          }),
          keymap.of([
            // On a Mac, Alt alone types characters.
            { key: 'Shift-Alt-f', mac: 'Ctrl-Alt-f', run: () => this.#formatByKey() },
            { key: 'Alt-z', mac: 'Ctrl-Alt-z', run: () => this.#wrapByKey(options.onWrap) },
            { mac: 'Ctrl-Alt-m', run: toggleTabFocusMode },
            ...closeBracketsKeymap,
            ...searchKeymap,
            ...lintKeymap,
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...historyKeymap,
            indentWithTab,
          ]),
          indentUnit.of('  '),
          languageOf(name),
          syntaxHighlighting(highlighter),
          theme,
          this.#wrapping.of(isWrapped ? EditorView.lineWrapping : []),
          EditorState.readOnly.of(isReadOnly),
          EditorView.contentAttributes.of({
            'aria-label': isReadOnly ? `${name}, read only` : `${name}, editable`,
            'aria-description': 'Escape, then Tab leaves the editor. Control and Enter run the program.',
            ...(isReadOnly ? { 'aria-readonly': 'true' } : {}),
          }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) onChange(state.doc.toString());
          }),
        ],
      }),
    });
    this.#setWidth(isWrapped);
    this.#place.scrollLeft = pre.scrollLeft;
    pre.hidden = true;
    pre.after(top, this.#place, bottom);
  }

  /** The text as it is now. */
  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Puts the caret where the point is, or leaves it where it was. */
  focus(point?: Point): void {
    this.#view.focus();
    if (!point) return;
    this.#view.dispatch({ selection: { anchor: this.#view.posAtCoords(point, false) } });
  }

  /** Replaces the whole text, as one change of its own: one undo brings the former text back. */
  replace(text: string): void {
    if (text === this.text) return;
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      annotations: isolateHistory.of('full'),
    });
  }

  /** Takes the last change back, a reset as well; false where there is none. */
  undo(): boolean {
    return undo(this.#view);
  }

  /** Does again what was taken back; false where nothing was. */
  redo(): boolean {
    return redo(this.#view);
  }

  /** Puts the caret at a place, marks it until the next edit and brings it into sight. */
  goTo(place: Place): void {
    goTo(this.#view, place);
  }

  /** Shows what went wrong at places of this file, in place of what was shown before; an empty list takes all away. */
  showErrors(errors: readonly PlacedMessage[]): void {
    showErrors(this.#view, errors);
  }

  /** Opens the find panel. */
  find(): void {
    openSearchPanel(this.#view);
  }

  /** Whether long lines are wrapped. */
  get isWrapped(): boolean {
    return this.#view.lineWrapping;
  }

  /** Wraps long lines, or lets them run on. */
  setWrapping(isWrapped: boolean): void {
    this.#setWidth(isWrapped);
    this.#view.dispatch({
      effects: this.#wrapping.reconfigure(isWrapped ? EditorView.lineWrapping : []),
    });
  }

  /** Whether `format` knows files of this kind. */
  get canFormat(): boolean {
    return parserFor(this.#name) !== undefined && !this.#view.state.readOnly;
  }

  /** Formats the file with Prettier, as one undoable change; says through `onNotice` what came of it. Never rejects. */
  async format(): Promise<void> {
    const { state } = this.#view;
    const { format } = await import('./editor/format.ts').catch(() => ({ format: undefined }));
    if (!format)
      return this.#notice('The formatter could not be loaded. Check the connection and try again.');
    const formatted = await format(this.#name, state.doc.toString(), state.selection.main.head);
    if (this.#isDisposed) return;
    if ('problem' in formatted) {
      const { line, column, problem } = formatted;
      if (line !== undefined) this.goTo(column === undefined ? { line } : { line, column });
      return this.#notice(problem);
    }
    if (this.#view.state.doc !== state.doc)
      return this.#notice('The file changed meanwhile, so it was not formatted. Try again.');
    if (formatted.text === this.text) return this.#notice('It is well formatted already.');
    this.#view.dispatch({
      changes: { from: 0, to: state.doc.length, insert: formatted.text },
      selection: { anchor: Math.min(formatted.caret, formatted.text.length) },
      annotations: isolateHistory.of('full'),
      scrollIntoView: true,
    });
    this.#notice('Formatted.');
  }

  /** Gives the place back to the static code. */
  dispose(): void {
    this.#isDisposed = true;
    this.#view.destroy();
    for (const element of [this.#place, ...this.#panels]) element.remove();
    this.#pre.hidden = false;
  }

  #notice(sentence: string): void {
    this.#view.dispatch({ effects: EditorView.announce.of(sentence) });
    this.#onNotice(sentence);
  }

  #formatByKey(): boolean {
    // It never rejects.
    if (this.canFormat) void this.format();
    return true;
  }

  #wrapByKey(onWrap: ((isWrapped: boolean) => void) | undefined): boolean {
    this.setWrapping(!this.isWrapped);
    onWrap?.(this.isWrapped);
    return true;
  }

  /** Without wrapping, an editor is as wide as its longest line. */
  #setWidth(isWrapped: boolean): void {
    this.#view.dom.style.width = isWrapped ? '100%' : '';
  }
}

function languageOf(name: string): Extension {
  if (/\.(?:[mc]?[jt]s|json)$/.test(name)) return javascript({ typescript: /\.[mc]?ts$/.test(name) });
  return [];
}

/** Milliseconds of the cursor's blinking; 0, none, for a reader who wants nothing to move. */
function blinkRate(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 1200;
}
