/** What a reader can do to a program, as functions from one version to the next; the same version where it cannot be done. */
import { isRunnable } from './files/file-name.ts';
import type { EditableProgram } from '../store/program-edit.ts';

/** A step from one version of a program to the next. */
export type Step = (program: EditableProgram) => EditableProgram;

/** What of the command can be set; null for standard input is none. */
export type CommandChange = Partial<Pick<EditableProgram, 'entry' | 'args' | 'env'>> & {
  readonly stdin?: string | null;
};

/** Sets the text of a file that is there. */
export function withText(name: string, text: string): Step {
  return (program) =>
    Object.hasOwn(program.files, name) ? { ...program, files: { ...program.files, [name]: text } } : program;
}

/** Adds a file behind the others. */
export function withFile(name: string, text: string): Step {
  return (program) =>
    Object.hasOwn(program.files, name) ? program : { ...program, files: { ...program.files, [name]: text } };
}

/** Gives a file another name in the same place; the entry stays the entry. */
export function withName(name: string, newName: string): Step {
  return (program) => {
    const { files, entry } = program;
    if (!Object.hasOwn(files, name) || Object.hasOwn(files, newName)) return program;
    const renamed = Object.entries(files).map(([each, text]) => [each === name ? newName : each, text]);
    return { ...program, files: Object.fromEntries(renamed), entry: entry === name ? newName : entry };
  };
}

/** Takes a file out; where it was the entry, the first one that Node can run is. */
export function withoutFile(name: string): Step {
  return (program) => {
    const { [name]: gone, ...files } = program.files;
    if (gone === undefined) return program;
    const names = Object.keys(files);
    const entry = program.entry === name ? (names.find(isRunnable) ?? names[0] ?? '') : program.entry;
    return { ...program, files, entry };
  };
}

/** Puts a file back that `withoutFile` took out of `before`: in its place, and as the entry where it was. */
export function withFileAgain(name: string, before: EditableProgram): Step {
  const standIn = withoutFile(name)(before).entry;
  return (program) => {
    const text = before.files[name];
    if (text === undefined || Object.hasOwn(program.files, name)) return program;
    const files: Record<string, string> = { ...program.files, [name]: text };
    const order = Object.keys(before.files).filter((each) => Object.hasOwn(files, each));
    const names = [...order, ...Object.keys(files).filter((each) => !order.includes(each))];
    return {
      ...program,
      files: Object.fromEntries(names.map((each) => [each, files[each] ?? ''])),
      entry: program.entry === standIn ? before.entry : program.entry,
    };
  };
}

/** Sets parts of the command. */
export function withCommand({ stdin, ...command }: CommandChange): Step {
  return ({ stdin: before, ...program }) => {
    const input = stdin === undefined ? before : (stdin ?? undefined);
    return { ...program, ...command, ...(input === undefined ? {} : { stdin: input }) };
  };
}

/** Whether two versions are the same, to the order of their files. */
export function isSameProgram(one: EditableProgram, other: EditableProgram): boolean {
  return one === other || serialize(one) === serialize(other);
}

function serialize({ files, entry, args, env, stdin }: EditableProgram): string {
  return JSON.stringify([Object.entries(files), entry, args, Object.entries(env), stdin]);
}
