/** Marks in the code that something outside it asks for: a place that a link points at, and what went wrong in a run. */
import { StateEffect, StateField } from '@codemirror/state';
import type { Extension, Text, Transaction } from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';

/** A place in a file, as stack traces say it. */
export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
}

/** What a run says of a place. */
export interface PlacedMessage extends Place {
  /** One or several lines of plain text. */
  readonly message: string;
}

const markEffect = StateEffect.define<number | undefined>();
const errorsEffect = StateEffect.define<readonly PlacedMessage[]>();
const markedLine = Decoration.line({ class: 'cm-markedLine' });
const markedPlace = Decoration.mark({ class: 'cm-markedPlace' });
const wrongLine = Decoration.line({ class: 'cm-wrongLine' });
const wrongPlace = Decoration.mark({ class: 'cm-wrongPlace' });

/** Offset of a place; a place outside the text is the nearest one in it. */
export function offsetOf(doc: Text, { line, column = 1 }: Place): number {
  const { from, to } = doc.line(within(line, 1, doc.lines));
  return within(from + column - 1, from, to);
}

/** Marks a place and puts the caret there, in the middle of the screen. */
export function goTo(view: EditorView, place: Place): void {
  const { state } = view;
  const at = offsetOf(state.doc, place);
  const { number, from } = state.doc.lineAt(at);
  view.dispatch({
    selection: { anchor: at },
    effects: [
      markEffect.of(at),
      EditorView.scrollIntoView(at, { y: 'center' }),
      EditorView.announce.of(`Line ${number}, column ${at - from + 1}.`),
    ],
  });
  view.focus();
}

/** Shows what went wrong at places, in place of what was shown before; an edit of a line takes its message away. */
export function showErrors(view: EditorView, errors: readonly PlacedMessage[]): void {
  const said = errors.map(({ line, message }) => `Error on line ${line}: ${message}`);
  view.dispatch({
    effects: [errorsEffect.of(errors), ...said.map((words) => EditorView.announce.of(words))],
  });
}

/** The extension that the functions above need. */
export function marks(): Extension {
  return [placeField, errorsField];
}

const placeField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { effects, newDoc, docChanged }) {
    for (const effect of effects) if (effect.is(markEffect)) return placeMark(newDoc, effect.value);
    // What was pointed at is there no more.
    return docChanged ? Decoration.none : shown;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function placeMark(doc: Text, at: number | undefined): DecorationSet {
  if (at === undefined) return Decoration.none;
  const line = doc.lineAt(at);
  const end = wordEnd(line.text, at - line.from) + line.from;
  return Decoration.set(
    [markedLine.range(line.from), ...(end > at ? [markedPlace.range(at, end)] : [])],
    true,
  );
}

const errorsField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(errorsEffect)) return errorMarks(transaction.newDoc, effect.value);
    return transaction.docChanged ? withoutEdited(shown, transaction) : shown;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function errorMarks(doc: Text, errors: readonly PlacedMessage[]): DecorationSet {
  const ranges = errors.flatMap((error) => {
    const at = offsetOf(doc, error);
    const line = doc.lineAt(at);
    const end = wordEnd(line.text, at - line.from) + line.from;
    const message = Decoration.widget({ widget: new MessageWidget(error.message), block: true, side: 1 });
    return [
      wrongLine.range(line.from),
      ...(error.column !== undefined && end > at ? [wrongPlace.range(at, end)] : []),
      message.range(line.to),
    ];
  });
  return Decoration.set(ranges, true);
}

function withoutEdited(shown: DecorationSet, { changes, startState }: Transaction): DecorationSet {
  const edited: { from: number; to: number }[] = [];
  changes.iterChangedRanges((from, to) => {
    edited.push({ from: startState.doc.lineAt(from).from, to: startState.doc.lineAt(to).to });
  });
  return shown
    .update({ filter: (from, to) => !edited.some((range) => from <= range.to && to >= range.from) })
    .map(changes);
}

class MessageWidget extends WidgetType {
  readonly #message: string;

  constructor(message: string) {
    super();
    this.#message = message;
  }

  override eq(other: MessageWidget): boolean {
    return other.#message === this.#message;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('div');
    element.className = 'cm-wrongMessage';
    element.textContent = this.#message;
    return element;
  }
}

/** End of the word, or of the one character, that begins at an index of a line. */
function wordEnd(line: string, index: number): number {
  const word = /^[\w$#]+|^./u.exec(line.slice(index))?.[0] ?? '';
  return index + word.length;
}

function within(value: number, least: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), least), most) : least;
}
