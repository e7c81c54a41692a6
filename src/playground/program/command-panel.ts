/** How the program is started: its entry, arguments, environment and standard input, below the command line that they make. */
import commandPanelStyle from '../../styles/command-panel.css?inline';
import textFieldStyle from '../../styles/text-field.css?inline';
import { adoptStyles } from '../adopt-styles.ts';
import { CommandField } from './command-field.ts';
import {
  commandLine,
  readArguments,
  readEnvironment,
  writeArguments,
  writeEnvironment,
} from './command-line.ts';
import type { Draft } from './draft.ts';
import { isRunnable } from './files/file-name.ts';
import { StdinField } from './stdin-field.ts';
import type { EditableProgram } from '../store/program-edit.ts';

/** What the panel is about, and whom it tells. */
export interface CommandPanelOptions {
  readonly draft: Draft;
  /** The reader pressed Enter in a line where nothing is wrong. */
  readonly onRun?: () => void;
}

/** A line that opens. What is typed changes the draft as soon as it is right, and stays where it is wrong. */
export class CommandPanel {
  readonly element = document.createElement('details');
  readonly #draft: Draft;
  readonly #connection = new AbortController();
  #original: EditableProgram;
  readonly #line = document.createElement('code');
  readonly #input = document.createElement('span');
  readonly #entry = document.createElement('select');
  readonly #entryRow = document.createElement('div');
  readonly #args: CommandField<readonly string[]>;
  readonly #env: CommandField<Readonly<Record<string, string>>>;
  readonly #stdin: StdinField;

  constructor({ draft, onRun }: CommandPanelOptions) {
    adoptStyles(textFieldStyle);
    adoptStyles(commandPanelStyle);
    this.#draft = draft;
    this.#original = draft.original;
    this.#args = new CommandField({
      label: 'Arguments',
      hint: 'As in a shell: spaces separate them, quotation marks keep one together.',
      control: document.createElement('input'),
      read: (text) => {
        const result = readArguments(text);
        return 'problem' in result ? result : { value: result.args };
      },
      write: writeArguments,
      onValue: (args) => draft.setCommand({ args }),
    });
    this.#env = new CommandField({
      label: 'Environment',
      hint: 'One variable a line: NAME=value.',
      control: document.createElement('textarea'),
      read: (text) => {
        const result = readEnvironment(text);
        return 'problem' in result ? result : { value: result.env };
      },
      write: writeEnvironment,
      onValue: (env) => draft.setCommand({ env }),
    });
    this.#stdin = new StdinField((stdin) => draft.setCommand({ stdin }));
    this.#build(onRun);
    draft.onChange(() => this.refresh(), this.#connection.signal);
    this.refresh();
  }

  /** Opens the panel and puts the caret into the arguments. */
  open(): void {
    this.element.open = true;
    this.#args.focus();
  }

  /** Says beside the fields what is wrong in them, and puts the caret into the first of those; false where there is one. */
  check(): boolean {
    const wrong = [this.#args, this.#env].filter((field) => !field.check());
    if (wrong.length === 0) return true;
    this.element.open = true;
    wrong[0]?.focus();
    return false;
  }

  /** Shows the draft as it is now. */
  refresh(): void {
    if (this.#draft.original !== this.#original)
      for (const field of [this.#args, this.#env, this.#stdin]) field.clear();
    this.#original = this.#draft.original;
    const { entry, args, env, stdin, files } = this.#draft.current;
    this.#line.textContent = commandLine(this.#draft.current);
    this.#input.textContent = stdin === undefined ? '' : describeInput(stdin);
    const names = Object.keys(files).filter((name) => isRunnable(name) || name === entry);
    this.#entryRow.hidden = names.length < 2 && entry !== '';
    const options = [
      ...names.map((name) => new Option(name, name)),
      new Option('No file: a session of Node', ''),
    ];
    const isSame =
      options.length === this.#entry.length &&
      options.every(({ value }, at) => this.#entry.options[at]?.value === value);
    if (!isSame) this.#entry.replaceChildren(...options);
    this.#entry.value = entry;
    this.#args.show(args);
    this.#env.show(env);
    this.#stdin.show(stdin);
  }

  /** Lets go of the draft. */
  dispose(): void {
    this.#connection.abort();
    this.element.remove();
  }

  #build(onRun: (() => void) | undefined): void {
    this.element.className = 'command-panel';
    const summary = document.createElement('summary');
    const words = document.createElement('span');
    words.className = 'visually-hidden';
    words.textContent = 'Command: ';
    this.#line.className = 'command-line';
    this.#input.className = 'command-input';
    const change = document.createElement('span');
    change.className = 'command-change';
    change.textContent = 'Change';
    summary.append(words, this.#line, ' ', this.#input, ' ', change);

    this.#entryRow.className = 'command-field';
    this.#entry.className = 'text-field';
    const label = document.createElement('label');
    label.textContent = 'Start with';
    label.append(this.#entry);
    this.#entryRow.append(label);
    this.#entry.addEventListener('change', () => this.#draft.setCommand({ entry: this.#entry.value }));

    const form = document.createElement('form');
    form.className = 'command-form';
    form.ariaLabel = 'Command';
    form.append(this.#entryRow, this.#args.element, this.#env.element, this.#stdin.element);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.check()) onRun?.();
    });
    form.addEventListener('keydown', ({ key, ctrlKey, metaKey }) => {
      if (key === 'Enter' && (ctrlKey || metaKey)) this.check();
    });
    this.element.append(summary, form);
  }
}

function describeInput(stdin: string): string {
  if (stdin === '') return 'with empty standard input';
  const lines = stdin.replace(/\n$/, '').split('\n').length;
  return `with ${lines.toLocaleString('en')} ${lines === 1 ? 'line' : 'lines'} of standard input`;
}
