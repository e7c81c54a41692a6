/** Between a program as its author wrote it, as the reader has it, and what is kept of the difference. */
import type { Snippet } from '../../snippet/snippet.ts';
import type { KeptProgram } from './kept.ts';

/** What of a program the reader can change. The order of the files is that of their tabs. */
export type EditableProgram = Pick<Snippet, 'files' | 'entry' | 'args' | 'env' | 'stdin'>;

/** The program with the reader's changes. Files that the author added or changed since then, and the reader did not, are new. */
export function applyEdit(original: EditableProgram, kept: KeptProgram): EditableProgram {
  const files = { ...original.files, ...kept.files };
  const names = Object.keys(files).filter(
    (name) => Object.hasOwn(kept.files, name) || !kept.deleted.includes(name),
  );
  const order = (kept.order ?? []).filter((name) => names.includes(name));
  const ordered = [...order, ...names.filter((name) => !order.includes(name))];
  const entry = kept.entry ?? original.entry;
  const stdin = kept.stdin === undefined ? original.stdin : (kept.stdin ?? undefined);
  return {
    files: Object.fromEntries(ordered.map((name) => [name, files[name] ?? ''])),
    entry: entry === '' || ordered.includes(entry) ? entry : (ordered[0] ?? ''),
    args: kept.args ?? original.args,
    env: kept.env ?? original.env,
    ...(stdin === undefined ? {} : { stdin }),
  };
}

/** What has to be kept of a program; undefined where it is as its author wrote it. */
export function editOf(original: EditableProgram, current: EditableProgram): KeptProgram | undefined {
  if (isSame(listed(original), listed(current))) return undefined;
  const files = Object.entries(current.files).filter(
    ([name, text]) => !Object.hasOwn(original.files, name) || original.files[name] !== text,
  );
  const edit = {
    files: Object.fromEntries(files),
    deleted: Object.keys(original.files).filter((name) => !Object.hasOwn(current.files, name)),
  };
  const names = Object.keys(current.files);
  return {
    ...edit,
    ...(isSame(Object.keys(applyEdit(original, edit).files), names) ? {} : { order: names }),
    ...(current.entry === original.entry ? {} : { entry: current.entry }),
    ...(isSame(current.args, original.args) ? {} : { args: current.args }),
    ...(isSame(Object.entries(current.env), Object.entries(original.env)) ? {} : { env: current.env }),
    ...(current.stdin === original.stdin ? {} : { stdin: current.stdin ?? null }),
  };
}

function listed({ files, entry, args, env, stdin }: EditableProgram): unknown {
  return [Object.entries(files), entry, args, Object.entries(env), stdin ?? null];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
