/** Two texts side by side in one list of lines: what a run printed against the recording, a reader's code against the original. */
import { diffLines } from 'diff';

/** A line of a comparison, or a number of equal lines that are left out. */
export type DifferenceLine =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly text: string; readonly hasNoEnd?: true }
  | { readonly kind: 'left-out'; readonly count: number };

/** Equal lines that are shown around a difference. */
const context = 2;

/** Texts that differ in more lines than this are shown one after the other: finding out how would take too long. */
const mostEdits = 2000;

/** The lines in which two texts differ, with some around them; none where they are equal. */
export function differingLines(before: string, after: string): DifferenceLine[] {
  if (before === after) return [];
  const parts = diffLines(before, after, { maxEditLength: mostEdits }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const lines = parts.flatMap(({ value, added, removed }) => {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    const texts = value.split('\n');
    const hasNoEnd = texts.at(-1) !== '';
    if (!hasNoEnd) texts.pop();
    return texts.map((text, index) =>
      hasNoEnd && index === texts.length - 1
        ? ({ kind, text, hasNoEnd } as const)
        : ({ kind, text } as const),
    );
  });
  const isShown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ kind }) => kind !== 'same'),
  );
  const shown: DifferenceLine[] = [];
  for (const [at, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isShown[at]) shown.push(line);
    else if (last?.kind === 'left-out') shown.splice(-1, 1, { kind: 'left-out', count: last.count + 1 });
    else shown.push({ kind: 'left-out', count: 1 });
  }
  return shown;
}
