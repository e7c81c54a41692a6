/** A field of the command: text that is read into a value, with a sentence beside it where it cannot be. */

/** What a field holds, and how it is read and written. */
export interface CommandFieldOptions<T> {
  readonly label: string;
  /** How it is written, in a sentence. */
  readonly hint: string;
  readonly control: HTMLInputElement | HTMLTextAreaElement;
  readonly read: (text: string) => { readonly value: T } | { readonly problem: string };
  readonly write: (value: T) => string;
  /** The reader wrote another value. */
  readonly onValue: (value: T) => void;
}

let fieldsOfPage = 0;

/** It tells of values only; text that is none stays as it is typed. */
export class CommandField<T> {
  readonly element = document.createElement('div');
  readonly #options: CommandFieldOptions<T>;
  readonly #problem = document.createElement('p');
  /** The value that was shown or told last, as JSON. */
  #known: string | undefined;

  constructor(options: CommandFieldOptions<T>) {
    const { control } = options;
    this.#options = options;
    this.element.className = 'command-field';
    const id = `command-field-${++fieldsOfPage}`;
    const label = document.createElement('label');
    label.htmlFor = control.id = id;
    label.textContent = options.label;
    const hint = document.createElement('p');
    hint.id = `${id}-hint`;
    hint.className = 'command-hint';
    hint.textContent = options.hint;
    this.#problem.id = `${id}-problem`;
    this.#problem.className = 'command-problem';
    this.#problem.role = 'alert';
    control.className = 'text-field';
    control.spellcheck = false;
    control.autocapitalize = 'none';
    control.autocomplete = 'off';
    control.setAttribute('autocorrect', 'off');
    control.setAttribute('aria-describedby', `${this.#problem.id} ${hint.id}`);
    const body = document.createElement('div');
    body.append(control, this.#problem, hint);
    this.element.append(label, body);
    control.addEventListener('input', () => this.#read());
    // Only then: half of a word in quotation marks is wrong on its way to be right.
    control.addEventListener('change', () => this.check());
  }

  /** Shows a value, unless it is the one that the text means already, or the text is still to be corrected. */
  show(value: T): void {
    const known = JSON.stringify(value);
    if (known === this.#known) return;
    this.#known = known;
    const { control, read, write } = this.#options;
    if (!('problem' in read(control.value))) control.value = write(value);
  }

  /** Takes out what is typed, right or wrong: the next value is of another program. */
  clear(): void {
    this.#known = undefined;
    this.#options.control.value = '';
    this.#say(undefined);
  }

  /** Says what is wrong with the text; false where something is. */
  check(): boolean {
    const result = this.#options.read(this.#options.control.value);
    this.#say('problem' in result ? result.problem : undefined);
    return !('problem' in result);
  }

  focus(): void {
    this.#options.control.focus();
  }

  #read(): void {
    const result = this.#options.read(this.#options.control.value);
    const isSaid = this.#options.control.ariaInvalid === 'true';
    if ('problem' in result) {
      if (isSaid) this.#say(result.problem);
      return;
    }
    this.#say(undefined);
    const known = JSON.stringify(result.value);
    if (known === this.#known) return;
    this.#known = known;
    this.#options.onValue(result.value);
  }

  #say(problem: string | undefined): void {
    this.#options.control.ariaInvalid = problem === undefined ? null : 'true';
    if (this.#problem.textContent !== (problem ?? '')) this.#problem.textContent = problem ?? '';
  }
}
