/** The editor that takes the place of a file's static code: CodeMirror, in the colours of the page. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tagHighlighter, tags } from '@lezer/highlight';

/** What an editor shows, and whom it tells. */
export interface EditorOptions {
  /** The static code: hidden while the editor stands in its place. */
  readonly pre: HTMLPreElement;
  /** Name of the file. */
  readonly name: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** A point of the viewport, in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

// The classes are those that Shiki's transformer gives to the static code.
const highlighter = tagHighlighter([
  { tag: tags.comment, class: 'code-comment' },
  { tag: [tags.string, tags.escape, tags.special(tags.string)], class: 'code-string' },
  { tag: tags.number, class: 'code-number' },
  {
    tag: [tags.bool, tags.null, tags.atom, tags.self, tags.regexp, tags.standard(tags.name)],
    class: 'code-constant',
  },
  { tag: [tags.keyword, tags.operator, tags.special(tags.brace)], class: 'code-keyword' },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.function(tags.definition(tags.variableName)),
    ],
    class: 'code-function',
  },
  { tag: [tags.typeName, tags.className, tags.definition(tags.className)], class: 'code-type' },
  { tag: tags.definition(tags.propertyName), class: 'code-property' },
  {
    tag: [
      tags.punctuation,
      tags.bracket,
      tags.definitionOperator,
      tags.derefOperator,
      tags.updateOperator,
      tags.function(tags.punctuation),
    ],
    class: 'code-punctuation',
  },
]);

// Everything that has a size is inherited, so that nothing moves when the editor takes over.
const theme = EditorView.theme({
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'inherit', lineHeight: 'inherit', overflow: 'visible' },
  '.cm-content': { padding: '0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0' },
});

/** An editor of one file. Escape, then Tab leaves it. */
export class Editor {
  readonly #view: EditorView;
  readonly #pre: HTMLPreElement;
  readonly #place: HTMLElement;

  constructor({ pre, name, text, onChange }: EditorOptions) {
    this.#pre = pre;
    this.#place = document.createElement('div');
    this.#place.className = 'code plate-editor';
    this.#view = new EditorView({
      parent: this.#place,
      state: EditorState.create({
        doc: text,
        extensions: [
          history(),
          keymap.of([
            ...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'),
            ...historyKeymap,
            indentWithTab,
          ]),
          indentUnit.of('  '),
          languageOf(name),
          syntaxHighlighting(highlighter),
          theme,
          EditorView.contentAttributes.of({
            'aria-label': `${name}, editable`,
            'aria-description': 'Escape, then Tab leaves the editor. Control and Enter run the program.',
          }),
          EditorView.updateListener.of(({ docChanged, state }) => {
            if (docChanged) onChange(state.doc.toString());
          }),
        ],
      }),
    });
    this.#place.scrollLeft = pre.scrollLeft;
    pre.hidden = true;
    pre.after(this.#place);
  }

  /** Puts the caret where the point is, or at the beginning. */
  focus(point?: Point): void {
    this.#view.focus();
    if (!point) return;
    this.#view.dispatch({ selection: { anchor: this.#view.posAtCoords(point, false) } });
  }

  /** Replaces the whole text; an undo brings the former one back. */
  replace(text: string): void {
    if (text === this.#view.state.doc.toString()) return;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Gives the place back to the static code. */
  dispose(): void {
    this.#view.destroy();
    this.#place.remove();
    this.#pre.hidden = false;
  }
}

function languageOf(name: string): Extension {
  if (/\.(?:[mc]?[jt]s|json)$/.test(name)) return javascript({ typescript: /\.[mc]?ts$/.test(name) });
  return [];
}
