/** What a reader does to the files of a program: adds, renames and deletes them, and says which one Node starts with. */
import type { Draft } from '../draft.ts';
import type { FileAction } from './file-menu.ts';
import { fileNameProblem, isRunnable } from './file-name.ts';
import { NameField } from './name-field.ts';
import type { NameFieldOptions } from './name-field.ts';
import type { TabList } from './tab-list.ts';

/** What is changed, and what shows it. */
export interface FileChangesOptions {
  readonly draft: Draft;
  readonly tabs: TabList;
  /** A sentence for the reader, with what takes back what it tells of. */
  readonly onNotice: (sentence: string, undo?: () => void) => void;
  /** Shows a file. */
  readonly select: (name: string) => void;
  /** A name is asked for, or no more: the field is to be shown among the tabs, or has gone. */
  readonly onField: (field: NameField | undefined) => void;
}

/** One place where files are changed: by keys on their tabs, from the menu, by buttons. */
export class FileChanges {
  readonly #draft: Draft;
  readonly #tabs: TabList;
  readonly #options: FileChangesOptions;
  #field: NameField | undefined;

  constructor(options: FileChangesOptions) {
    this.#options = options;
    this.#draft = options.draft;
    this.#tabs = options.tabs;
  }

  /** Whether a name is being asked for. */
  get isAsking(): boolean {
    return this.#field !== undefined;
  }

  /** Asks for the name of a new file. Calls back with the name, or without where Escape ended it. */
  add(onEnd: (name: string | undefined) => void): void {
    const names = () => Object.keys(this.#draft.current.files);
    const extension = /\.[cm]?[jt]s$/.exec(this.#draft.current.entry)?.[0] ?? '.mjs';
    this.#ask(2 * names().length, {
      label: 'Name of the new file',
      value: '',
      hint: 'Enter adds the file, Escape does not.',
      placeholder: `lib${extension}`,
      check: (name) => fileNameProblem(name, names()),
      onDone: (name, isByKey) => {
        if (name !== undefined) {
          this.#draft.addFile(name);
          this.#options.select(name);
        }
        if (isByKey) onEnd(name);
      },
    });
  }

  /** Asks for another name, where the tab of the file is. */
  rename(name: string): void {
    if (this.#draft.isReadOnly(name))
      return this.#options.onNotice(`${name} is read only, so it keeps its name.`);
    const tab = this.#tabs.tabOf(name);
    const names = () => Object.keys(this.#draft.current.files);
    this.#ask(Number(tab?.style.order ?? 0) + 1, {
      label: `New name of ${name}`,
      value: name,
      hint: 'Enter renames the file, Escape does not.',
      placeholder: name,
      check: (newName) =>
        fileNameProblem(
          newName,
          names().filter((other) => other !== name),
        ),
      onDone: (newName, isByKey) => {
        if (tab) tab.hidden = false;
        // Another tab of the reader may have deleted it meanwhile.
        if (newName !== undefined && names().includes(name)) {
          this.#draft.renameFile(name, newName);
          this.#options.select(newName);
        }
        if (isByKey) this.#tabs.focus(newName ?? name);
      },
    });
    if (tab) tab.hidden = true;
  }

  /** Deletes a file, with a way back. */
  delete(name: string): void {
    const { select, onNotice } = this.#options;
    const names = Object.keys(this.#draft.current.files);
    if (this.#draft.isReadOnly(name)) return onNotice(`${name} is read only, so it stays.`);
    if (names.length === 1) return onNotice('This is the only file of the program, so it stays.');
    const at = names.indexOf(name);
    const next = names[at + 1] ?? names[at - 1] ?? '';
    const wasEntry = this.#draft.current.entry === name;
    const putBack = this.#draft.deleteFile(name);
    const { entry } = this.#draft.current;
    select(next);
    this.#tabs.focus(next);
    onNotice(wasEntry ? `Deleted ${name}. Run starts ${entry} now.` : `Deleted ${name}.`, () => {
      if (!putBack()) return onNotice(`There is another ${name} now, so the deleted one was not put back.`);
      select(name);
      this.#tabs.focus(name);
    });
  }

  /** What can be done with a file. */
  actionsOf(name: string): FileAction[] {
    const actions: FileAction[] = [];
    if (name !== this.#draft.current.entry && isRunnable(name))
      actions.push({ label: 'Start with this file', run: () => this.#start(name) });
    if (!this.#draft.isReadOnly(name))
      actions.push(
        { label: 'Rename', key: 'F2', run: () => this.rename(name) },
        { label: 'Delete', key: 'Del', run: () => this.delete(name) },
      );
    if (actions.length > 0) return actions;
    return [{ label: `${name} stays as it is`, run: () => this.#tabs.focus(name) }];
  }

  /** Asks for nothing any more. */
  dispose(): void {
    this.#field?.dispose();
  }

  #start(name: string): void {
    this.#draft.setCommand({ entry: name });
    this.#tabs.focus(name);
    this.#options.onNotice(`Run starts ${name} now.`);
  }

  #ask(order: number, options: NameFieldOptions): void {
    this.#field?.dispose();
    this.#field = new NameField({
      ...options,
      onDone: (name, isByKey) => {
        this.#field = undefined;
        options.onDone(name, isByKey);
        this.#options.onField(undefined);
      },
    });
    this.#field.element.style.order = String(order);
    this.#options.onField(this.#field);
    this.#field.focus();
  }
}
