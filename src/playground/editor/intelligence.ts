/**
 * What TypeScript knows of a program, in its editors: suggestions, what a name is, what is wrong. It is loaded when the
 * reader types or points, not before; where it cannot be loaded, the names in the file are suggested.
 */
import { autocompletion } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { localCompletionSource } from '@codemirror/lang-javascript';
import { forEachDiagnostic, linter } from '@codemirror/lint';
import type { Diagnostic as ShownDiagnostic } from '@codemirror/lint';
import { StateEffect, StateField } from '@codemirror/state';
import type { EditorState, Extension } from '@codemirror/state';
import { EditorView, closeHoverTooltips, hoverTooltip, keymap, showTooltip } from '@codemirror/view';
import type { Tooltip } from '@codemirror/view';
import { askTypes } from '../types/client.ts';
import type { CompletionEntry, ProgramTexts } from '../types/protocol.ts';
import { renderDescription } from './tooltip.ts';

/** A file of a program. */
export interface ProgramFile {
  readonly name: string;
  /** Text of each file of the program, by name, as it is now. */
  readonly files: () => ProgramTexts;
}

/** Suggestions, types and problems for one file. */
export function intelligence(file: ProgramFile): Extension {
  return [
    autocompletion({
      override: [(context) => complete(file, context)],
      icons: false,
      addToOptions: [],
      maxRenderedOptions: 60,
    }),
    hoverTooltip(async (view, position) => describe(file, view.state, position), {
      hideOnChange: true,
      hoverTime: 400,
    }),
    atCaret,
    keymap.of([
      { key: 'Ctrl-Shift-Space', run: (view) => describeAtCaret(file, view) },
      { key: 'Escape', run: closeTooltips },
    ]),
    problems(file),
  ];
}

async function complete(file: ProgramFile, context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context;
  const word = context.matchBefore(/[\w$#]+/);
  const trigger = word ? undefined : /[.'"`/@]$/.exec(state.sliceDoc(Math.max(pos - 1, 0), pos))?.[0];
  if (!explicit && !word && trigger === undefined) return null;
  // Digits are the beginning of no name.
  if (word && /^\d/.test(word.text)) return null;
  try {
    const question = {
      kind: 'complete',
      position: pos,
      ...(trigger === undefined ? {} : { trigger }),
    } as const;
    const found = await askTypes(textsNow(file, state), file.name, question);
    if (context.aborted || !found) return null;
    const from = Math.min(found.from ?? word?.from ?? pos, pos);
    return {
      from,
      options: found.entries.map((entry) => toCompletion(file, state, pos, entry)),
      validFor: /^[\w$#]*$/,
    };
  } catch {
    return localCompletionSource(context);
  }
}

function toCompletion(
  file: ProgramFile,
  state: EditorState,
  position: number,
  entry: CompletionEntry,
): Completion {
  const { name, kind, rank, insert } = entry;
  return {
    label: name,
    detail: kind === 'warning' ? 'name in this file' : kind,
    boost: boostOf(rank),
    ...(insert === undefined ? {} : { apply: insert }),
    info: async () => {
      const question = { kind: 'explain-completion', position, name } as const;
      const found = await askTypes(textsNow(file, state), file.name, question).catch(() => undefined);
      return found ? renderDescription(found) : null;
    },
  };
}

/** TypeScript ranks by `11` (nearest) to `18`, and `z…` for what is deprecated. */
function boostOf(rank: string): number {
  if (rank.startsWith('z')) return -20;
  const place = Number.parseInt(rank, 10);
  return Number.isNaN(place) ? 0 : 15 - Math.min(Math.max(place, 0), 25);
}

async function describe(file: ProgramFile, state: EditorState, position: number): Promise<Tooltip | null> {
  try {
    const found = await askTypes(textsNow(file, state), file.name, { kind: 'describe', position });
    if (!found) return null;
    return {
      pos: found.from,
      end: found.to,
      above: true,
      create: () => ({ dom: renderDescription(found) }),
    };
  } catch {
    // Nothing is shown; the next question tries again.
    return null;
  }
}

const showAtCaret = StateEffect.define<Tooltip | undefined>();

/** The tooltip that the keyboard asked for; it goes with the next edit or movement. */
const atCaret = StateField.define<Tooltip | undefined>({
  create: () => undefined,
  update(shown, { effects, docChanged, selection }) {
    for (const effect of effects) if (effect.is(showAtCaret)) return effect.value;
    return docChanged || selection ? undefined : shown;
  },
  provide: (field) => showTooltip.from(field, (tooltip) => tooltip ?? null),
});

function describeAtCaret(file: ProgramFile, view: EditorView): boolean {
  const { state } = view;
  const { head } = state.selection.main;
  const wrong: string[] = [];
  forEachDiagnostic(state, ({ message }, from, to) => {
    if (from <= head && head <= to) wrong.push(message);
  });
  void describe(file, state, head).then((found) => {
    // The reader has gone on.
    if (view.state.doc !== state.doc || view.state.selection.main.head !== head) return;
    const tooltip = withProblems(found, wrong, head);
    if (!tooltip)
      return view.dispatch({ effects: EditorView.announce.of('Nothing is known of this place.') });
    const words = tooltip.create(view).dom.textContent;
    view.dispatch({ effects: [showAtCaret.of(tooltip), EditorView.announce.of(words)] });
  });
  return true;
}

function withProblems(found: Tooltip | null, wrong: readonly string[], head: number): Tooltip | undefined {
  if (wrong.length === 0) return found ?? undefined;
  return {
    pos: found?.pos ?? head,
    above: true,
    create(view) {
      const dom = document.createElement('div');
      for (const message of wrong) {
        const problem = document.createElement('p');
        problem.className = 'cm-diagnostic cm-diagnostic-error';
        problem.textContent = message;
        dom.append(problem);
      }
      if (found) dom.append(found.create(view).dom);
      return { dom };
    },
  };
}

function closeTooltips(view: EditorView): boolean {
  const isShown = view.state.field(atCaret) !== undefined;
  view.dispatch({ effects: [closeHoverTooltips, ...(isShown ? [showAtCaret.of(undefined)] : [])] });
  return isShown;
}

/** Syntax errors, and type errors in TypeScript; from the first edit on. */
function problems(file: ProgramFile): Extension {
  return [
    touched,
    linter(
      async ({ state }): Promise<readonly ShownDiagnostic[]> => {
        if (!state.field(touched)) return [];
        try {
          const found = await askTypes(textsNow(file, state), file.name, { kind: 'diagnose' });
          const end = state.doc.length;
          return (found?.diagnostics ?? []).map(({ from, to, severity, message }) => ({
            from: Math.min(from, end),
            to: Math.min(to, end),
            severity,
            message,
          }));
        } catch {
          return [];
        }
      },
      { delay: 600 },
    ),
  ];
}

/** Whether the reader has changed anything. */
const touched = StateField.define<boolean>({
  create: () => false,
  update: (was, { docChanged }) => was || docChanged,
});

/** The program with this file's text as the editor has it, which may be ahead of what the page has stored. */
function textsNow({ name, files }: ProgramFile, { doc }: EditorState): ProgramTexts {
  return { ...files(), [name]: doc.toString() };
}
