/** The files of a program in tabs, each with its editor: in place of the static code, once the reader acts. */
import fileTabsStyle from '../../styles/file-tabs.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import type { Draft } from './draft.ts';
import type { Editor, Place, PlacedMessage, Point } from '../editor.ts';
import { FileBar } from './files/file-bar.ts';
import { FileChanges } from './files/file-changes.ts';
import { FilePanel } from './files/file-panel.ts';
import type { NameField } from './files/name-field.ts';
import type { EditableProgram } from '../store/program-edit.ts';
import { TabList } from './files/tab-list.ts';
import type { FileTab } from './files/tab-list.ts';

/** Where the files stand, and whom they tell. */
export interface FileTabsOptions {
  /** Holds the static code of the draft's original: `.plate-file` elements, each with a `pre[data-file]`. */
  readonly root: HTMLElement;
  readonly draft: Draft;
  /** A sentence for the reader, with what takes back what it tells of. */
  readonly onNotice: (sentence: string, undo?: () => void) => void;
  /** Editors stand in place of the static code. */
  readonly onOpen?: () => void;
}

const notLoaded = 'The editor could not be loaded. Check the connection and try again.';

/** Shows the files of a draft, and changes them as the reader does. */
export class FileTabs {
  readonly #root: HTMLElement;
  readonly #draft: Draft;
  readonly #onNotice: FileTabsOptions['onNotice'];
  readonly #onOpen: FileTabsOptions['onOpen'];
  readonly #bar: FileBar;
  readonly #tabs = new TabList({
    onSelect: (name) => this.#select(name),
    onRename: (name) => this.#changes.rename(name),
    onDelete: (name) => this.#changes.delete(name),
  });
  readonly #changes: FileChanges;
  readonly #panels = new Map<string, FilePanel>();
  readonly #wrong = new Set<string>();
  readonly #connection = new AbortController();
  /** What the static code shows. */
  readonly #static: ReadonlyMap<string, string>;
  #original: EditableProgram;
  #selected: string;
  #isWrapped = false;
  /** What the tabs show, to leave them alone while the reader types. */
  #shown = '';
  #Editor: typeof Editor | undefined;

  /** Takes over the static code; shows it as it is until something is opened, or the reader's version is another. */
  constructor({ root, draft, onNotice, onOpen }: FileTabsOptions) {
    adoptStyles(fileTabsStyle);
    this.#root = root;
    this.#draft = draft;
    this.#onNotice = onNotice;
    this.#onOpen = onOpen;
    this.#changes = new FileChanges({
      draft,
      tabs: this.#tabs,
      onNotice,
      select: (name) => this.#select(name),
      onField: (field) => this.#showField(field),
    });
    this.#original = draft.original;
    this.#selected = draft.current.entry;
    this.#static = new Map(Object.entries(draft.original.files));
    this.#bar = new FileBar({
      root,
      tabs: this.#tabs.element,
      actions: () => this.#changes.actionsOf(this.#selected),
      onAdd: () => {
        this.add().catch(() => onNotice(notLoaded));
      },
    });
    for (const element of root.querySelectorAll<HTMLElement>('.plate-file')) {
      const pre = element.querySelector<HTMLPreElement>('pre[data-file]');
      const name = pre?.dataset['file'];
      if (pre && name !== undefined) this.#panels.set(name, new FilePanel(name, element, pre));
    }
    draft.onChange(() => this.refresh(), this.#connection.signal);
    this.refresh();
  }

  /** Name of the file that is shown. */
  get selected(): string {
    return this.#selected;
  }

  /** Whether there are editors in place of the static code. */
  get isOpen(): boolean {
    return this.#Editor !== undefined;
  }

  /** Whether `format` knows files of the kind that is shown. */
  get canFormat(): boolean {
    return this.#panels.get(this.#selected)?.editor?.canFormat ?? false;
  }

  /**
   * Turns the static code into editors. With a file, that one is shown and has the caret, at a point of the viewport where it
   * stands there now. Rejects where the editor cannot be loaded.
   */
  async open(file?: string, point?: Point): Promise<void> {
    const from = this.#panels.get(file ?? this.#selected)?.box;
    const Editor = this.#Editor ?? (await import('../editor.ts')).Editor;
    if (this.#connection.signal.aborted) return;
    const before = this.#panels.get(file ?? this.#selected)?.box;
    const wasOpen = this.isOpen;
    this.#Editor = Editor;
    if (file !== undefined && Object.hasOwn(this.#draft.current.files, file)) this.#selected = file;
    this.refresh();
    const panel = this.#panels.get(this.#selected);
    if (panel && before && !wasOpen) panel.stayAt(before);
    if (!wasOpen) this.#onOpen?.();
    if (file === undefined || file !== this.#selected) return;
    if (panel && from && point)
      panel.editor?.focus({ x: point.x - from.x + panel.box.x, y: point.y - from.y + panel.box.y });
    else panel?.editor?.focus();
  }

  /** Shows a place of a file, with the caret there. Rejects as `open`; nothing happens where there is no such file. */
  async goTo(file: string, place: Place): Promise<void> {
    await this.open();
    if (this.#selected !== file) this.#select(file);
    if (this.#selected === file) this.#panels.get(file)?.editor?.goTo(place);
  }

  /** Marks what went wrong in a file, in place of what was marked there before. Rejects as `open`. */
  async showErrors(file: string, messages: readonly PlacedMessage[]): Promise<void> {
    if (!Object.hasOwn(this.#draft.current.files, file)) return;
    if (!this.isOpen) {
      if (messages.length === 0) return;
      this.#selected = file;
      await this.open();
    }
    if (messages.length > 0) this.#wrong.add(file);
    else this.#wrong.delete(file);
    this.#editorOf(file)?.showErrors(messages);
    this.refresh();
  }

  /** Takes all marks of what went wrong away. */
  clearErrors(): void {
    for (const file of this.#wrong) this.#panels.get(file)?.editor?.showErrors([]);
    this.#wrong.clear();
    this.refresh();
  }

  /** Formats the file that is shown. Rejects as `open`. */
  async format(): Promise<void> {
    await this.open();
    await this.#panels.get(this.#selected)?.editor?.format();
  }

  /** Opens the find panel of the file that is shown. Rejects as `open`. */
  async find(): Promise<void> {
    await this.open();
    this.#panels.get(this.#selected)?.editor?.find();
  }

  /** Asks for the name of a new file. Rejects as `open`. */
  async add(): Promise<void> {
    await this.open();
    this.#changes.add((name) => {
      if (name === undefined) this.#bar.focusAdd();
      else this.#panels.get(name)?.editor?.focus();
    });
  }

  /** Shows the draft as it is now. */
  refresh(): void {
    if (this.#connection.signal.aborted) return;
    if (this.#draft.original !== this.#original) this.#startAgain();
    const { files, entry } = this.#draft.current;
    const names = Object.keys(files);
    if (!this.isOpen) return this.#isChanged ? this.#openLater() : this.#showBar();
    if (!names.includes(this.#selected)) this.#selected = names.includes(entry) ? entry : (names[0] ?? '');
    const { activeElement } = document;
    const hadFocus = activeElement !== null && this.#root.contains(activeElement);
    for (const [name, text] of Object.entries(files)) {
      const panel = this.#panelOf(name);
      if (name === this.#selected) this.#editorOf(name);
      panel.follow(text);
    }
    for (const [name, panel] of this.#panels) panel.show(name === this.#selected);
    const tabs = names.map((name) => ({
      name,
      isEntry: name === entry && names.length > 1,
      isReadOnly: this.#draft.isReadOnly(name),
      isWrong: this.#wrong.has(name),
      panel: this.#panelOf(name).id,
    }));
    const shown = JSON.stringify([tabs, this.#selected, this.#hasBar]);
    if (shown !== this.#shown) this.#showTabs(tabs);
    this.#shown = shown;
    if (hadFocus && (document.activeElement === document.body || isHidden(activeElement)))
      this.#tabs.focus(this.#selected);
  }

  /** Gives the static code back. */
  dispose(): void {
    this.#connection.abort();
    this.#changes.dispose();
    for (const panel of this.#panels.values()) panel.dispose();
    this.#bar.dispose();
  }

  /** One file, and it is the author's: there is nothing to choose from. */
  get #isQuiet(): boolean {
    const names = Object.keys(this.#draft.current.files);
    return names.length === 1 && this.#static.size === 1 && this.#static.has(names[0] ?? '');
  }

  /** Whether the tabs are there: not for the static code, and not where there is nothing to choose from. */
  get #hasBar(): boolean {
    return (!this.#isQuiet || this.#changes.isAsking) && (this.isOpen || this.#panels.size === 0);
  }

  /** Whether the reader's files are others than the static code shows. */
  get #isChanged(): boolean {
    return JSON.stringify(Object.entries(this.#draft.current.files)) !== JSON.stringify([...this.#static]);
  }

  /** The draft is of another program: what can be undone in one must not come up in the other. */
  #startAgain(): void {
    this.#original = this.#draft.original;
    this.#selected = this.#original.entry;
    this.#changes.dispose();
    this.#wrong.clear();
    for (const panel of this.#panels.values()) panel.close();
  }

  #showTabs(tabs: readonly FileTab[]): void {
    this.#tabs.show(tabs, this.#selected);
    this.#bar.name(this.#selected);
    this.#showBar();
    for (const [name, panel] of this.#panels)
      panel.label(this.#hasBar ? this.#tabs.tabOf(name)?.id : undefined);
    const tab = this.#tabs.tabOf(this.#selected);
    if (tab) this.#bar.reveal(tab);
  }

  #showBar(): void {
    this.#bar.show(this.#hasBar, !this.#isQuiet && this.#selected !== '');
  }

  #openLater(): void {
    this.open().catch(() => this.#onNotice(notLoaded));
  }

  #panelOf(name: string): FilePanel {
    let panel = this.#panels.get(name);
    if (!panel) {
      panel = FilePanel.create(name);
      this.#root.append(panel.element);
      this.#panels.set(name, panel);
    }
    return panel;
  }

  #editorOf(name: string): Editor | undefined {
    const panel = this.#panelOf(name);
    if (!this.#Editor) return undefined;
    return panel.edit(this.#Editor, {
      text: this.#draft.current.files[name] ?? '',
      isReadOnly: this.#draft.isReadOnly(name),
      files: () => this.#draft.current.files,
      isWrapped: this.#isWrapped,
      onWrap: (isWrapped) => {
        this.#isWrapped = isWrapped;
        for (const { editor } of this.#panels.values()) editor?.setWrapping(isWrapped);
      },
      onNotice: (sentence) => this.#onNotice(sentence),
      onChange: (text) => {
        this.#wrong.delete(name);
        this.#draft.setFile(name, text);
      },
    });
  }

  #select(name: string): void {
    if (!Object.hasOwn(this.#draft.current.files, name)) return;
    this.#selected = name;
    this.refresh();
  }

  #showField(field: NameField | undefined): void {
    if (field) this.#bar.takeField(field);
    this.refresh();
    if (field) this.#bar.explain(field);
  }
}

function isHidden(element: Element | null): boolean {
  return element?.checkVisibility() === false;
}
