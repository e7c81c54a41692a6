/** What the page on the reader's work says, in sentences. */
import { countOf, isPassed } from '../progress/progress.ts';
import type { ImportReport } from '../store/archive.ts';
import type { Collection, Kept, KeptRemoval } from '../store/kept.ts';

/** Everything that is kept of the reader, by kind and key. */
export type KeptWork = { readonly [C in Exclude<Collection, 'removals'>]: ReadonlyMap<string, Kept[C]> };

/** A number with what it counts. */
export interface WorkCount {
  readonly label: string;
  readonly count: number;
}

/** What is kept, in numbers. */
export function countWork(work: KeptWork): WorkCount[] {
  const exercises = [...work.exercises.values()];
  const requests = [...work.requests.values()];
  return [
    { label: 'Programs that you changed', count: work.programs.size },
    { label: 'Last outputs of programs', count: work.outputs.size },
    { label: 'Requests that you sent to servers', count: requests.flat().length },
    { label: 'Programs that you ran', count: work.blocks.size },
    { label: 'Exercises that you tried', count: exercises.length },
    { label: 'Exercises that you passed', count: exercises.filter(isPassed).length },
    { label: 'Quizzes that you answered', count: work.quizzes.size },
    { label: 'Chapters that you read', count: work.chapters.size },
  ];
}

const nouns: { readonly [C in Exclude<Collection, 'removals'>]: readonly [one: string, many: string] } = {
  programs: ['change of a program', 'changes of programs'],
  outputs: ['output', 'outputs'],
  requests: ['list of requests', 'lists of requests'],
  blocks: ['run', 'runs'],
  exercises: ['exercise', 'exercises'],
  quizzes: ['quiz', 'quizzes'],
  chapters: ['chapter read', 'chapters read'],
};

/** What a reset or an import replaced, such as `2 changes of programs and 1 quiz`. */
export function describeRemoval({ replaced }: KeptRemoval): string {
  const counts = new Map<Exclude<Collection, 'removals'>, number>();
  for (const { collection } of replaced) counts.set(collection, (counts.get(collection) ?? 0) + 1);
  const parts = [...counts].map(([collection, count]) => countOf(count, ...nouns[collection]));
  return new Intl.ListFormat('en').format(parts);
}

/** What an import did. */
export function describeImport({ added, changed, unchanged, skipped }: ImportReport): string {
  const things = (count: number) => countOf(count, 'thing');
  const done = [
    added > 0 ? `${things(added)} added` : '',
    changed > 0 ? `${things(changed)} changed` : '',
  ].filter((part) => part !== '');
  const left = [
    unchanged > 0
      ? `${things(unchanged)} ${unchanged === 1 ? 'was' : 'were'} here already, or newer here.`
      : '',
    skipped > 0 ? `${things(skipped)} could not be read.` : '',
  ].filter((part) => part !== '');
  const first = done.length === 0 ? 'Nothing was imported.' : `Imported: ${done.join(', ')}.`;
  return [first, ...left].join(' ');
}

/** The latest of what can be put back, with its key; keys end in milliseconds since 1970. */
export function latestRemoval(
  removals: ReadonlyMap<string, KeptRemoval>,
): { readonly key: string; readonly at: number; readonly removal: KeptRemoval } | undefined {
  return [...removals]
    .map(([key, removal]) => ({ key, removal, at: Number(key.slice(key.lastIndexOf('-') + 1)) }))
    .filter(({ at }) => Number.isFinite(at))
    .toSorted((one, other) => other.at - one.at)[0];
}
